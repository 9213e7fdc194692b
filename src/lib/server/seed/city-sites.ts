/**
 * The sites of the city out of its two tables. A site's id is `S` and its first 12-digit code; its path follows the
 * managing government, which for some townships is not the statistical parent (managing.csv: 铜冶镇).
 */
import { SITE_LEVELS, childPath, countyOf, townshipOf, type SiteLevel } from '#lib/domain/site.ts';
import type { Insertable } from 'kysely';
import type { SiteTable } from '../db/schema.ts';

export type SiteRow = Insertable<SiteTable>;

interface Line {
  code: string;
  name: string;
  level: SiteLevel;
  parent: string;
}

/** Telephones of the demo city: no such numbers exist. */
const DEMO_PHONE = '0372-0000000';
const DEMO_SUPERVISION_PHONE = '0372-0000001';

export const siteId = (code: string): string => `S${code}`;

/** Rows of a table without quoting, its head line checked. @throws RangeError with the line number. */
function readCsv(text: string, head: string): string[][] {
  const [first, ...lines] = text.trimEnd().split(/\r?\n/);
  if (first !== head) throw new RangeError(`line 1: expected ${head}`);
  const width = head.split(',').length;
  return lines.map((line, index) => {
    const cells = line.split(',');
    if (cells.length !== width) throw new RangeError(`line ${index + 2}: expected ${width} cells`);
    return cells;
  });
}

function readLines(sites: string, managing: string): Map<string, Line> {
  const managed = new Map(readCsv(managing, 'code,managing').map(([code, parent]) => [code, parent]));
  const lines = new Map<string, Line>();
  for (const [code = '', name = '', level = '', parent = ''] of readCsv(sites, 'code,name,level,parent')) {
    if (!/^\d{12}$/.test(code) || lines.has(code)) throw new RangeError(`not a code, or twice: ${code}`);
    if (!SITE_LEVELS.includes(level as SiteLevel)) throw new RangeError(`${code}: no such level: ${level}`);
    lines.set(code, { code, name, level: level as SiteLevel, parent: managed.get(code) ?? parent });
  }
  return lines;
}

/** What is written over the door: 白道口镇便民服务中心, 许村便民服务站. */
function signOf({ name, level }: Line): string {
  switch (level) {
    case 'city':
    case 'county':
      return name;
    case 'township':
    case 'subdistrict':
      return `${name}便民服务中心`;
    case 'community':
    case 'village':
      return `${name}便民服务站`;
  }
}

/** All sites, each after the one that manages it. @throws RangeError where a table is wrong. */
export function citySites(csv: { sites: string; managing: string }): SiteRow[] {
  const lines = readLines(csv.sites, csv.managing);
  const made = new Map<string, SiteRow>();

  function make(line: Line): SiteRow {
    const done = made.get(line.code);
    if (done) return done;
    const above = line.parent === '' ? null : lines.get(line.parent);
    if (above === undefined) throw new RangeError(`${line.code}: parent ${line.parent} is not in the table`);
    const parent = above && make(above);
    const id = siteId(line.code);
    const path = parent ? childPath(parent.path, id) : `${id}/`;
    const township = townshipOf(path);
    const station = line.level === 'village' || line.level === 'community';
    const row: SiteRow = {
      id,
      code: line.code,
      name: signOf(line),
      full_name: station && above ? `${above.name}${line.name}` : line.name,
      level: line.level,
      county: countyOf(path),
      township,
      path,
      parent: parent?.id ?? null,
      phone: id === township ? DEMO_PHONE : null,
      supervision_phone: id === township ? DEMO_SUPERVISION_PHONE : null,
    };
    made.set(line.code, row);
    return row;
  }

  for (const line of lines.values()) make(line);
  return [...made.values()];
}
