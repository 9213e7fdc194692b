/**
 * Whether an item's limits of age and sex seem to fit the applicant (docs/decisions/0009): said on the page, to agent and
 * clerk alike, and never a reason not to receive. Refusing is the authority's act, in writing (行政许可法 §32, §38).
 */
import { formatDay, isDay, type Day } from './day.ts';
import { ageOn, type Sex } from './identity.ts';
import type { Item } from './item.ts';

/** `unknown`: the document does not tell. */
export interface Eligibility {
  is: 'fits' | 'doubtful' | 'unknown';
  /** One sentence for people. */
  text: string;
}

const INSIST = '乡镇可能不予受理；坚持要办的，照样收件';

/** null where the item sets no such limits. `today` is the day of receipt. */
export function eligibilityOf(
  item: Pick<Item, 'eligibility'>,
  person: { birthDate: Day | null; sex: Sex | null },
  today: Day,
): Eligibility | null {
  const { minAge, maxAge, sex } = item.eligibility ?? {};
  if (minAge === undefined && maxAge === undefined && sex === undefined) return null;
  const { birthDate } = person;
  const agesMatter = minAge !== undefined || maxAge !== undefined;
  const limits = limitsText(item);
  if ((agesMatter && birthDate === null) || (sex !== undefined && person.sex === null)) {
    return { is: 'unknown', text: `证件号码里看不出年龄和性别，请对照证件看是不是${limits}` };
  }
  if (sex !== undefined && person.sex !== sex) {
    return { is: 'doubtful', text: `这个事项面向${limits}，${INSIST}` };
  }
  if (birthDate === null) return { is: 'fits', text: `符合“${limits}”` };
  const age = ageOn(birthDate, today);
  if (minAge !== undefined && age < minAge) {
    const turns = formatDay(dayOfAge(birthDate, minAge));
    return { is: 'doubtful', text: `不满 ${minAge} 周岁（${turns}满），${INSIST}` };
  }
  if (maxAge !== undefined && age > maxAge) {
    return { is: 'doubtful', text: `已经 ${age} 周岁，超过 ${maxAge} 周岁，${INSIST}` };
  }
  return { is: 'fits', text: agesMatter ? `${age} 周岁，符合“${limits}”` : `符合“${limits}”` };
}

/** 满 80 周岁 · 35 至 64 周岁女性 */
function limitsText({ eligibility }: Pick<Item, 'eligibility'>): string {
  const { minAge, maxAge, sex } = eligibility ?? {};
  const who = sex === 'female' ? '女性' : sex === 'male' ? '男性' : '';
  if (minAge !== undefined && maxAge !== undefined) return `${minAge} 至 ${maxAge} 周岁${who}`;
  if (minAge !== undefined) return `满 ${minAge} 周岁${who && `的${who}`}`;
  return maxAge !== undefined ? `不超过 ${maxAge} 周岁${who && `的${who}`}` : who;
}

/** The birthday of that age; of 29 February in a common year 1 March, as `ageOn` counts. */
function dayOfAge(birthDate: Day, age: number): Day {
  const year = String(Number(birthDate.slice(0, 4)) + age).padStart(4, '0');
  const birthday = `${year}${birthDate.slice(4)}`;
  return isDay(birthday) ? birthday : `${year}-03-01`;
}
