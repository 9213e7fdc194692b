/**
 * What a judgement rests on: all that it needs to know of the office, read for the commands of a request at once. With it
 * judging is pure: it awaits nothing, and writes into the casebook alone.
 */
import type { Applicant } from '#lib/domain/commands.ts';
import { chineseDay, type Instant } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import { normaliseApplicant } from '#lib/domain/applicant.ts';
import type { SentCommand } from '#lib/protocol/command.ts';
import type { ReleaseSite } from '../catalogue/current-release.ts';
import { Casebook } from './casebook.ts';
import { commandBody, type RawCommand } from './command-text.ts';
import { itemStandings, UNKNOWN_VERSION, type ItemStanding } from './item-standing.ts';
import type { Judging } from './judging.ts';
import type { CountyRules } from './rulebook.ts';

export interface Basis {
  now: Instant;
  casebook: Casebook;
  /** A command's kind and body by its schema; null when it has another shape. */
  bodyOf(command: RawCommand): SentCommand | null;
  /** Of a receipt: the applicant as it will be kept. */
  applicantOf(command: RawCommand): Applicant | null;
  /** The version of an item with that hash; null when no release ever had it. */
  item(hash: string): Item | null;
  rules(county: string): CountyRules;
  /** Whether the device may still receive on that version. */
  standing(hash: string): ItemStanding;
}

/** Where the device stands that sent the commands; `offered`: judge.ts, Sender. */
interface Origin {
  site: ReleaseSite;
  device: { offered: number | null };
}

/** All commands come from one device. */
export async function gatherBasis(
  { trx, now, rulebook }: Judging,
  { site, device }: Origin,
  commands: readonly RawCommand[],
): Promise<Basis> {
  const today = chineseDay(now);
  const bodies = new Map(commands.map((command) => [command, commandBody(command)]));
  const receipts = [...bodies].flatMap(([command, read]) =>
    read?.kind === 'receive' ? [{ command, body: read.body }] : [],
  );
  const applicants = new Map(
    receipts.map(({ command, body }) => [command, normaliseApplicant(body.applicant, today)]),
  );
  const casebook = await Casebook.open(trx, now, {
    ids: [...new Set(commands.map((command) => command.applicationId))],
    receiptNumbers: receipts.map(({ body }) => body.receiptNumber),
    applicants: [...applicants.values()],
  });

  const loaded = casebook.all();
  const named = commands.flatMap(({ item }) => (item ? [item.hash] : []));
  const items = new Map<string, Item | null>();
  for (const hash of new Set([...named, ...loaded.map(({ state }) => state.item.hash)])) {
    items.set(hash, await rulebook.item(trx, hash));
  }
  const rules = new Map<string, CountyRules>();
  for (const county of new Set([site.county, ...loaded.map((one) => one.county)])) {
    rules.set(county, await rulebook.rules(trx, county));
  }
  const asked = receipts.flatMap(({ command: { item } }) => (item ? [item.hash] : []));
  const place = { site, offered: device.offered, rules: rules.get(site.county)! };
  const standings = await itemStandings(trx, place, [...new Set(asked)]);
  return {
    now,
    casebook,
    bodyOf: (command) => bodies.get(command) ?? null,
    applicantOf: (command) => applicants.get(command) ?? null,
    item: (hash) => items.get(hash) ?? null,
    rules: (county) => rules.get(county) ?? missing(county),
    standing: (hash) => standings.get(hash) ?? UNKNOWN_VERSION,
  };
}

function missing(county: string): never {
  throw new Error(`the rules of ${county} were not read`);
}
