/**
 * What this device was already told about a person, so that nobody is asked twice: by the same document number, from its
 * drafts and applications. Only offered, never filled in by itself: telephones change and two people share a household.
 */
import { checkField } from '#lib/domain/answers.ts';
import { readApplicantNumber } from '#lib/domain/applicant.ts';
import type { Applicant } from '#lib/domain/commands.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Draft, DraftPerson } from '#lib/domain/draft.ts';
import type { Field } from '#lib/domain/item.ts';
import { normalisePersonName } from '#lib/domain/person-name.ts';
import type { Application } from '#lib/domain/state.ts';

/** What the device holds: latest first, without the draft at hand. */
export interface Told {
  applications: readonly Application[];
  drafts: readonly Draft[];
}

export type KnownApplicant = Pick<Draft['applicant'], 'name' | 'phone' | 'phoneOwner' | 'address'>;

/** The same person: same kind and number, once both can be read. */
function isSame(
  a: Pick<Applicant, 'idKind' | 'idNumber'>,
  b: Pick<Applicant, 'idKind' | 'idNumber'>,
  today: Day,
): boolean {
  const [one, other] = [readApplicantNumber(a, today), readApplicantNumber(b, today)];
  return a.idKind === b.idKind && one.ok && other.ok && one.number === other.number;
}

/** Name, telephone and address as last given; null when nothing new is known. */
export function knownApplicant(person: Draft['applicant'], told: Told, today: Day): KnownApplicant | null {
  const found = [
    ...told.applications.map(({ applicant }) => ({ ...applicant, phoneOwner: applicant.phoneOwner ?? null })),
    ...told.drafts.map((draft) => draft.applicant),
  ].find((other) => other.name.trim() !== '' && isSame(other, person, today));
  if (!found) return null;
  const { name, phone, phoneOwner, address } = found;
  const known = { name, phone, phoneOwner, address };
  const news = (['name', 'phone', 'address'] as const).some(
    (key) => known[key] !== '' && known[key] !== person[key],
  );
  return news ? known : null;
}

/** Number and telephone of someone who handled an application before under this name; null when not known. */
export function knownProxy(name: string, told: Told): Omit<DraftPerson, 'name'> | null {
  const wanted = normalisePersonName(name);
  const proxies = [
    ...told.applications.flatMap(({ handler }) => (handler.kind === 'proxy' ? [handler] : [])),
    ...told.drafts.flatMap((draft) => (draft.handledBy === 'proxy' ? [draft.proxy] : [])),
  ];
  const found = proxies.find((proxy) => normalisePersonName(proxy.name) === wanted && proxy.idNumber !== '');
  return found ? { idKind: found.idKind, idNumber: found.idNumber, phone: found.phone } : null;
}

/** Answers that this person gave elsewhere to the same questions, for questions that are still blank and would take them. */
export function knownAnswers(
  form: readonly Field[],
  draft: Draft,
  told: Told,
  today: Day,
): { field: Field; value: unknown }[] {
  const same = told.applications.filter(({ applicant }) => isSame(applicant, draft.applicant, today));
  return form.flatMap((field) => {
    const typed = Object.hasOwn(draft.answers, field.key) ? draft.answers[field.key] : undefined;
    if (typed !== undefined && typed !== '') return [];
    const value = same.find(({ answers }) => Object.hasOwn(answers, field.key))?.answers[field.key];
    const fits = value !== undefined && checkField(field, value, today).ok;
    return fits ? [{ field, value }] : [];
  });
}
