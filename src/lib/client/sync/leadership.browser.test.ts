import { afterEach, describe, expect, test } from 'vitest';
import { takeTurns } from './leadership.ts';

/** What real workers say, in order. */
let said: string[] = [];
let workers: Worker[] = [];
afterEach(() => {
  for (const worker of workers) worker.terminate();
  workers = [];
  said = [];
});

function spawn(name: string, visible = true, silenceMs = 600): Worker {
  const worker = new Worker(new URL('../../../../tests/support/leader-worker.ts', import.meta.url), {
    type: 'module',
  });
  worker.addEventListener('message', (event: MessageEvent<Record<string, string>>) => {
    said.push(Object.entries(event.data).flat().join(' '));
  });
  worker.postMessage({ start: { name, beatMs: 100, silenceMs, visible } });
  workers.push(worker);
  return worker;
}

const until = (check: () => boolean): Promise<void> =>
  expect.poll(check, { timeout: 15_000, interval: 20 }).toBe(true);

describe('one leader of all tabs', () => {
  test('I11: fault: five tabs at once; leader closed → one leads; when it is closed another takes over', async () => {
    const first = spawn('a');
    await until(() => said.length === 1);
    for (const name of ['b', 'c', 'd', 'e']) spawn(name, true, 60_000);
    first.terminate();
    await until(() => said.length === 2);
    expect(said[0]).toBe('leads a-1');
    expect(said[1]).toMatch(/^leads [b-e]-1$/);
  });

  test('I11: fault: leader frozen → it is deposed by a visible follower, and notices when it thaws', async () => {
    const frozen = spawn('a', true, 60_000);
    await until(() => said.includes('leads a-1'));
    spawn('b');
    frozen.postMessage({ freeze: 4000 });
    await until(() => said.includes('leads b-1'));
    expect(said).not.toContain('ended a-1');
    await until(() => said.includes('ended a-1'));
  });

  test('a hidden follower leaves a silent leader alone', async () => {
    const frozen = spawn('a', true, 60_000);
    await until(() => said.includes('leads a-1'));
    spawn('hidden', false, 300);
    const thawed = new Promise((resolve) => frozen.addEventListener('message', resolve, { once: true }));
    frozen.postMessage({ freeze: 2000 });
    frozen.postMessage({ ping: true });
    await thawed;
    expect(said).toEqual(['leads a-1', 'pong true']);
  });
});

test('an error while leading ends that turn, not leadership', async () => {
  const stop = new AbortController();
  const tokens: string[] = [];
  let count = 0;
  const ports = {
    locks: navigator.locks,
    channel: () => new BroadcastChannel('test-error'),
    token: () => String(++count),
    visible: () => true,
    beatMs: 10,
    silenceMs: 10_000,
  };
  await takeTurns(
    ports,
    async (token) => {
      tokens.push(token);
      if (tokens.length === 3) stop.abort();
      throw new Error('a bug');
    },
    stop.signal,
  );
  expect(tokens).toEqual(['1', '2', '3']);
});
