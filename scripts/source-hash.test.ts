import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceHash } from './source-hash.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jinban-hash-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/a.ts'), 'export const a = 1;');
});
afterEach(() => rmSync(root, { recursive: true }));

it('changes with the content of a source, and back', () => {
  const before = sourceHash(root);
  writeFileSync(join(root, 'src/a.ts'), 'export const a = 2;');
  expect(sourceHash(root)).not.toBe(before);
  writeFileSync(join(root, 'src/a.ts'), 'export const a = 1;');
  expect(sourceHash(root)).toBe(before);
});

it('changes when a source is renamed', () => {
  const before = sourceHash(root);
  rmSync(join(root, 'src/a.ts'));
  writeFileSync(join(root, 'src/b.ts'), 'export const a = 1;');
  expect(sourceHash(root)).not.toBe(before);
});

it('is the same wherever the project lies: a clone has the same version', () => {
  const before = sourceHash(root);
  const clone = `${root}-clone`;
  mkdirSync(join(clone, 'src'), { recursive: true });
  writeFileSync(join(clone, 'src/a.ts'), 'export const a = 1;');
  expect(sourceHash(clone)).toBe(before);
  rmSync(clone, { recursive: true });
});

it('does not change with a test: no device updates for one', () => {
  const before = sourceHash(root);
  writeFileSync(join(root, 'src/a.test.ts'), '// a test');
  expect(sourceHash(root)).toBe(before);
});
