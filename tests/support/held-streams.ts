/** Many devices on held streams at an office at once, over plain HTTP, and what each of them hears. */
import { Agent, request } from 'node:http';
import { isWake } from '#lib/protocol/wake.ts';

export interface HeldStreams extends AsyncDisposable {
  /** Streams whose first comment has come. */
  readonly open: number;
  /** Comments after the first, of all streams. */
  readonly comments: number;
  /** How often the stream of the cookie at that place was told that it is worth asking. */
  wakesOf(at: number): number;
  /** Resolves when `is` holds, looked at whenever anything is heard. */
  until(is: () => boolean): Promise<void>;
}

/** One for each cookie, opened at most `atOnce` at a time. Resolves when all have had their first comment. */
export async function holdStreams(
  url: string,
  cookies: readonly string[],
  atOnce: number,
): Promise<HeldStreams> {
  const agent = new Agent({ maxSockets: Infinity });
  const heard = { open: 0, comments: 0, wakes: cookies.map(() => 0) };
  let waiting: { is: () => boolean; then: () => void }[] = [];
  const tell = (): void => {
    const ready = waiting.filter(({ is }) => is());
    waiting = waiting.filter((one) => !ready.includes(one));
    for (const { then } of ready) then();
  };

  const open = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const asking = request(`${url}/api/wake`, { agent, headers: { cookie: cookies[at]! } }, (answer) => {
        if (answer.statusCode !== 200) return reject(new Error(`a stream was answered ${answer.statusCode}`));
        let first = true;
        // ended by whoever disposes of it
        answer.on('error', () => undefined);
        answer.on('data', (bytes: Buffer) => {
          if (first) heard.open += 1;
          else if (isWake(bytes)) heard.wakes[at]! += 1;
          else heard.comments += 1;
          first = false;
          resolve();
          tell();
        });
      });
      asking.on('error', reject);
      asking.end();
    });

  let next = 0;
  const workers = Array.from({ length: atOnce }, async () => {
    while (next < cookies.length) await open(next++);
  });
  await Promise.all(workers);
  return {
    get open() {
      return heard.open;
    },
    get comments() {
      return heard.comments;
    },
    wakesOf: (at) => heard.wakes[at]!,
    until: (is) => (is() ? Promise.resolve() : new Promise((then) => waiting.push({ is, then }))),
    async [Symbol.asyncDispose]() {
      agent.destroy();
    },
  };
}
