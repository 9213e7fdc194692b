/**
 * Answers to an item's form as a village would give them: by the question's type and the words of its label. Everything
 * that names somebody comes from villagers.ts. The rulebook judges them like anybody's.
 */
import type { Answer, AnswerRow } from '#lib/domain/answers.ts';
import { textLimit } from '#lib/domain/answers-value.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import type { Field } from '#lib/domain/item.ts';
import { sampleBankCard } from '#lib/domain/sample-identity.ts';
import type { Chance } from '../chance.ts';
import type { Villager, Wanted } from './villagers.ts';
import { sentenceFor, textFor, type Asked } from './words.ts';

const CHILD: Wanted = { from: 3, to: 15 };
const BABY: Wanted = { from: 0, to: 0 };
const YOUNG: Wanted = { from: 6, to: 30 };
const ADULT: Wanted = { from: 24, to: 70 };
const OLD: Wanted = { from: 72, to: 93 };

/** What is typed into the whole form; answers to questions that are not asked are left out by whoever sends it. */
export function madeAnswers(asked: Asked): Record<string, Answer> {
  const { item, luck } = asked;
  return Object.fromEntries(
    item.form.flatMap((field): [string, Answer][] => {
      if (!field.required && luck.happens(0.35)) return [];
      const value = madeAnswer(field, asked);
      return value === null ? [] : [[field.key, value]];
    }),
  );
}

/** One answer; null where nothing sensible can be said. */
export function madeAnswer(field: Field, asked: Asked): Answer | null {
  const { luck } = asked;
  switch (field.type) {
    case 'table':
      return Array.from({ length: luck.whole(1, 2) }, () => rowOf(field, asked));
    case 'multiselect': {
      const options = field.options ?? [];
      const some = luck.shuffle(options).slice(0, luck.whole(1, Math.min(2, options.length)));
      return options.filter((option) => some.includes(option));
    }
    default:
      return single(field, asked);
  }
}

/** One row is about one person: name, sex, birthday and number belong together. */
function rowOf({ label, columns = [] }: Field, asked: Asked): AnswerRow {
  const member = asked.villagers.other(/子女|儿童|学生/.test(label) ? YOUNG : ADULT, asked.day);
  return Object.fromEntries(
    columns.map((column) => [
      column.key,
      ofMember(column, member) ?? single(column, { ...asked, person: member }),
    ]),
  );
}

function ofMember({ type, label, options = [] }: Field, member: Villager): string | null {
  if (type === 'idNumber') return member.idNumber;
  if (type === 'phone') return member.phone;
  if (type === 'text' && /姓名/.test(label)) return member.name;
  if (type === 'date' && /出生/.test(label)) return member.birthDate;
  const sex = member.sex === 'male' ? '男' : '女';
  return type === 'select' && /性别/.test(label) && options.includes(sex) ? sex : null;
}

function single(field: Field, asked: Asked): string | number | boolean {
  const { label, options = [] } = field;
  const { luck, person, day, villagers } = asked;
  switch (field.type) {
    case 'boolean':
      return luck.happens(/承诺|同意/.test(label) ? 0.95 : 0.25);
    case 'select':
      // the everyday answer stands first in most lists
      return luck.happens(0.6) ? options[0]! : luck.pick(options);
    case 'number':
    case 'money':
      return amount(field, asked);
    case 'date':
      return dateFor(label, day, luck);
    case 'idNumber':
      return villagers.other(ageFor(label), day).idNumber;
    case 'phone':
      return villagers.other(ADULT, day).phone;
    case 'bankCard':
      return sampleBankCard(person.n);
    case 'address':
      return person.address || '滑县示例镇样本村1组1号';
    case 'textarea':
      return sentenceFor(label, luck).slice(0, textLimit(field));
    default:
      return [...textFor(label, asked)].slice(0, textLimit(field)).join('');
  }
}

function ageFor(label: string): Wanted {
  if (/新生儿|婴/.test(label)) return BABY;
  if (/儿童|学生|子女|被监护/.test(label)) return CHILD;
  return /逝者|死亡|死者|被继承/.test(label) ? OLD : ADULT;
}

function dateFor(label: string, day: Day, luck: Chance): Day {
  const within = (from: number, to: number): Day => addDays(day, luck.whole(from, to));
  if (/预约|拟|计划|届满|到期|截止|终止|结束/.test(label)) return within(3, 40);
  if (/退役|入伍|入党|参加工作|牺牲|结婚/.test(label)) return within(-20_000, -2_000);
  if (/新生儿|婴/.test(label)) return within(-200, -5);
  if (/出生/.test(label)) return within(-900, -30);
  if (/死亡|发生|受伤|遗失|发现|受灾|变动|回收/.test(label)) return within(-40, -2);
  return within(-500, -5);
}

/** Whole tens of money, round areas; within the bounds and on the grid of the field. */
function amount(field: Field, { luck, day }: Asked): number {
  const { label, min = 0 } = field;
  const { max = min + usual(label, field.type) } = field;
  if (/年度|年份/.test(label))
    return Math.min(max, Math.max(min, Number(day.slice(0, 4)) - luck.whole(0, 1)));
  const top = Math.min(max, min + usual(label, field.type));
  const step = field.type === 'money' ? 10 : (field.step ?? 1);
  const [first, last] = [Math.ceil(min / step), Math.floor(top / step)];
  const value = last < first ? min : luck.whole(first === 0 && last > 0 ? 1 : first, last) * step;
  return Number(value.toFixed(2));
}

function usual(label: string, type: Field['type']): number {
  if (type === 'money') return /月/.test(label) ? 3_000 : 20_000;
  if (/平方米/.test(label)) return 180;
  if (/亩/.test(label)) return 12;
  if (/人口|人数|户数|人/.test(label)) return 6;
  if (/厘米/.test(label)) return 180;
  if (/千克/.test(label)) return 90;
  if (/年|份|层/.test(label)) return 5;
  return 30;
}
