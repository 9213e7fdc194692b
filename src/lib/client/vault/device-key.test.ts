import { beforeAll, describe, expect, test } from 'vitest';
import { createWrap, openWrap, rewrap, type Wrap } from './device-key.ts';

const holder = { device: 'd-1', staff: 'p-1' };
const wrapKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey']);

let right: CryptoKey;
let wrong: CryptoKey;
let kept: Wrap;
beforeAll(async () => {
  [right, wrong] = await Promise.all([wrapKey(), wrapKey()]);
  kept = await createWrap(right, holder);
});

/** What a key makes of fixed bytes: equal for equal keys, without taking the key out. */
async function print(key: CryptoKey): Promise<string> {
  const iv = new Uint8Array(12);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new Uint8Array(4))).join();
}

describe('the right passphrase is the one that unwraps', () => {
  test('right opens, wrong does not', async () => {
    expect((await openWrap(kept, right, holder))?.extractable).toBe(false);
    expect(await openWrap(kept, wrong, holder)).toBe(null);
  });

  test('a wrap of another person or device does not fit', async () => {
    expect(await openWrap(kept, right, { ...holder, staff: 'p-2' })).toBe(null);
    expect(await openWrap(kept, right, { ...holder, device: 'd-2' })).toBe(null);
  });

  test('one flipped bit does not open', async () => {
    const key = kept.key.slice();
    key[3]! ^= 1;
    expect(await openWrap({ ...kept, key }, right, holder)).toBe(null);
  });

  test('changing the passphrase keeps the key and closes the old way', async () => {
    const next = await wrapKey();
    const again = (await rewrap(kept, right, next, holder))!;
    const before = await openWrap(kept, right, holder);
    const after = await openWrap(again, next, holder);
    expect(await print(after!)).toBe(await print(before!));
    expect(await openWrap(again, right, holder)).toBe(null);
    expect(await rewrap(kept, wrong, next, holder)).toBe(null);
  });
});
