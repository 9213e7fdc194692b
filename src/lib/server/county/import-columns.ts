/**
 * Which column of an uploaded workbook means what: as its headings say, as the county said it the last time, and as somebody
 * says it now (对列). The same for the list of items and for sites and people; each kind of sheet has a name of its own.
 */
import {
  columnsByHeading,
  guessMapping,
  rememberedOf,
  type RawSheet,
  type Remembered,
  type SheetMapping,
} from '#lib/catalogue/book-mapping.ts';
import type { BookShape } from '#lib/catalogue/sheet-book.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Trx } from '../db/dialect.ts';
import type { ReadSheet } from './import-plan.ts';

async function readRemembered<Kind extends string>(
  trx: Trx,
  county: string,
  { kinds }: BookShape<Kind>,
): Promise<Remembered<Kind>> {
  const rows = await trx
    .selectFrom('list_mapping')
    .select(['sheet', 'data'])
    .where('county', '=', county)
    .where('sheet', 'in', [...kinds])
    .execute();
  const said = rows.map(({ sheet, data }) => [sheet, JSON.parse(data) as [string, string][]]);
  return Object.fromEntries(said) as Remembered<Kind>;
}

/** What the sheets are likely to mean to this county. */
export const guessColumns = async <Kind extends string>(
  trx: Trx,
  county: string,
  shape: BookShape<Kind>,
  sheets: readonly RawSheet[],
): Promise<SheetMapping<Kind>[]> => guessMapping(shape, sheets, await readRemembered(trx, county, shape));

export async function rememberColumns<Kind extends string>(
  trx: Trx,
  county: string,
  of: { sheets: readonly RawSheet[]; mappings: readonly SheetMapping<Kind>[] },
  now: Instant,
): Promise<void> {
  const remembered = Object.entries<unknown>(rememberedOf(of.sheets, of.mappings));
  if (remembered.length === 0) return;
  const rows = remembered.map(([sheet, data]) => ({
    county,
    sheet,
    data: JSON.stringify(data),
    updated_at: now,
  }));
  await trx
    .insertInto('list_mapping')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['county', 'sheet']).doUpdateSet((eb) => ({
        data: eb.ref('excluded.data'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .execute();
}

/** A sheet as the page of its columns shows it. */
export interface SheetToMap<Kind extends string> {
  name: string;
  notes: readonly string[];
  rows: number;
  mapping: SheetMapping<Kind>;
  headings: string[];
  /** The first rows, which show what the columns hold. */
  samples: readonly (readonly string[])[];
}

const SAMPLES = 3;
/** Rows that are looked at for how wide a sheet is. */
const LOOKED_AT = 50;
const widthOf = (rows: ReadSheet['rows']): number =>
  Math.max(0, ...rows.slice(0, LOOKED_AT).map((row) => row.length));

export const sheetsToMap = <Kind extends string>(
  sheets: readonly ReadSheet[],
  mappings: readonly SheetMapping<Kind>[],
): SheetToMap<Kind>[] =>
  sheets.map(({ name, rows, notes }, i) => {
    const mapping = mappings[i]!;
    return {
      name,
      notes: [...notes],
      rows: rows.length,
      mapping,
      headings: Array.from({ length: widthOf(rows) }, (_, at) => rows[mapping.heading]?.[at] ?? ''),
      samples: rows.slice(mapping.heading + 1, mapping.heading + 1 + SAMPLES),
    };
  });

/** What the form says of each sheet. A kind that was chosen just now brings its own guess of the columns. */
export function mappingsSaid<Kind extends string>(
  form: FormData,
  shape: BookShape<Kind>,
  { sheets, mappings }: { sheets: readonly ReadSheet[]; mappings: readonly SheetMapping<Kind>[] },
): SheetMapping<Kind>[] {
  return sheets.map(({ rows }, i) => {
    const before = mappings[i]!;
    const kind = shape.kinds.find((one) => one === form.get(`kind.${i}`)) ?? null;
    const asked = Number(form.get(`heading.${i}`)) - 1;
    const heading = Number.isInteger(asked) && asked >= 0 && asked < rows.length ? asked : before.heading;
    if (kind !== null && (kind !== before.kind || heading !== before.heading))
      return {
        kind,
        heading,
        columns: columnsByHeading(shape, rows[heading] ?? [], kind, {} as Remembered<Kind>),
      };
    const width = Math.max(before.columns.length, widthOf(rows));
    const columns = Array.from({ length: width }, (_, at) => {
      const key = form.get(`column.${i}.${at}`);
      return typeof key === 'string' ? key : '';
    });
    return { kind, heading, columns };
  });
}
