/**
 * Judges one command of a person with the same `decide` that ran on the device, but with the office's clock and state:
 * this answer is final. Scope is judged here: what lies outside looks exactly like what does not exist.
 */
import { chineseDay } from '#lib/domain/day.ts';
import { decide } from '#lib/domain/decide.ts';
import type { Event } from '#lib/domain/events.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/domain/roles.ts';
import { isWithin, itemLevelOf, type SiteLevel } from '#lib/domain/site.ts';
import { normaliseApplicant } from '#lib/domain/applicant.ts';
import type { Applicant, Command } from '#lib/domain/commands.ts';
import { readBody } from '#lib/protocol/command.ts';
import type { AuditLine } from '../audit.ts';
import {
  addApplication,
  loadApplication,
  nextCaseNumber,
  saveApplication,
  type LoadedApplication,
} from './applications.ts';
import type { RawCommand } from './chain-walk.ts';
import { nextLook, tick } from './clock-ticks.ts';
import { applicantKey, countSimilar } from './duplicates.ts';
import type { Judged } from './docket.ts';
import { follow, pending, type Entries, type Judging } from './judging.ts';
import { itemStanding } from './rulebook.ts';

/** From which device and by whom. */
export interface Sender {
  device: { id: string; number: string; drainedOn: string | null; offered: number | null };
  site: { id: string; code: string; path: string; county: string; township: string; level: SiteLevel };
  actor: Actor & { path: string };
}

export interface Judgement extends Entries {
  judged: Judged;
  audit: AuditLine[];
}

const inScope = ({ site, actor }: Sender, path: string): boolean =>
  isWithin(site.path, path) && isWithin(actor.path, path);

const refused = (id: string, { refused: code, reason, at, fields }: Refusal): Judged => ({
  id,
  is: 'refused',
  code,
  reason,
  ...(at ? { at } : {}),
  ...(fields ? { fields } : {}),
});

async function factsFor(
  { trx, now, rulebook }: Judging,
  sender: Sender,
  command: RawCommand,
  application: LoadedApplication | null,
): Promise<Facts> {
  const { device, site, actor } = sender;
  const itemRef = application?.state.item ?? command.item ?? null;
  const known = itemRef && (await rulebook.item(trx, itemRef.hash));
  const item = known?.code === itemRef?.code ? known : null;
  const level = itemLevelOf(site.level);
  const standing = command.kind === 'receive' && itemRef !== null && item !== null;
  return {
    now,
    actor,
    item,
    itemRef,
    itemStanding: standing
      ? await itemStanding(trx, { county: site.county, level, hash: itemRef.hash, offered: device.offered })
      : 'current',
    ...(await rulebook.rules(trx, application?.county ?? site.county)),
    site: { id: site.id, code: site.code, device: device.number },
    lastContact: device.drainedOn,
    similar: 0,
    caseNumber: null,
  };
}

/** Of a new application: how many like it came lately. */
async function similarTo(
  { trx, now }: Judging,
  { site }: Sender,
  { kind, body }: Command,
  { item }: Facts,
): Promise<number> {
  if (kind !== 'receive' || item === null) return 0;
  const today = chineseDay(now);
  const applicant: Applicant = normaliseApplicant(body.applicant, today);
  const key = await applicantKey(trx, applicant);
  return countSimilar(trx, { applicantKey: key, itemCode: item.code, county: site.county, today });
}

/** Due ticks first, then the command. Throws only where a rule is broken: the caller undoes everything and parks it. */
export async function judge(judging: Judging, sender: Sender, command: RawCommand): Promise<Judgement> {
  const { trx, now } = judging;
  const nothing: Judgement = {
    judged: refused(command.id, refuse('text')),
    events: [],
    receipts: [],
    audit: [],
  };
  const read = readBody(command.kind, command.body);
  if (read === null) return nothing;

  const found = await loadApplication(trx, command.applicationId);
  const visible = found !== null && inScope(sender, found.path);
  const outside = found !== null ? !visible : read.kind === 'receive' && !inScope(sender, sender.site.path);
  const attempt: AuditLine = {
    who: command.actor,
    what: 'outOfScope',
    detail: { device: sender.device.id, command: command.id, application: command.applicationId },
  };
  // a new application under an id that is another site's: nothing is said about the other one
  if (outside && read.kind === 'receive') {
    return { ...nothing, judged: refused(command.id, refuse('unknownApplication')), audit: [attempt] };
  }

  const ticked = visible ? await tick(judging, found) : null;
  const entries = { events: ticked?.events ?? [], receipts: ticked?.receipts ?? [] };
  const audit = outside ? [attempt] : [];
  const known = await factsFor(judging, sender, command, ticked);
  const facts = { ...known, similar: await similarTo(judging, sender, read, known) };
  const verdict = decide(ticked?.state ?? null, read, facts);
  if (isRefusal(verdict)) return { ...entries, judged: refused(command.id, verdict), audit };

  const by = { applicationId: command.applicationId, actor: sender.actor, now };
  const { state, logged } = follow(ticked?.state ?? null, await numbered(judging, verdict, facts), by);
  const { id: site, county, township: feed, path } = sender.site;
  const application = ticked ? { ...ticked, state } : { state, site, county, feed, path };
  const look = nextLook(state, { ...facts, item: facts.item! }, chineseDay(now));
  if (ticked) await saveApplication(trx, state, look, now);
  else if ((await addApplication(trx, application, look, now)) !== null) {
    audit.push({
      who: 'office',
      what: 'receiptClash',
      detail: { application: state.id, device: sender.device.id },
    });
  }
  return {
    judged: { id: command.id, is: 'applied', rev: state.rev },
    events: [...entries.events, ...pending(application, command.id, logged)],
    receipts: entries.receipts,
    audit,
  };
}

/** Gives a new application its formal number, once nothing can refuse it any more. */
async function numbered({ trx, now }: Judging, events: Event[], { item }: Facts): Promise<Event[]> {
  const [first, ...rest] = events;
  if (first?.is !== 'received' || item === null) return events;
  return [{ ...first, caseNumber: await nextCaseNumber(trx, item.taskCode, chineseDay(now)) }, ...rest];
}
