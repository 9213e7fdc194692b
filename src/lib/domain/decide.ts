/**
 * decide(state, command, facts) → events or a refusal: the rulebook that runs on the device at once and at the office
 * for good. Pure: time, actor, item version, calendar and policy are facts. Bugs throw; people get a Refusal.
 * The table (transitions.ts) judges role and state; here are the guards that need facts.
 */
import { runningClocks } from './clocks.ts';
import type { Bodies, Command, CommandKind } from './commands.ts';
import { decideAmend } from './decide-amend.ts';
import { decideCorrection } from './decide-correction.ts';
import { decideReceive } from './decide-receive.ts';
import { decideDelivery, decideExamination, decideSettle } from './decide-settle.ts';
import { chineseDay, type Day } from './day.ts';
import type { Facts, KnownFacts, Verdict } from './facts.ts';
import type { Item } from './item.ts';
import { missingForAcceptance, photosUnderway } from './materials.ts';
import { refuse, type Refusal } from './refusal.ts';
import { isClosed, type Application } from './state.ts';
import { isSigned } from './signature.ts';
import { tableVerdict } from './transitions.ts';

export function decide(state: Application | null, command: Command, facts: Facts): Verdict {
  const verdict = tableVerdict(state?.state ?? 'none', command.kind, facts.actor.roles);
  if (verdict === 'forbidden') return refuse('notAllowed');
  if (verdict === 'state') return refuse(stateReason(state, command.kind));
  if (command.kind === 'receive') return decideReceive(command.body, facts);
  if (facts.item === null) return refuse('itemUnknown');
  return decideOn(state!, command, { ...facts, item: facts.item });
}

function stateReason(
  state: Application | null,
  kind: CommandKind,
): 'unknownApplication' | 'exists' | 'closed' | 'wrongState' {
  if (state === null) return 'unknownApplication';
  if (kind === 'receive') return 'exists';
  return isClosed(state.state) ? 'closed' : 'wrongState';
}

type Guard<K extends CommandKind> = (state: Application, body: Bodies[K], facts: KnownFacts) => Verdict;

const dayOf = (facts: Facts): Day => chineseDay(facts.now);
const words = (fields: Record<string, string>, limit = 2000): string[] =>
  Object.entries(fields).flatMap(([name, text]) => (text.trim() === '' || text.length > limit ? [name] : []));

/** What blocks acceptance, if anything: necessary materials (已收, 容缺 or 免提交) and their photos. */
function acceptanceBlock(state: Application, item: Item): Refusal | null {
  const held = Object.values(state.materials);
  const missing = missingForAcceptance(item, held);
  if (missing.length > 0)
    return refuse(
      'materialsMissing',
      missing.map((m) => m.code),
    );
  const unseen = held.filter((m) => photosUnderway(m).length > 0);
  return unseen.length > 0
    ? refuse(
        'photosMissing',
        unseen.map((m) => m.code),
      )
    : null;
}

function addMaterial(state: Application, body: Bodies['addMaterial'], facts: KnownFacts): Verdict {
  const material = facts.item.materials.find((m) => m.code === body.code);
  if (material === undefined) return refuse('noSuchMaterial', [body.code]);
  if (state.acceptedOn !== null) {
    const clock = runningClocks(state, facts).find((c) => c.name === `tolerance:${body.code}`);
    const inTime = clock !== undefined && (clock.due === null || dayOf(facts) <= clock.due);
    if (!inTime || body.status !== 'received') return refuse('notTolerated', [body.code]);
  }
  const allowed =
    body.status === 'received' ||
    body.status === 'missing' ||
    (body.status === 'tolerated' && material.tolerable === true) ||
    (body.status === 'waived' && material.licence !== undefined) ||
    (body.status === 'notNeeded' && !material.required);
  return allowed ? [{ is: 'materialAdded', material: body }] : refuse('materials', [body.code]);
}

const GUARDS: { [K in Exclude<CommandKind, 'receive'>]: Guard<K> } = {
  amend: decideAmend,
  addMaterial,
  ...decideCorrection,
  withdraw: (_, { reason, signature }, facts) =>
    isSigned(signature) ? [{ is: 'withdrawn', reason, on: dayOf(facts) }] : refuse('signature'),
  accept: (state, _, facts) =>
    acceptanceBlock(state, facts.item) ?? [{ is: 'accepted', on: dayOf(facts), bySilence: false }],
  refuseAcceptance: (_, body, facts) => {
    const empty = words({ reason: body.reason, basis: body.basis });
    return empty.length > 0
      ? refuse('text', empty)
      : [{ is: 'acceptanceRefused', refusal: body, on: dayOf(facts) }];
  },
  claim: (state, _, facts) => (state.claim ? refuse('claimed') : [{ is: 'claimed', on: dayOf(facts) }]),
  release: ({ claim }, _, { actor }) =>
    claim && (claim.by === actor.id || actor.roles.includes('head'))
      ? [{ is: 'released' }]
      : refuse('notClaimed'),
  settle: (state, body, facts) => acceptanceBlock(state, facts.item) ?? decideSettle(state, body, facts),
  ...decideExamination,
  ...decideDelivery,
  forward: (_, { organ, reason }, facts) => {
    const empty = words({ organ, reason });
    return empty.length > 0 ? refuse('text', empty) : [{ is: 'forwarded', organ, reason, on: dayOf(facts) }];
  },
  void: (_, { reason }, facts) => {
    const empty = words({ reason });
    return empty.length > 0 ? refuse('text', empty) : [{ is: 'voided', reason, on: dayOf(facts) }];
  },
  rate: (state, body, facts) => {
    if (state.rating !== null) return refuse('alreadyRated');
    // 差评 needs a reason (design screens.md)
    if (body.grade >= 4 && body.reasons.length === 0 && body.text.trim() === '')
      return refuse('text', ['reasons']);
    return [{ is: 'rated', rating: body, on: dayOf(facts) }];
  },
  deemAccepted: (state, { due }, facts) => {
    const clock = runningClocks(state, facts).find((c) => c.name === 'acceptance');
    const due_ = facts.item.type === '行政许可' && clock?.due === due && dayOf(facts) > due;
    // silence: accepted from the day the materials were received (§32)
    return due_ ? [{ is: 'accepted', on: state.acceptanceFrom, bySilence: true }] : refuse('notDue');
  },
  lapse: (state, { due }, facts) => {
    const clock = runningClocks(state, facts).find((c) => c.name === 'correction');
    return clock?.due === due && dayOf(facts) > due
      ? [{ is: 'lapsed', due, on: dayOf(facts) }]
      : refuse('notDue');
  },
  overdue: (state, { clock: name, due }, facts) => {
    const clock = runningClocks(state, facts).find((c) => c.name === name);
    const told = state.overdue.some((o) => o.clock === name && o.due === due);
    const due_ = clock?.due === due && dayOf(facts) > due && !told;
    return due_ ? [{ is: 'overdueMarked', clock: name, due }] : refuse('notDue');
  },
  photoVerified: (state, { material, sha256 }) => {
    const held = state.materials[material];
    if (!held?.photos?.some((photo) => photo.sha256 === sha256)) return refuse('noSuchMaterial', [material]);
    return held.verified?.includes(sha256) === true
      ? refuse('notDue')
      : [{ is: 'photoVerified', material, sha256 }];
  },
};

const decideOn = (
  state: Application,
  command: Exclude<Command, { kind: 'receive' }>,
  facts: KnownFacts,
): Verdict => (GUARDS[command.kind] as Guard<typeof command.kind>)(state, command.body as never, facts);
