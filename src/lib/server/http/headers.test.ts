import { describe, expect, test } from 'vitest';
import { NEWS_TYPE } from '#lib/protocol/poll.ts';
import { contentSecurityPolicyHeader, isForeign, withSecurityHeaders } from './headers.ts';

const url = new URL('http://localhost:3000/api/sync');
const asked = (method: string, headers: Record<string, string>): Request =>
  new Request(url, { method, headers });

describe('security headers', () => {
  test('the policy is the one of csp.js, keywords quoted', () => {
    expect(contentSecurityPolicyHeader).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'");
    expect(contentSecurityPolicyHeader).toContain("frame-ancestors 'none'");
    expect(contentSecurityPolicyHeader).toContain("img-src 'self' blob: data:");
    expect(contentSecurityPolicyHeader).toContain("require-trusted-types-for 'script'; trusted-types svelte");
  });

  test('every answer carries them, and a page keeps the policy that Kit wrote for it', async () => {
    const answer = withSecurityHeaders(
      new Response('{}', { status: 413 }),
      new URL('http://localhost:3000/api/photos/x'),
    );
    expect(answer.status).toBe(413);
    expect(await answer.text()).toBe('{}');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicyHeader,
    });
    expect(answer.headers.get('permissions-policy')).toContain('camera=(self)');
    expect(answer.headers.has('strict-transport-security')).toBe(false);
    const page = new Response('', { headers: { 'content-security-policy': "script-src 'nonce-x'" } });
    const own = withSecurityHeaders(page, new URL('https://jinban.example/county'));
    expect(own.headers.get('content-security-policy')).toBe("script-src 'nonce-x'");
    expect(own.headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
    expect(own.headers.has('cache-control')).toBe(false);
  });

  test('data for our program says in few bytes that it is no document; an empty answer has nothing to protect', () => {
    const json = new Response('{}', { headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(Object.fromEntries(withSecurityHeaders(json, url).headers)).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
    });
    const news = new Response('x', { headers: { 'content-type': NEWS_TYPE } });
    expect(Object.fromEntries(withSecurityHeaders(news, url).headers)).toEqual({
      'content-type': NEWS_TYPE,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const empty = withSecurityHeaders(new Response(null, { status: 204 }), url);
    expect(Object.fromEntries(empty.headers)).toEqual({ 'cache-control': 'no-store' });
    const told = { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'cache-control': 'no-store' };
    const begun = withSecurityHeaders(new Response(null, { status: 201, headers: told }), url);
    expect(Object.fromEntries(begun.headers)).toEqual(told);
  });

  test('an answer that may be kept says so itself', () => {
    const kept = new Response('', { headers: { 'cache-control': 'public, immutable' } });
    expect(withSecurityHeaders(kept, url).headers.get('cache-control')).toBe('public, immutable');
  });
});

describe('requests of other sites', () => {
  test.each([
    [true, 'POST', { origin: 'https://evil.example' }],
    [true, 'DELETE', { origin: 'null' }],
    [true, 'POST', { origin: 'http://localhost:3001' }],
    [true, 'POST', { 'sec-fetch-site': 'cross-site' }],
    [true, 'POST', { 'sec-fetch-site': 'same-site' }],
    [false, 'POST', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }],
    [false, 'POST', {}],
    [false, 'GET', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ] as const)('foreign %s: %s %o', (foreign, method, headers) => {
    expect(isForeign(asked(method, headers), url)).toBe(foreign);
  });
});
