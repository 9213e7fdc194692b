import { describe, expect, it } from 'vitest';
import { cssProblems, newerMethods, syntaxProblem } from './target-floor.ts';

describe('scripts for Chromium 109', () => {
  it('may use ES2022: class fields, private methods, top-level await, ??=', () => {
    expect(syntaxProblem('class A { static #n = 1; #m() {} } let x; x ??= await 1;')).toBeUndefined();
  });

  it('may not use syntax that came later', () => {
    expect(syntaxProblem('using lock = take();')).toMatch(/Unexpected|unexpected|Missing/);
    expect(syntaxProblem('export const r = /[a--b]/v;')).toMatch(/Invalid regular expression flag/);
  });

  it('are searched for methods that came later', () => {
    expect(newerMethods('a.toSorted(); AbortSignal.any([]); a.sort(); a.toSorted()')).toEqual([
      'toSorted',
      'AbortSignal.any',
    ]);
  });
});

describe('styles for Chromium 109', () => {
  it('may use variables, media queries and keyframes', () => {
    const css =
      ':root{--ink:#123}@media (min-width:40em){.a{color:var(--ink)}.b{color:red}}@keyframes x{from{opacity:0}to{opacity:1}}';
    expect(cssProblems(css)).toEqual([]);
  });

  it('may not mix colours of variables, or nest', () => {
    expect(cssProblems('.a{color:color-mix(in srgb,var(--x),red)}')).toHaveLength(1);
    expect(cssProblems('.a{color:red;&:hover{color:blue}}')).not.toEqual([]);
    expect(cssProblems('.a{.b{color:blue}}')).not.toEqual([]);
  });

  it('may do so where @supports guards it', () => {
    expect(
      cssProblems('@supports (color:color-mix(in srgb,red,red)){.a{color:color-mix(in srgb,red,var(--x))}}'),
    ).toEqual([]);
  });
});
