import { describe, expect, it } from 'vitest';
import { closure, pageFiles, type KitRoute, type Manifest } from './page-size.ts';

const nodes = '.svelte-kit/generated/client-optimized/nodes';
const manifest: Manifest = {
  'node_modules/@sveltejs/kit/src/runtime/client/entry.js': { file: 'entry/start.js', imports: ['_kit.js'] },
  '.svelte-kit/generated/client-optimized/app.js': { file: 'entry/app.js', imports: ['_svelte.js'] },
  [`${nodes}/0.js`]: { file: 'nodes/0.js', imports: ['_svelte.js'] },
  [`${nodes}/1.js`]: { file: 'nodes/1.js', imports: ['_errors.js'] },
  [`${nodes}/12.js`]: { file: 'nodes/12.js', imports: ['_desk.js'] },
  [`${nodes}/2.js`]: { file: 'nodes/2.js', imports: ['_svelte.js'] },
  '_kit.js': { file: 'chunks/kit.js', imports: ['_svelte.js'] },
  '_svelte.js': { file: 'chunks/svelte.js', imports: ['_kit.js'] },
  '_desk.js': { file: 'chunks/desk.js' },
  '_errors.js': { file: 'chunks/errors.js' },
};
const routes: KitRoute[] = [
  { id: '/desk', page: { layouts: [0, null, 2], leaf: 12 } },
  { id: '/api', page: null },
];

describe('what a page loads first', () => {
  it('is both entries, its layouts, itself and what they import, each once', () => {
    const files = pageFiles(manifest, routes, '/desk');
    expect([...files].sort()).toEqual(
      [
        'chunks/desk.js',
        'chunks/kit.js',
        'chunks/svelte.js',
        'entry/app.js',
        'entry/start.js',
        'nodes/0.js',
        'nodes/12.js',
        'nodes/2.js',
      ].sort(),
    );
  });

  it('leaves out the error page, which only loads when needed', () => {
    expect(pageFiles(manifest, routes, '/desk')).not.toContain('chunks/errors.js');
  });

  it('is a plain complaint when the page does not exist, or is no page', () => {
    expect(pageFiles(manifest, routes, '/kiosk')).toBe('没有 /kiosk 这个页面');
    expect(pageFiles(manifest, routes, '/api')).toBe('没有 /api 这个页面');
  });

  it('is a complaint when the manifest lacks one of its parts', () => {
    const { [`${nodes}/12.js`]: _page, ...rest } = manifest;
    expect(pageFiles(rest, routes, '/desk')).toContain('nodes/12');
  });
});

it('follows imports that form a circle to their end', () => {
  expect(closure(manifest, ['_kit.js'])).toEqual(['chunks/kit.js', 'chunks/svelte.js']);
});
