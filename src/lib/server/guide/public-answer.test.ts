import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isPublicGuide, plainPage, publicAnswer } from './public-answer.ts';

const HEAD = '<head><meta name="robots" content="noindex" /></head>';
const at = (path: string) => new URL(path, 'https://jinban.example');
const page = (status: number) =>
  new Response(status === 304 ? null : '办事指南', {
    status,
    headers: { etag: '"x"', 'content-type': 'text/html' },
  });
const ask = (path: string, status = 200, encoding = '') =>
  publicAnswer(new Request(at(path), { headers: { 'accept-encoding': encoding } }), page(status));

test('only the guide is public', () => {
  expect(['/guide', '/guide/', '/guide/410526000000'].map((path) => isPublicGuide(at(path)))).toEqual([
    true,
    true,
    true,
  ]);
  expect(
    ['/', '/guide-offline', '/guides', '/desk/print/guide/1'].some((path) => isPublicGuide(at(path))),
  ).toBe(false);
});

test('a page may be indexed, what somebody looked for may not', () => {
  expect(plainPage(HEAD, at('/guide'))).toBe('<head></head>');
  expect(plainPage(HEAD, at('/guide?q=gljt'))).toBe(HEAD);
});

test('nothing is left in a page for a script that never comes, and no word of it is lost', () => {
  const page = '<!--[--><p><!--[0-->甲<!--]--><!----><!--[-1-->&lt;!--乙--&gt;<!--1ab2c--></p><!--[!-->';
  expect(plainPage(page, at('/guide'))).toBe('<p>甲&lt;!--乙--&gt;</p>');
});

test('a page may be kept by anybody for a while, a paper for a minute, a failure not at all', async () => {
  const kept = async (path: string, status?: number) =>
    (await ask(path, status)).headers.get('cache-control');
  expect(await kept('/guide')).toMatch(/^public, max-age=600/);
  expect(await kept('/guide', 304)).toMatch(/^public, max-age=600/);
  expect(await kept('/guide/a/b/notice')).toBe('public, max-age=60');
  for (const status of [302, 404, 500, 503]) expect(await kept('/guide', status)).toBe('no-store');
});

test('whoever takes gzip gets the page packed, everybody else as it is', async () => {
  const packed = await ask('/guide', 200, 'br, gzip');
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(packed.headers.get('vary')).toBe('accept-encoding');
  expect(packed.headers.get('etag')).toBe('"x"');
  expect(gunzipSync(await packed.arrayBuffer()).toString()).toBe('办事指南');
  const plain = await ask('/guide');
  expect(plain.headers.has('content-encoding')).toBe(false);
  expect(await plain.text()).toBe('办事指南');
});
