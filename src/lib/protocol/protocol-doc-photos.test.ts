/** docs/protocol.md, Photos: its numbers, codes and example against the code. */
import { expect, it } from 'vitest';
import { table, worked } from '../../../tests/support/protocol-doc.ts';
import { PHOTO_ERRORS } from './photo-errors.ts';
import { PHOTO_LIMITS, PHOTO_REASON, PHOTO_STANDING, uploadPath } from './photo.ts';

it('photo errors: every code with its status and text', () => {
  expect(table('photo error').rows.map((row) => row.slice(0, 3))).toEqual(
    Object.entries(PHOTO_ERRORS).map(([code, { status, text }]) => [`\`${code}\``, String(status), text]),
  );
});

it('photo limits: every number', () => {
  expect(table('photo limit').rows.map((row) => row.slice(0, 2))).toEqual(
    Object.entries(PHOTO_LIMITS).map(([name, value]) => [`\`${name}\``, String(value)]),
  );
});

it('headers: those that the office sets', () => {
  expect(table('header of an answer').rows.map(([name]) => name)).toEqual([
    '`upload-offset`',
    `\`${PHOTO_STANDING}\``,
    `\`${PHOTO_REASON}\``,
    '`tus-resumable`',
  ]);
});

it('the example: its metadata are the key of its address', () => {
  const metadata = worked(/^upload-metadata: (.*)$/m).split(',');
  const read = Object.fromEntries(
    metadata.map((pair) => {
      const [key, value = ''] = pair.split(' ');
      return [key, Buffer.from(value, 'base64').toString()];
    }),
  ) as { site: string; sha256: string; type: string };
  expect(read.type).toBe('jpeg');
  expect(uploadPath(read)).toBe(worked(/^location: (\/api\/files\/.*)$/m));
});
