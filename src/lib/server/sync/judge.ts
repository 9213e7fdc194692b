/**
 * Judges one command of a person with the same `decide` that ran on the device, but with the office's clock and state:
 * this answer is final. Scope is judged here: what lies outside looks exactly like what does not exist.
 */
import type { Bodies } from '#lib/domain/commands.ts';
import { chineseDay } from '#lib/domain/day.ts';
import { decide } from '#lib/domain/decide.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/domain/roles.ts';
import { isWithin } from '#lib/domain/site.ts';
import type { AuditLine } from '../audit.ts';
import type { DeviceSession } from '../auth/sessions.ts';
import type { LoadedApplication } from './applications.ts';
import type { Basis } from './basis.ts';
import { nextLook, tick } from './clock-ticks.ts';
import { hasPassed, type RawCommand } from './command-text.ts';
import type { Judged } from './docket.ts';
import { follow, pending, type Entries } from './judging.ts';

/** From which device and by whom. */
export interface Sender {
  device: { id: string; number: string; drainedOn: string | null; offered: number | null };
  site: Omit<DeviceSession['site'], 'peopleAt'>;
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

/** Of a receipt that passed as it stands. */
function partsOf(command: RawCommand): Exclude<Facts['examined'], Refusal | undefined> {
  const { applicant, handler, answers } = command.body as Bodies['receive'];
  return { applicant, handler, answers };
}

function factsFor(
  basis: Basis,
  { device, site, actor }: Sender,
  command: RawCommand,
  application: LoadedApplication | null,
): Facts {
  const itemRef = application?.state.item ?? command.item ?? null;
  const known = itemRef && basis.item(itemRef.hash);
  const item = known?.code === itemRef?.code ? known : null;
  const applicant = basis.applicantOf(command);
  return {
    now: basis.now,
    actor,
    item,
    itemRef,
    ...(command.kind === 'receive' && itemRef !== null && item !== null
      ? basis.standing(itemRef.hash)
      : { itemStanding: 'current' }),
    ...basis.rules(application?.county ?? site.county),
    site: { id: site.id, code: site.code, device: device.number },
    lastContact: device.drainedOn,
    // of a new application: how many like it came lately
    similar:
      applicant === null || item === null ? 0 : basis.casebook.similar(applicant, item.code, site.county),
    // given once nothing can refuse it any more (casebook.ts)
    caseNumber: null,
    ...(application === null && hasPassed(command) ? { examined: partsOf(command) } : {}),
  };
}

/** What the office's clock has to do first. Nothing happens where the item's version is unknown. */
function tickFirst(basis: Basis, found: LoadedApplication): ReturnType<typeof tick> {
  const item = basis.item(found.state.item.hash);
  if (item === null) return { application: found, events: [], receipts: [] };
  const facts = { item, ...basis.rules(found.county) };
  const ticked = tick(basis.now, found, facts);
  if (ticked.events.length > 0) {
    const look = nextLook(ticked.application.state, facts, chineseDay(basis.now));
    basis.casebook.save(ticked.application, look);
  }
  return ticked;
}

/**
 * Due ticks first, then the command: what it decides is in the casebook afterwards. Throws only where a rule is broken:
 * the caller lets the casebook go, and parks the command.
 */
export function judge(basis: Basis, sender: Sender, command: RawCommand): Judgement {
  const { casebook, now } = basis;
  const nothing: Judgement = {
    judged: refused(command.id, refuse('text')),
    events: [],
    receipts: [],
    audit: [],
  };
  const read = basis.bodyOf(command);
  if (read === null) return nothing;

  const found = casebook.find(command.applicationId);
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

  const ticked = visible ? tickFirst(basis, found) : null;
  const before = ticked?.application ?? null;
  const entries = { events: ticked?.events ?? [], receipts: ticked?.receipts ?? [] };
  const audit = outside ? [attempt] : [];
  const facts = factsFor(basis, sender, command, before);
  const verdict = decide(before?.state ?? null, read, facts);
  if (isRefusal(verdict)) return { ...entries, judged: refused(command.id, verdict), audit };

  const by = { applicationId: command.applicationId, actor: sender.actor, now };
  const { state, logged } = follow(before?.state ?? null, verdict, by);
  const item = facts.item!;
  const { id: site, county, township: feed, path } = sender.site;
  const application = before ? { ...before, state } : { state, site, county, feed, path };
  const look = nextLook(state, { ...facts, item }, chineseDay(now));
  if (before) casebook.save(application, look);
  else {
    const { taskCode } = item;
    if (casebook.add(application, look, { taskCode, received: logged[0]!.event }) !== null) {
      audit.push({
        who: 'office',
        what: 'receiptClash',
        detail: { application: state.id, device: sender.device.id },
      });
    }
  }
  return {
    judged: { id: command.id, is: 'applied', rev: state.rev },
    events: [...entries.events, ...pending(application, command.id, logged)],
    receipts: entries.receipts,
    audit,
  };
}
