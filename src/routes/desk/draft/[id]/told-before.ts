/**
 * What this device was already told about an applicant, so that nobody is asked twice: by the same document number, or by
 * name while no number is typed, from its drafts and applications. Only offered, never filled in by itself: telephones
 * change and two people share a household.
 */
import { checkField } from '#lib/domain/answers.ts';
import { readApplicantNumber } from '#lib/domain/applicant.ts';
import type { Day } from '#lib/domain/day.ts';
import { draftApplicant, type Draft } from '#lib/domain/draft.ts';
import type { HolderKind } from '#lib/domain/identity.ts';
import type { Field } from '#lib/domain/item.ts';
import { normalisePersonName } from '#lib/domain/person-name.ts';
import { compactNumber } from '#lib/domain/plain-text.ts';
import type { Application } from '#lib/domain/state.ts';

/** What the device holds: latest first, without the draft at hand. */
export interface Told {
  applications: readonly Application[];
  drafts: readonly Draft[];
}

export interface Holder {
  idKind: HolderKind;
  idNumber: string;
}

/** Whose number a draft's applicant has: an organisation's code stands in the same box. */
export const holderOf = ({ kind, idKind, idNumber }: Draft['applicant']): Holder => ({
  idKind: kind === 'legal' ? 'uscc' : idKind,
  idNumber,
});

/** Tells whose number is the same as this one: nobody's, until it can be read. */
export function sameAs(holder: Holder, today: Day): (other: Holder) => boolean {
  const own = readApplicantNumber(holder, today);
  return ({ idKind, idNumber }) =>
    own.ok && idKind === holder.idKind && compactNumber(idNumber).replace(/-/g, '') === own.number;
}

/** Each once, the latest of them; whose number cannot be read is nobody yet. */
export function once<T>(list: readonly T[], holder: (one: T) => Holder, today: Day): T[] {
  const seen = new Set<string>();
  return list.filter((one) => {
    const read = readApplicantNumber(holder(one), today);
    if (!read.ok || seen.has(read.number)) return false;
    seen.add(read.number);
    return true;
  });
}

const applicantsOf = (told: Told): Draft['applicant'][] => [
  ...told.applications.map(({ applicant }) => draftApplicant(applicant)),
  ...told.drafts.map((draft) => draft.applicant),
];

/** Everything about the applicant with this number as last given; null when nothing new is known. */
export function knownApplicant(
  person: Draft['applicant'],
  told: Told,
  today: Day,
): Draft['applicant'] | null {
  const same = sameAs(holderOf(person), today);
  const found = applicantsOf(told).find((other) => other.name.trim() !== '' && same(holderOf(other)));
  if (!found) return null;
  const plain = (['name', 'phone', 'address'] as const).some(
    (key) => found[key] !== '' && found[key] !== person[key],
  );
  const { idNumber } = found.representative;
  return plain || (idNumber !== '' && idNumber !== person.representative.idNumber) ? found : null;
}

/** Applicants of this name, while no number is typed: one press instead of eighteen digits. */
export function knownByName(person: Draft['applicant'], told: Told, today: Day): Draft['applicant'][] {
  const wanted = normalisePersonName(person.name);
  if (wanted === '' || person.idNumber.trim() !== '') return [];
  const found = applicantsOf(told).filter(
    ({ kind, name }) => kind === person.kind && normalisePersonName(name) === wanted,
  );
  return once(found, holderOf, today);
}

export interface KnownAnswer {
  field: Field;
  value: unknown;
}

/** Answers that this applicant gave before to the same questions, for questions that are still blank and would take them. */
export function knownAnswers(form: readonly Field[], draft: Draft, told: Told, today: Day): KnownAnswer[] {
  const isTheirs = sameAs(holderOf(draft.applicant), today);
  const same = told.applications.filter(({ applicant }) => isTheirs(applicant));
  return form.flatMap((field) => {
    const typed = Object.hasOwn(draft.answers, field.key) ? draft.answers[field.key] : undefined;
    if (typed !== undefined && typed !== '') return [];
    const value =
      same.find(({ answers }) => Object.hasOwn(answers, field.key))?.answers[field.key] ??
      fromApplicant(field, draft.applicant);
    const fits = value !== undefined && value !== '' && checkField(field, value, today).ok;
    return fits ? [{ field, value }] : [];
  });
}

/** Forms that ask again for what stands in the first step, by the words that they use for it. */
function fromApplicant({ label }: Field, applicant: Draft['applicant']): string | undefined {
  const { kind, name, idNumber, representative, guardian } = applicant;
  if (kind === 'legal') {
    if (/^统一社会信用代码$/.test(label)) return idNumber;
    if (/^(?:单位|企业|机构|合作社|用人单位|申请单位)名称$/.test(label)) return name;
    if (/^法定代表人(?:（负责人）)?(?:姓名)?$/.test(label)) return representative.name;
    return undefined;
  }
  if (guardian === null) return undefined;
  if (/^监护人姓名$/.test(label)) return guardian.name;
  if (/^监护人身份证号$/.test(label)) return guardian.idNumber;
  return /^监护人(?:联系)?电话$/.test(label) ? guardian.phone : undefined;
}
