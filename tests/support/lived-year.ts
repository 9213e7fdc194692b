/** A county that has lived a year (seed/year), smaller than the demo's, with its files in a folder that is removed. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Application } from '#lib/domain/state.ts';
import type { Trx } from '#lib/server/db/dialect.ts';
import type { Store } from '#lib/server/db/store.ts';
import { OfficeFiles } from '#lib/server/files/office-files.ts';
import { createLog } from '#lib/server/log.ts';
import { assembleOffice, type Office } from '#lib/server/office.ts';
import { DEMO_COUNTY, DEMO_TOWNSHIPS } from '#lib/server/seed/demo-people.ts';
import type { Pictures } from '#lib/server/seed/pictures/draw.ts';
import { seedCity } from '#lib/server/seed/seed-city.ts';
import { foundedBefore } from '#lib/server/seed/year/days.ts';
import { liveYear, type YearReport } from '#lib/server/seed/year/live-year.ts';

/** A Wednesday after work. */
export const EVENING = '2026-09-23T11:00:00.000Z';

const folder = join(tmpdir(), `jinban-year-${randomUUID()}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const yearFiles = (): OfficeFiles => new OfficeFiles(join(folder, randomUUID()));

export interface Lived {
  office: Office;
  report: YearReport;
  complaints: string[];
}

export interface YearOf {
  now: string;
  applications: number;
  /** 12-digit codes; the two that people look at unless others are asked for; null: all. */
  townships?: readonly string[] | null;
  pictures?: Pictures;
}

export async function lived(
  store: Store,
  { now, applications, townships = DEMO_TOWNSHIPS, pictures }: YearOf,
): Promise<Lived> {
  await seedCity(store, { now: foundedBefore(now), counties: [DEMO_COUNTY], living: true });
  const files = yearFiles();
  const complaints: string[] = [];
  const report = await liveYear(store, files, {
    now,
    applications,
    ...(townships ? { townships } : {}),
    ...(pictures ? { pictures } : {}),
    complain: (line) => complaints.push(line),
  });
  return { office: assembleOffice(store, { now: () => now }, createLog(), files), report, complaints };
}

export const allApplications = async (trx: Trx): Promise<Application[]> =>
  (await trx.selectFrom('application').select('state_json').execute()).map(
    ({ state_json }) => JSON.parse(state_json) as Application,
  );
