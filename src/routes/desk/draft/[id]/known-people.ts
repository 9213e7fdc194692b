/**
 * People around an applicant whom this device knows: relatives who acted for them or for whom they acted (监护人, 受托人),
 * and proxies by name. Offered where a person is asked for, with one press instead of eighteen digits.
 */
import type { Day } from '#lib/domain/day.ts';
import type { Draft, DraftPerson } from '#lib/domain/draft.ts';
import { normalisePersonName } from '#lib/domain/person-name.ts';
import { holderOf, once, sameAs, type Holder, type Told } from './told-before.ts';

/** Somebody who acted for an applicant, as what. */
interface Acted {
  whose: Holder & { name: string; phone: string };
  by: DraftPerson & { relation: string };
}

function proxiesOf(told: Told): Acted[] {
  return [
    ...told.applications.flatMap(({ applicant, handler }) =>
      handler.kind === 'proxy' ? [{ whose: applicant, by: handler }] : [],
    ),
    ...told.drafts.flatMap(({ applicant, handledBy, proxy }) =>
      handledBy === 'proxy' ? [{ whose: { ...applicant, ...holderOf(applicant) }, by: proxy }] : [],
    ),
  ];
}

function guardiansOf(told: Told): Acted[] {
  return [
    ...told.applications.flatMap(({ applicant }) =>
      applicant.guardian ? [{ whose: applicant, by: applicant.guardian }] : [],
    ),
    ...told.drafts.flatMap(({ applicant }) =>
      applicant.guardian ? [{ whose: applicant, by: applicant.guardian }] : [],
    ),
  ];
}

/** Number and telephone of someone who handled an application before under this name; null when not known. */
export function knownProxy(name: string, told: Told): Omit<DraftPerson, 'name'> | null {
  const wanted = normalisePersonName(name);
  const found = proxiesOf(told).find(
    ({ by }) => normalisePersonName(by.name) === wanted && by.idNumber !== '',
  );
  return found ? { idKind: found.by.idKind, idNumber: found.by.idNumber, phone: found.by.phone } : null;
}

/** The relation is the relative's to the applicant. */
export type KnownRelative = DraftPerson & { relation: string };

const KIN = /^(?:配偶|子女|父母|祖父母、外祖父母|兄、姐|其他亲属|其他近亲属)$/;
/** 子女 of a mother: she is 父母 to that child. Where the other side has several names it is asked again. */
const TURNED: Readonly<Record<string, string>> = { 配偶: '配偶', 子女: '父母', 父母: '子女' };

/** Relatives of the applicant, latest first, each once. */
export function knownRelatives(applicant: Draft['applicant'], told: Told, today: Day): KnownRelative[] {
  if (applicant.kind === 'legal') return [];
  const isSelf = sameAs(holderOf(applicant), today);
  const found = [...guardiansOf(told), ...proxiesOf(told)].flatMap(({ whose, by }): KnownRelative[] => {
    if (whose.idKind === 'uscc' || !KIN.test(by.relation)) return [];
    if (isSelf(whose)) {
      const { name, idKind, idNumber, phone, relation } = by;
      return [{ name, idKind, idNumber, phone, relation }];
    }
    if (!isSelf(by)) return [];
    const { name, idKind, idNumber, phone } = whose;
    return [{ name, idKind, idNumber, phone, relation: TURNED[by.relation] ?? '' }];
  });
  return once(found, (one) => one, today);
}
