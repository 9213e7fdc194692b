import { describe, expect, test } from 'vitest';
import { createInbox, packOf } from './pack.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (raw: Uint8Array | null) => raw && new TextDecoder().decode(raw);
const PARTS = { list: bytes('目录'), rules: bytes('规则'), items: bytes('全部事项') };

describe('a release in one piece', () => {
  const { raw, listEnds } = packOf('sig', bytes('{"n":1}'), PARTS);

  test('has its list before its items, so that the list can be read first', () => {
    expect(text(raw)).toBe('sig\n{"n":1}\n目录规则全部事项');
    expect(text(raw.subarray(0, listEnds))).toBe('sig\n{"n":1}\n目录');
  });

  test.each([1, 2, 3, 5, 1000])('is read alike in chunks of %i bytes', async (size) => {
    const inbox = createInbox();
    const read: string[] = [];
    const reading = (async () => {
      read.push(text(await inbox.line())!, text(await inbox.line())!);
      for (const part of [PARTS.list, PARTS.rules, PARTS.items])
        read.push(text(await inbox.take(part.length))!);
    })();
    for (let at = 0; at < raw.length; at += size) inbox.put(raw.subarray(at, at + size));
    inbox.end();
    await reading;
    expect(read).toEqual(['sig', '{"n":1}', '目录', '规则', '全部事项']);
  });

  test('what is there is read before the rest has come', async () => {
    const inbox = createInbox();
    inbox.put(raw.subarray(0, listEnds));
    await inbox.line();
    await inbox.line();
    expect(text(await inbox.take(PARTS.list.length))).toBe('目录');
  });

  test('a piece that never comes whole is told as soon as the stream ends', async () => {
    const inbox = createInbox();
    inbox.put(bytes('sig\n{"n"'));
    expect(text(await inbox.line())).toBe('sig');
    const line = inbox.line();
    inbox.end();
    expect(await line).toBeNull();
    expect(await inbox.take(100)).toBeNull();
  });

  test('somebody else’s page without an end of line is not waited for', async () => {
    const inbox = createInbox();
    inbox.put(bytes('<html>'.repeat(1000)));
    expect(await inbox.line()).toBeNull();
  });
});
