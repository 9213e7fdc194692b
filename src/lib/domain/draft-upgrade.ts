/**
 * A draft goes over to a newer version of its item (用新版本继续). Invariants: what still fits stays as it was typed, pictures
 * too; what does not comes to `former` (原来填的) and is shown until a person lets it go; a material that nobody could have
 * looked at on this version has no entry, so that the step asks for it; going over twice is the same as once. The signature
 * stood under other words and goes.
 */
import { carryAnswers, type Rest } from './carry-answers.ts';
import { showAnswer } from './answers-show.ts';
import type { Day } from './day.ts';
import { applicantKinds, newDraft, type Draft, type Former } from './draft.ts';
import type { Item, Material } from './item.ts';
import type { MaterialEntry } from './materials.ts';

export interface Versions {
  /** The version that the draft was filled against. */
  old: Item;
  next: Item;
  /** Of `next`. */
  hash: string;
}

export function upgradeDraft(draft: Draft, { old, next, hash }: Versions, today: Day): Draft {
  if (draft.item.hash === hash) return draft;
  const { answers, rest } = carryAnswers({ old: old.form, next: next.form }, draft.answers, today);
  const materials = carryMaterials(old, next, draft.materials);
  const person = carryApplicant(draft, next);
  return {
    ...draft,
    item: { code: next.code, hash },
    applicant: person.applicant,
    answers,
    materials: materials.entries,
    signature: null,
    former: [
      ...draft.former,
      ...person.former,
      ...rest.map((one) => ({ label: one.field.label, text: textOf(one) })),
      ...materials.former,
    ],
  };
}

/** Everything that is in it, also what the old form itself had no question for. */
function textOf({ field, value }: Rest): string {
  if (!Array.isArray(value)) return showAnswer(field, value);
  const keys = new Set(
    value.flatMap((row) => (typeof row === 'object' && row !== null ? Object.keys(row) : [])),
  );
  if (keys.size === 0) return showAnswer({ ...field, type: 'multiselect' }, value);
  for (const { key } of field.columns ?? []) keys.delete(key);
  const others = [...keys].map((key) => ({ key, label: key, type: 'text' as const, required: false }));
  return showAnswer({ ...field, type: 'table', columns: [...(field.columns ?? []), ...others] }, value);
}

/** An organisation cannot apply for what is for people alone by now, nor the other way round. */
function carryApplicant(draft: Draft, next: Item): { applicant: Draft['applicant']; former: Former[] } {
  const { applicant } = draft;
  const kinds = applicantKinds(next);
  if (kinds.includes(applicant.kind)) return { applicant, former: [] };
  const { guardian, representative, phoneOwner } = applicant;
  const typed: [string, string | undefined][] = [
    ['申请人', applicant.name],
    ['证件号码', applicant.idNumber],
    ['联系电话', applicant.phone],
    ['电话是谁的', phoneOwner?.name],
    ['住址', applicant.address],
    ['监护人', guardian?.name],
    ['监护人证件号码', guardian?.idNumber],
    ['监护人电话', guardian?.phone],
    ['法定代表人', representative.name],
    ['法定代表人证件号码', representative.idNumber],
  ];
  return {
    applicant: newDraft(draft.id, draft.item, draft.startedAt, kinds[0]).applicant,
    former: typed.flatMap(([label, text = '']) => (text.trim() === '' ? [] : [{ label, text }])),
  };
}

function carryMaterials(
  old: Item,
  next: Item,
  entries: readonly MaterialEntry[],
): { entries: MaterialEntry[]; former: Former[] } {
  const pairs = entries.map((entry) => {
    const before = old.materials.find(({ code }) => code === entry.code);
    return { entry, before, after: before ? sameMaterial(before, old, next) : undefined };
  });
  return {
    entries: next.materials.flatMap((material) => {
      const found = pairs.find(({ after }) => after === material);
      return found?.before && stillHolds(found.entry, found.before, material)
        ? [{ ...found.entry, code: material.code }]
        : [];
    }),
    former: pairs.flatMap(({ entry, before, after }) =>
      after === undefined && entry.status === 'received' ? [handedIn(entry, before)] : [],
    ),
  };
}

/** By its code, else the only new one of that name, where only one of that name is gone. */
function sameMaterial(before: Material, old: Item, next: Item): Material | undefined {
  const same = next.materials.find(({ code }) => code === before.code);
  if (same) return same;
  const of = (here: Item, there: Item): Material[] =>
    here.materials.filter(
      ({ code, name }) => name === before.name && !there.materials.some((one) => one.code === code),
    );
  const renamed = of(next, old);
  return renamed.length === 1 && of(old, next).length === 1 ? renamed[0] : undefined;
}

/** Whether what was said of a material can be said of it now; what was handed in stays handed in. */
function stillHolds({ status }: MaterialEntry, before: Material, after: Material): boolean {
  switch (status) {
    case 'tolerated':
      return after.tolerable === true;
    case 'waived':
      return after.licence !== undefined && after.licence === before.licence;
    case 'notNeeded':
      return !after.required && after.when === before.when;
    case 'received':
    case 'missing':
      return true;
  }
}

const handedIn = ({ code, copies, photos = [] }: MaterialEntry, before: Material | undefined): Former => ({
  label: `材料“${before?.name ?? code}”`,
  text: [
    copies > 0 ? `已收 ${copies} 份` : '已收',
    ...(photos.length > 0 ? [`拍了 ${photos.length} 张`] : []),
  ].join('，'),
  ...(photos.length > 0 ? { photos } : {}),
});
