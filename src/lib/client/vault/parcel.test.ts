import { expect, test } from 'vitest';
import type { Bytes } from '#lib/catalogue/hash.ts';
import { isParcelCode, newParcelCode, openParcel, packParcel, ParcelError } from './parcel.ts';

const bytes = (text: string): Bytes => new TextEncoder().encode(text);
async function* frames(...texts: string[]): AsyncGenerator<Bytes> {
  for (const text of texts) yield bytes(text);
}
const code = newParcelCode();
const packed = packParcel(code, frames('一', '', '三'));

async function opened(file: Blob, with_ = code): Promise<string[]> {
  const texts: string[] = [];
  for await (const frame of openParcel(file, with_)) texts.push(new TextDecoder().decode(frame));
  return texts;
}
const trouble = (file: Blob, with_ = code): Promise<unknown> =>
  opened(file, with_).then(
    () => 'opened',
    (error: unknown) => (error instanceof ParcelError ? error.trouble : error),
  );

test('what was packed comes out, frame by frame, with the code as somebody wrote it down', async () => {
  expect(await opened(await packed)).toEqual(['一', '', '三']);
  expect(await opened(await packed, ` ${code.toLowerCase().replaceAll('-', ' ')} `)).toEqual([
    '一',
    '',
    '三',
  ]);
});

test('codes are long, differ, and have no letters that look alike', () => {
  const codes = Array.from({ length: 200 }, newParcelCode);
  expect(new Set(codes).size).toBe(200);
  for (const one of codes) expect(one).toMatch(/^([2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}$/);
  expect([isParcelCode(code), isParcelCode('ABC')]).toEqual([true, false]);
});

test('another code, another file, a spoilt or a shortened one are told apart', async () => {
  const file = await packed;
  expect(await trouble(file, newParcelCode())).toBe('code');
  expect(await trouble(new Blob(['{"format":"jinban-unsent-1"}']))).toBe('notParcel');
  expect(await trouble(new Blob([]))).toBe('notParcel');
  const all = new Uint8Array(await file.arrayBuffer());
  const spoilt = all.slice();
  spoilt[all.length - 30]! ^= 1;
  expect(await trouble(new Blob([spoilt]))).toBe('damaged');
  const huge = all.slice();
  huge[24] = 0xff;
  expect(await trouble(new Blob([huge]))).toBe('damaged');
});

test('a file that is cut anywhere, also between two frames, is never taken for whole', async () => {
  const all = new Uint8Array(await (await packed).arrayBuffer());
  const outcomes = await Promise.all(
    [30, 47, 48, 70, all.length - 20, all.length - 1].map((end) => trouble(new Blob([all.slice(0, end)]))),
  );
  expect(outcomes.filter((outcome) => outcome === 'opened')).toEqual([]);
});

test('nothing of the contents can be read without the code, and no two files are alike', async () => {
  const [a, b] = await Promise.all([1, 2].map(() => packParcel(code, frames('王示例王示例王示例'))));
  const [first, second] = await Promise.all(
    [a!, b!].map(async (file) => new Uint8Array(await file.arrayBuffer())),
  );
  expect(new TextDecoder().decode(first)).not.toContain('王示例');
  expect(first).not.toEqual(second);
});
