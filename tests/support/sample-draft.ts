/**
 * A whole draft of any item, made up and right: who applies by the item's audience, guardian and proxy now and then,
 * answers, materials by their cases, signatures of all three kinds. The same seed makes the same draft.
 */
import { AUTHORISED_ACTS, type HandSignature, type Person, type Signature } from '#lib/domain/commands.ts';
import { GUARDIAN_RELATIONS, RELATIONS, signerOf } from '#lib/domain/applicant.ts';
import type { Answers } from '#lib/domain/answers.ts';
import type { Day, Instant } from '#lib/domain/day.ts';
import { applicantOf, newDraft, type Draft } from '#lib/domain/draft.ts';
import type { Item, ItemRef } from '#lib/domain/item.ts';
import { isForProxy, type MaterialEntry } from '#lib/domain/materials.ts';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import { sampleUscc } from '#lib/domain/uscc.ts';
import { chance, type Chance } from '#lib/server/seed/chance.ts';
import { sampleAnswers, type When } from './sample-answers.ts';

export interface SampleDraft {
  draft: Draft;
  /** As they are typed; also in `draft`. */
  typed: Record<string, unknown>;
  /** What must be kept of the answers. */
  stored: Answers;
}

interface Asked {
  id: string;
  item: Item;
  ref: ItemRef;
  seed: number;
  now: Instant;
  today: Day;
  when?: When;
}

const DRAWN = { kind: 'drawn', width: 300, height: 120, strokes: [[10, 10, 60, 40, 90, 20]] } as const;

export function sampleSignature(by: string, luck: Chance): Signature {
  const hand = (who: string): HandSignature =>
    luck.happens(0.6) ? { ...DRAWN, strokes: [[...DRAWN.strokes[0]]], by: who } : { kind: 'paper', by: who };
  return luck.happens(0.2) ? { kind: 'fingerprint', by, witness: hand('周见证') } : hand(by);
}

const personOf = (n: number, given?: { birthDate: Day }): Person & { phone: string } => {
  const { name, idKind, idNumber, phone } = samplePerson(n, given);
  return { name, idKind, idNumber, phone };
};

const bare = ({ name, idKind, idNumber }: Person): Person => ({ name, idKind, idNumber });

function sampleApplicant(base: Draft['applicant'], { item, seed }: Asked, luck: Chance): Draft['applicant'] {
  const legal = item.audience.includes('法人') && (!item.audience.includes('自然人') || luck.happens(0.5));
  const address = '示例镇样本村一组 3 号';
  if (legal) {
    return {
      ...base,
      kind: 'legal',
      name: `滑县示例${seed}种植专业合作社`,
      idNumber: sampleUscc(seed),
      phone: '0372-8000001',
      address,
      representative: bare(personOf(20_000 + seed)),
    };
  }
  const child = luck.happens(0.1);
  const person = personOf(seed, child ? { birthDate: '2021-05-06' } : undefined);
  const guarded = child || luck.happens(0.1);
  return {
    ...base,
    ...person,
    address,
    phoneOwner: luck.happens(0.15) ? { name: '王样本', relation: luck.pick(RELATIONS) } : null,
    guardian: guarded ? { ...personOf(30_000 + seed), relation: luck.pick(GUARDIAN_RELATIONS) } : null,
  };
}

/** Everything that stands in the way of acceptance is there; the rest as it happens. */
function sampleMaterials(item: Item, proxy: boolean, luck: Chance): MaterialEntry[] {
  return item.materials.map((material): MaterialEntry => {
    const { code, kind, copies } = material;
    const received: MaterialEntry = { code, status: 'received', kind, copies };
    const needed = material.required || (proxy && isForProxy(material));
    if (!needed && luck.happens(0.5)) return { code, status: 'notNeeded', kind, copies: 0 };
    if (material.tolerable === true && luck.happens(0.3))
      return { code, status: 'tolerated', kind, copies: 0 };
    if (material.licence !== undefined && luck.happens(0.3))
      return { code, status: 'waived', kind, copies: 0 };
    return received;
  });
}

/** Ready to be submitted: all four steps filled, signed by whoever has to. */
export function sampleDraft(asked: Asked): SampleDraft {
  const { id, item, ref, seed, now, today, when } = asked;
  const luck = chance(seed);
  const draft = newDraft(id, ref, now);
  draft.applicant = sampleApplicant(draft.applicant, asked, luck);
  const signer = signerOf(applicantOf(draft, today));

  const proxy = item.proxyAllowed && luck.happens(0.3);
  draft.handledBy = proxy ? 'proxy' : 'self';
  draft.present = item.mustAppear !== undefined || luck.happens(0.3);
  if (proxy) {
    draft.proxy = {
      ...personOf(40_000 + seed),
      relation: luck.pick(RELATIONS),
      acts: AUTHORISED_ACTS.filter((_, at) => at === 0 || luck.happens(0.7)),
      authorisation: sampleSignature(signer, luck),
    };
  }
  const { typed, stored } = sampleAnswers(item.form, luck, when);
  draft.answers = typed;
  draft.materials = sampleMaterials(item, proxy, luck);
  draft.capacity = luck.pick(['proxy', 'receivingPoint']);
  draft.signature = sampleSignature(proxy ? draft.proxy.name : signer, luck);
  return { draft, typed, stored };
}
