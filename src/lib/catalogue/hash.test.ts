import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64url, fromHex, sha256Hex, toBase64url, toHex } from './hash.ts';

const bytes = fc.uint8Array({ maxLength: 200 }).map((value) => new Uint8Array(value));

describe('hash and spellings of bytes', () => {
  test('SHA-256 agrees with the test vector of FIPS 180-4', async () => {
    expect(await sha256Hex(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('SHA-256 agrees with an independent implementation on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (value) => {
        expect(await sha256Hex(value)).toBe(createHash('sha256').update(value).digest('hex'));
      }),
    );
  });

  test('hex and base64url give the bytes back', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(fromHex(toHex(value))).toEqual(value);
        expect(fromBase64url(toBase64url(value))).toEqual(value);
        expect(toBase64url(value)).toBe(Buffer.from(value).toString('base64url'));
      }),
    );
  });

  test.each(['a', 'a=', 'a+b/', 'ab\n', 'AB==', 'AB', '你好'])('%j is not base64url', (text) => {
    expect(fromBase64url(text)).toBeNull();
  });

  test.each(['abc', 'zz', '0x', 'ab '])('%j is not hex', (text) => {
    expect(fromHex(text)).toBeNull();
  });
});
