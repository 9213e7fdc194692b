import { describe, expect, it } from 'vitest';
import { addStubs, platformOf, type Lock } from './fix-lock.js';

describe('the platform in a package name', () => {
  it.each([
    ['@rollup/rollup-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@rollup/rollup-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'] }],
    ['@rollup/rollup-openbsd-x64', { os: ['openbsd'], cpu: ['x64'] }],
    ['@oxc-parser/binding-win32-arm64-msvc', { os: ['win32'], cpu: ['arm64'] }],
    ['@oxc-parser/binding-wasm32-wasi', { cpu: ['wasm32'] }],
  ])('%s', (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });

  it('is undefined when the name has none', () => {
    expect(platformOf('fsevents')).toBeUndefined();
  });
});

describe('a lock file that lost packages of other platforms', () => {
  const lock = (): Lock => ({
    packages: {
      'node_modules/rollup': {
        optionalDependencies: {
          '@rollup/rollup-linux-x64-gnu': '4.1.0',
          '@rollup/rollup-openbsd-x64': '4.1.0',
          fsevents: '~2.3.2',
        },
      },
      'node_modules/@rollup/rollup-linux-x64-gnu': {},
    },
  });

  it('gets a stub for each one that is missing, and for no other', () => {
    const repaired = lock();
    expect(addStubs(repaired)).toEqual({ added: ['@rollup/rollup-openbsd-x64'], leftAlone: ['fsevents'] });
    expect(repaired.packages['node_modules/@rollup/rollup-openbsd-x64']).toMatchObject({
      version: '4.1.0',
      os: ['openbsd'],
      optional: true,
    });
  });

  it('is left as it is the second time', () => {
    const repaired = lock();
    addStubs(repaired);
    const before = JSON.stringify(repaired);
    expect(addStubs(repaired).added).toEqual([]);
    expect(JSON.stringify(repaired)).toBe(before);
  });
});
