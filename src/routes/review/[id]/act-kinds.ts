/**
 * What may be done with a case now (现在能办). The table (domain/transitions.ts) says which acts a role has in a state; the
 * rulebook itself, asked with a body that is complete, says what stands in the way. Nothing of the rules is repeated here.
 */
import { isVillageOnly } from '#lib/domain/clocks.ts';
import type { Command, CommandKind, SentKind } from '#lib/domain/commands.ts';
import { decide } from '#lib/domain/decide.ts';
import type { KnownFacts } from '#lib/domain/facts.ts';
import type { Item, Material } from '#lib/domain/item.ts';
import { isRefusal, type Refusal, type RefusalReason } from '#lib/domain/refusal.ts';
import { refusalWords } from '#lib/domain/refusal-words.ts';
import type { Application } from '#lib/domain/state.ts';
import { tableVerdict } from '#lib/domain/transitions.ts';

/** In the order in which they are offered. */
export const ACT_KINDS = [
  'accept',
  'requestCorrection',
  'settle',
  'refuseAcceptance',
  'supplyCorrection',
  'assign',
  'review',
  'resume',
  'decide',
  'makeLicence',
  'deliver',
  'addMaterial',
  'extend',
  'suspend',
  'forward',
  'withdraw',
  'void',
] as const satisfies readonly SentKind[];
export type ActKind = (typeof ACT_KINDS)[number];

export interface Act {
  kind: ActKind;
  /** Why it cannot be done now although the role and the state allow it; it is shown, and cannot be opened. */
  blocked?: string;
}

/** The key that opens its form; it never does more. */
export const ACT_KEYS: Partial<Record<ActKind, string>> = {
  accept: 'A',
  requestCorrection: 'B',
  refuseAcceptance: 'N',
  settle: 'S',
  assign: 'F',
  review: 'R',
  decide: 'D',
  makeLicence: 'L',
  deliver: 'E',
  addMaterial: 'M',
  supplyCorrection: 'P',
};
export const actOfKey = (key: string): ActKind | undefined =>
  ACT_KINDS.find((kind) => ACT_KEYS[kind]?.toLowerCase() === key);

/** Acts that bring a case on to its next state in the ordinary way. */
export const FORWARD: ReadonlySet<ActKind> = new Set<ActKind>([
  'accept',
  'requestCorrection',
  'settle',
  'assign',
  'review',
  'resume',
  'decide',
  'makeLicence',
  'deliver',
]);
/** Acts against the applicant, or that undo the case: they look like it. */
export const GRAVE: ReadonlySet<ActKind> = new Set<ActKind>(['refuseAcceptance', 'void']);

const words = 'x';
const decision = { granted: true, facts: words, basis: words };
const nobody = {
  mode: 'post',
  collector: { name: '', idKind: 'residentId', idNumber: '', relation: '' },
  signature: { kind: 'paper', by: '' },
} as const;

/** Asked of the rulebook only to hear what no filling-in can change. */
const PROBES: Partial<Record<ActKind, Command>> = {
  accept: { kind: 'accept', body: {} },
  settle: { kind: 'settle', body: { decision, delivery: { ...nobody } } },
  decide: { kind: 'decide', body: decision },
  makeLicence: { kind: 'makeLicence', body: { licenceNumber: words } },
  deliver: { kind: 'deliver', body: { ...nobody } },
};
const STANDING: readonly RefusalReason[] = [
  'materialsMissing',
  'photosMissing',
  'noReview',
  'sameReviewer',
  'licenceNotMade',
];

/** Materials that the counter may still take: after acceptance only what was to be handed in later (容缺后补). */
export const canBeHandedIn = (state: Application, item: Item): Material[] =>
  item.materials.filter(({ code }) => {
    const status = state.materials[code]?.status;
    return state.acceptedOn === null ? status !== 'waived' : status === 'tolerated';
  });

/** Acts that this case never takes are not offered at all. */
function suits(kind: CommandKind, state: Application, item: Item): boolean {
  if (kind === 'settle') return item.handling === '即办件' || isVillageOnly(item);
  if (kind === 'addMaterial') return canBeHandedIn(state, item).length > 0;
  if (kind === 'makeLicence') return item.resultType === 'licence' && state.decision?.granted === true;
  return true;
}

/** 还不能受理：缺“居民户口簿” */
export function blockText(refusal: Refusal, item: Item): string {
  const { what, why, remedy } = refusalWords(refusal.reason);
  const names = (refusal.at ?? []).map(
    (code) => `“${item.materials.find((material) => material.code === code)?.name ?? code}”`,
  );
  if (refusal.reason === 'materialsMissing') return `缺${names.join('、')}，先一次告知补正`;
  if (refusal.reason === 'photosMissing') return `${names.join('、')}的照片还没传到，等到齐再办`;
  return `${what}：${why}。${remedy}`;
}

export function actsFor(state: Application, facts: KnownFacts): Act[] {
  const { actor, item } = facts;
  return ACT_KINDS.filter(
    (kind) => tableVerdict(state.state, kind, actor.roles) === 'allowed' && suits(kind, state, item),
  ).map((kind) => {
    const probe = PROBES[kind];
    const verdict = probe && decide(state, probe, facts);
    const stands = verdict !== undefined && isRefusal(verdict) && STANDING.includes(verdict.reason);
    return stands ? { kind, blocked: blockText(verdict, item) } : { kind };
  });
}
