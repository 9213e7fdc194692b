/**
 * Every invariant and every fault of docs/protocol.md has a test with its name: titles begin with `I7: …`, with
 * `fault: its words; other words → …`, or with both. What the office must survive is shown on both databases.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bare, table } from '../support/protocol-doc.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DOC = readFileSync(resolve(ROOT, 'docs/protocol.md'), 'utf8');

/** First arguments of calls that begin with a name. */
const TITLE = /\(\s*(['"`])((?:I\d+[: ]|fault: )(?:\\.|(?!\1).)*)\1/g;
const NAMES = /^(?<invariants>I\d+(?: I\d+)*)?(?:: )?(?:fault: (?<faults>.+?) → )?/;

type Database = 'sqlite' | 'postgres';

interface Named {
  file: string;
  databases: readonly Database[];
  invariants: string[];
  faults: string[];
}

/** The databases that a file's tests run on, by its name and its means (tests/support/each-database.ts). */
function databasesOf(file: string, text: string): readonly Database[] {
  if (file.includes('.postgres.')) return ['postgres'];
  if (/\beachDatabase\(|\['sqlite', 'postgres'\]/.test(text)) return ['sqlite', 'postgres'];
  return /\.(db\.test|spec)\.ts$/.test(file) ? ['sqlite'] : [];
}

function titlesOf(path: string): Named[] {
  const text = readFileSync(resolve(ROOT, path), 'utf8');
  const databases = databasesOf(path, text);
  return [...text.matchAll(TITLE)].map(([, , title]) => {
    const { invariants, faults } = NAMES.exec(title!)!.groups!;
    return {
      file: basename(path),
      databases,
      invariants: invariants?.split(' ') ?? [],
      faults: faults?.split('; ') ?? [],
    };
  });
}

const named = globSync(
  ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/journeys/*.spec.ts', 'tests/support/*-contract.ts'],
  { cwd: ROOT },
).flatMap(titlesOf);

const invariants = [...DOC.matchAll(/^- \*\*(I\d+)\*\* /gm)].map(([, name]) => name!);

const faults = table('fault').rows.map(([fault = '', where = '', , files = '']) => ({
  fault,
  where,
  files: files.split(', ').map(bare),
}));

describe('invariants', () => {
  test('there are fifteen', () => {
    expect(invariants).toEqual(Array.from({ length: 15 }, (_, i) => `I${i + 1}`));
  });
  test.each(invariants)('%s has a test with its name', (name) => {
    expect(named.filter((one) => one.invariants.includes(name))).not.toEqual([]);
  });
});

/** What has to be shown on which databases. */
const WHERE: Record<string, Database[]> = {
  device: [],
  office: ['sqlite', 'postgres'],
  PostgreSQL: ['postgres'],
};

describe('faults', () => {
  test.each(faults)(
    '$fault: has tests with its words, those that are listed, on $where',
    ({ fault, where, files }) => {
      const tests = named.filter((one) => one.faults.includes(fault));
      expect(tests).not.toEqual([]);
      expect([...new Set(tests.map(({ file }) => file))].sort()).toEqual([...files].sort());
      const databases = new Set(tests.flatMap((one) => one.databases));
      expect(WHERE).toHaveProperty(where);
      expect([...databases]).toEqual(expect.arrayContaining(WHERE[where]!));
    },
  );

  test('no test names a fault that is not listed', () => {
    const listed = new Set(faults.map(({ fault }) => fault));
    expect(named.flatMap((one) => one.faults).filter((fault) => !listed.has(fault))).toEqual([]);
    expect(faults.length).toBeGreaterThan(30);
  });
});
