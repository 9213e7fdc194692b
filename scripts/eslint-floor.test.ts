import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { knownTo109 } from './eslint-floor.js';

/** What the rule says about a script, in order. */
const complaints = (code: string): string[] =>
  new Linter()
    .verify(code, [
      {
        plugins: { floor: { rules: { known: knownTo109 } } },
        rules: { 'floor/known': 'error' },
        languageOptions: { ecmaVersion: 'latest', sourceType: 'module' },
      },
    ])
    .map(({ message }) => message.replace('Chromium 109, the last for Windows 7, lacks ', ''));

describe('code for Chromium 109', () => {
  it.each([
    ['new CloseWatcher()', ['CloseWatcher.']],
    ['Temporal.Now.instant()', ['Temporal.']],
    ['Object.groupBy(a, f)', ['Object.groupBy.']],
    ['AbortSignal.any([])', ['AbortSignal.any.']],
    ['Promise.withResolvers()', ['Promise.withResolvers.']],
    ['URL.canParse(u)', ['URL.canParse.']],
    ['list.toSorted()', ['.toSorted().']],
    ['seen.intersection(other)', ['.intersection().']],
    ['document.startViewTransition(f)', ['.startViewTransition().']],
    ['scheduler.yield()', ['.yield().']],
  ])('may not say %s', (code, what) => {
    expect(complaints(code)).toEqual(what);
  });

  it.each([
    'new CompressionStream("gzip")',
    'list.at(-1); list.findLast(f); list.sort()',
    'structuredClone(a); crypto.randomUUID(); navigator.locks.request("a", f)',
    'Promise.any(all); AbortSignal.timeout(5); Response.json(a)',
    'queue.first(); plan.build(); list.take(3)',
    'import * as v from "valibot"; v.union([])',
  ])('may say %s', (code) => {
    expect(complaints(code)).toEqual([]);
  });

  it('may use what came later where it asks first', () => {
    expect(complaints('await scheduler.yield?.(); typeof CloseWatcher; "groupBy" in Object')).toEqual([]);
  });

  it('may give its own things any name', () => {
    expect(
      complaints('class Observable {} new Observable(); import { Temporal } from "x"; Temporal.now()'),
    ).toEqual([]);
  });
});
