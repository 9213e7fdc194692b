import { expect, test } from 'vitest';
import { open, seal } from './seal.ts';

const place = { table: 'drafts', id: 'd', version: 1 };

test('what is sealed opens again, and byte 0 names the codec', async () => {
  const box = await seal({ name: '王示例', list: [1, null] }, place);
  expect(box[0]).toBe(0);
  expect(await open(box, place)).toEqual({ ok: true, value: { name: '王示例', list: [1, null] } });
});

test.each([
  ['a codec of a newer program', [9, 123], 'codec'],
  ['nothing', [], 'damaged'],
  ['text cut short', [0, 123, 34], 'damaged'],
  ['bytes that are no UTF-8', [0, 34, 255, 34], 'damaged'],
] as const)('%s is told, not thrown', async (_, bytes, why) => {
  expect(await open(new Uint8Array(bytes), place)).toEqual({ ok: false, why });
});
