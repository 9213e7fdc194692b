/**
 * Knows what the browser floor, Chromium 109, cannot read. JavaScript is parsed: 109 knows ES2022 and no
 * newer syntax. CSS is searched for functions and nesting that 109 drops silently.
 */
import { parse } from 'acorn';

const newestKnown = 2022;

/** The complaint about a script, or undefined when Chromium 109 can parse it. */
export function syntaxProblem(source: string): string | undefined {
  try {
    parse(source, { ecmaVersion: newestKnown, sourceType: 'module' });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const methods =
  /\b(?:toSorted|toReversed|toSpliced|withResolvers|fromAsync|isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference|canParse|startViewTransition|getOrInsert)\b|\bObject\.groupBy\b|\bMap\.groupBy\b|scheduler\.yield|RegExp\.escape\b|AbortSignal\.any\b|Promise\.try\b|Iterator\.from\b/g;

/**
 * Names of methods newer than 109. A hint, not a verdict: libraries test for a method before they use it.
 * Our own code is held to it by eslint.
 */
export const newerMethods = (source: string): string[] => [...new Set(source.match(methods))];

const cssPatterns =
  /oklch\(|oklab\(|color-mix\([^;}]*|light-dark\(|@scope\b|@starting-style|@position-try|(?<![\w-])if\(|:popover-open|(?:^|[{;}])\s*&|\{[^{}@]*\{/g;
const block = '\\{(?:[^{}]|\\{[^{}]*\\})*\\}';

/** Everything in a stylesheet that 109 would drop; what stands in @supports is guarded and left out. */
export function cssProblems(source: string): string[] {
  const flat = source
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(new RegExp(`@supports[^{]*${block}`, 'g'), '')
    .replace(new RegExp(`@(?:-webkit-)?keyframes[^{]*${block}`, 'g'), '')
    .replace(/@(?:media|layer|container)[^{;]*\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1');
  return [...new Set(flat.match(cssPatterns))];
}
