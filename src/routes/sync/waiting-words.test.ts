import { expect, test } from 'vitest';
import { BODIES, NOW } from '../../../tests/support/builders.ts';
import { waitingText } from './waiting-words.ts';

type Step = Parameters<typeof waitingText>[0][number];
const step = (kind: Step['kind'], command: unknown = null): Step => ({
  kind,
  at: NOW,
  bytes: 1024,
  command: command as Step['command'],
});
const photo = (n: number) => ({ sha256: `${n}`.repeat(64), size: 1, type: 'jpeg' });

test('what waits is named by its steps, with photos, size and when it was kept', () => {
  const receive = {
    kind: 'receive',
    body: { ...BODIES.receive, materials: [{ photos: [photo(1), photo(2)] }, {}] },
  };
  const more = { kind: 'addMaterial', body: { photos: [photo(3)] } };
  expect(waitingText([step('receive', receive), step('addMaterial', more)])).toMatch(
    /^收件、补交材料，附照片 3 张·2\.0 KB·9 月 18 日 10:00 存下$/,
  );
});

test('many kinds of steps are counted, and one that cannot be read is still named', () => {
  const steps = (['receive', 'amend', 'addMaterial', 'withdraw', 'withdraw'] as const).map((kind) =>
    step(kind),
  );
  expect(waitingText(steps)).toMatch(/^收件、修改、补交材料 等 5 步·/);
});
