/**
 * Few rules, each for a mistake that would cost somebody: a wrong clock in a rule, a method that Chromium 109
 * lacks, a skipped test. Formatting is prettier's, layers are dependency-cruiser's. Warnings are errors
 * (--max-warnings 0), and comments cannot switch a rule off.
 */
import js from '@eslint/js';
import compat from 'eslint-plugin-compat';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { knownTo109 } from './scripts/eslint-floor.js';
import svelteConfig from './svelte.config.js';

const testFiles = ['**/*.test.ts', 'tests/**/*.ts'];

/** Everywhere. */
const always = [
  {
    selector: 'TSEnumDeclaration',
    message: 'Plain node strips types and cannot run an enum: use a union of string literals.',
  },
  {
    selector: 'ExportAllDeclaration',
    message: 'No barrels: import from the file that has it.',
  },
  {
    selector: 'AssignmentExpression > MemberExpression[property.name=/^(innerHTML|outerHTML)$/]',
    message: 'Markup from strings is how scripts get in: build elements, or let Svelte do it.',
  },
];

const clocks = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Time is an argument here.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument here.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Time is an argument here.' },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Randomness is an argument here.',
  },
];

const honestTests = [
  {
    selector:
      'MemberExpression[property.name=/^(only|skip|skipIf|runIf|todo|fixme|fails|failing)$/]:matches([object.name=/^(it|test|describe|suite)$/], [object.property.name=/^(describe|concurrent|sequential)$/])',
    message: 'Every test runs, always: no focused, skipped or expected-to-fail tests.',
  },
  {
    selector: "CallExpression[callee.property.name='waitForTimeout']",
    message: 'Wait for what must happen, not for time to pass.',
  },
];

/**
 * @param {...({ selector: string, message: string }[])} lists
 * @returns {import('eslint').Linter.RulesRecord}
 */
const restrict = (...lists) => ({ 'no-restricted-syntax': ['error', ...lists.flat()] });

export default ts.config(
  { ignores: ['build*/', '.svelte-kit/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.recommended,
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      // the type checker knows better
      'no-undef': 'off',
      // rules about text name control characters, variation selectors and joiners, to keep them out
      'no-control-regex': 'off',
      'no-misleading-character-class': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^\\$lib',
              message: "Write '#lib/folder/file.ts', which also works in workers and scripts.",
            },
            { regex: '^#lib/.*(?<!\\.(ts|js|svelte|json))$', message: 'Write the extension.' },
          ],
        },
      ],
      ...restrict(always),
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      // {@html} is in the recommended set: svelte/no-at-html-tags
      'svelte/no-at-html-tags': 'error',
      // U+3000 is the space of Chinese text
      'no-irregular-whitespace': 'off',
      // {' '} is how a space survives formatting
      'svelte/no-useless-mustaches': 'off',
      // takes every local Set and Date for state
      'svelte/prefer-svelte-reactivity': 'off',
      // one origin, no base path
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  // hooks.client.ts writes what Kit itself would write without it
  { files: ['src/**'], ignores: [...testFiles, 'src/hooks.client.ts'], rules: { 'no-console': 'error' } },
  {
    files: ['src/**'],
    ignores: ['src/lib/server/**', 'src/hooks.server.ts', 'src/routes/**/+*server.ts', ...testFiles],
    extends: [compat.configs['flat/recommended']],
    settings: { lintAllEsApis: true },
    plugins: { floor: { rules: { 'known-to-109': knownTo109 } } },
    rules: { 'floor/known-to-109': 'error' },
  },
  {
    files: ['src/lib/domain/**'],
    ignores: testFiles,
    rules: {
      ...restrict(always, clocks),
      'no-restricted-globals': [
        'error',
        ...[
          'crypto',
          'performance',
          'setTimeout',
          'setInterval',
          'fetch',
          'process',
          'window',
          'document',
          'navigator',
        ],
      ],
    },
  },
  {
    files: testFiles,
    // published test vectors are written as published
    rules: { 'no-loss-of-precision': 'off', ...restrict(always, honestTests) },
  },
  {
    files: ['**/index.ts'],
    ignores: ['src/service-worker/index.ts'],
    rules: restrict([{ selector: 'Program', message: 'No index.ts: name the file after what it is about.' }]),
  },
);
