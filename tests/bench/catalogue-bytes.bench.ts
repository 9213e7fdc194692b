/**
 * What a catalogue and photos cost a village's line of 128 kbit/s each way and 600 ms there and back, beside what physics
 * allows: bytes both ways with real authentication and all headers, without TLS. W1 a first load on a cold line, W2 the poll
 * after five items changed, W4 three photos over a line that breaks every 200 KB. Of the synthetic catalogue that peers were
 * measured on, and of the demo county's.
 */
import { readFileSync } from 'node:fs';
import { packBrotli } from '#lib/catalogue/publish/brotli.ts';
import { difference } from '#lib/catalogue/publish/diff.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Row } from '../../scripts/bench-row.ts';
import { nextRelease, syntheticItems } from '../support/catalogue-bytes-items.ts';
import { firstLoad, polls } from '../support/catalogue-bytes-loads.ts';
import { carryPhotos } from '../support/catalogue-bytes-photos.ts';
import { bytesOffice, VILLAGE_LINE } from '../support/catalogue-bytes-office.ts';

const BYTES_A_SECOND = VILLAGE_LINE.bitsPerSecond / 8;
const ROUND_TRIP_S = VILLAGE_LINE.roundTripMs / 1000;
const LEVEL = 'township';

const data = new URL('../../src/lib/server/seed/data/items.json', import.meta.url);
const realItems = (): Item[] =>
  (JSON.parse(readFileSync(data, 'utf8')) as Item[])
    .filter((item) => item.levels.includes(LEVEL))
    .map((item) => ({ ...item, taskCode: `11410526MB0000000X4${item.code}` }));

const packedJson = async (value: unknown): Promise<number> =>
  (await packBrotli(new TextEncoder().encode(JSON.stringify(value)))).length;
/** A connection, a request, and these bytes. */
const physical = (bytes: number, roundTrips: number): number =>
  bytes / BYTES_A_SECOND + roundTrips * ROUND_TRIP_S;

async function catalogue(what: string, items: Item[], budgets: boolean): Promise<Row[]> {
  await using office = await bytesOffice('A');
  const address = await office.publish(LEVEL, items);
  const first = await firstLoad(office, LEVEL, address);
  const next = nextRelease(items);
  const { idle, patched } = await polls(office, LEVEL, first.release, () => office.publish(LEVEL, next));

  const whole = await packedJson(items);
  const changes = await packedJson(difference(items, next));
  const row = (measure: string, value: number, unit: string, atMost?: number): Row => ({
    measure: `${what}: ${measure}`,
    value,
    unit,
    ...(budgets && atMost !== undefined ? { atMost } : {}),
  });
  return [
    row('W1 physical limit, brotli of the JSON', whole, 'B'),
    row('W1 physical limit', physical(whole, 2), 's'),
    row('W1 first load', first.bytes, 'B', 1.02 * whole),
    row('W1 first load', first.ms / 1000, 's', 8.1),
    row('W1 until the list can be searched', first.listMs / 1000, 's', 1.75),
    row('W2 physical limit, brotli of the changes', changes, 'B'),
    row('W2 physical limit', physical(changes, 1), 's'),
    row('W2 the poll after five items changed', patched.bytes, 'B', 850),
    row('W2 the poll after five items changed', patched.ms / 1000, 's', 1),
    row('an idle poll', idle.bytes, 'B'),
    row('W2 what the patch adds to it', patched.bytes - idle.bytes, 'B'),
  ];
}

/** What breaks costs a wait and, of what was under way, what the office had not taken yet. */
async function photos(): Promise<Row[]> {
  const { useful, bytes, ms, cuts } = await carryPhotos();
  const row = (measure: string, value: number, unit: string, atMost?: number): Row => ({
    measure: `W4 three photos, the line breaks every 200 KB: ${measure}`,
    value,
    unit,
    ...(atMost === undefined ? {} : { atMost }),
  });
  // of 300,000 bytes each, whatever these happen to be
  const share = useful / 900_000;
  return [
    row('bytes of the photos', useful, 'B'),
    row('breaks', cuts, ''),
    row('physical limit', physical(useful, 2) + cuts * 3, 's'),
    row('until the office holds them', ms / 1000, 's', 77 * share),
    row('bytes beside their own', bytes - useful, 'B', 24_000),
  ];
}

export async function run(): Promise<Row[]> {
  return [
    ...(await catalogue('220 synthetic items', syntheticItems(), true)),
    ...(await catalogue('滑县 township', realItems(), false)),
    ...(await photos()),
  ];
}
