/**
 * The people of the demo year: obviously made up, each number once, and some come again. Numbers, phones and credit codes
 * are those of domain/sample-identity.ts and sampleUscc; nobody else has them.
 */
import { addDays, type Day } from '#lib/domain/day.ts';
import type { Sex } from '#lib/domain/identity.ts';
import { sampleIdNumber, samplePhone } from '#lib/domain/sample-identity.ts';
import { sampleUscc } from '#lib/domain/uscc.ts';
import type { Chance } from '../chance.ts';

export interface Villager {
  n: number;
  name: string;
  idNumber: string;
  birthDate: Day;
  sex: Sex;
  phone: string;
  address: string;
}

/** Years of age, both included. */
export interface Wanted {
  from: number;
  to: number;
  sex?: Sex | undefined;
}

export interface Home {
  id: string;
  fullName: string;
}

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕';
export const SAMPLE_WORDS = ['示例', '样本', '演示', '测试', '虚拟', '假设', '范例', '样例', '模拟', '虚构'];

/** The `n`th name: 400 before one comes again. */
export const sampleName = (n: number): string =>
  `${SURNAMES[n % SURNAMES.length]}${SAMPLE_WORDS[(n + Math.floor(n / SURNAMES.length)) % SAMPLE_WORDS.length]}`;

const TRADES = ['种植', '养殖', '农机', '果蔬', '商贸', '建材', '食品', '家具', '粮油', '物流'];

/** Of those who come, so many came before. */
const COMES_AGAIN = 0.12;

export class Villagers {
  #count = 0;
  readonly #luck: Chance;
  readonly #numbers = new Set<string>();
  readonly #known = new Map<string, Villager[]>();

  constructor(luck: Chance) {
    this.#luck = luck;
  }

  /** Somebody of that village and age on that day; now and then one who came before. */
  find(home: Home, wanted: Wanted, day: Day): Villager {
    const known = this.#known.get(home.id) ?? [];
    if (this.#luck.happens(COMES_AGAIN)) {
      const fits = known.filter(({ birthDate, sex }) => {
        const [oldest, youngest] = birthSpan(wanted, day);
        return birthDate >= oldest && birthDate <= youngest && (wanted.sex ?? sex) === sex;
      });
      if (fits.length > 0) return this.#luck.pick(fits);
    }
    const made = this.#make(home, wanted, day);
    this.#known.set(home.id, [...known, made]);
    return made;
  }

  /** Somebody who is in no register: a son, a handler, whoever a form names. */
  other(wanted: Wanted, day: Day): Villager {
    return this.#make({ id: '', fullName: '' }, wanted, day);
  }

  /** A made-up firm or cooperative. */
  organisation(): { name: string; idNumber: string } {
    const n = this.#next();
    const kind = this.#luck.pick(['专业合作社', '有限公司', '家庭农场', '经营部']);
    const name = `滑县${sampleName(n).slice(-2)}${this.#luck.pick(TRADES)}${kind}`;
    return { name, idNumber: sampleUscc(n, '410526') };
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  #make(home: Home, wanted: Wanted, day: Day): Villager {
    const [oldest, youngest] = birthSpan(wanted, day);
    const span = Math.max(0, (Date.parse(youngest) - Date.parse(oldest)) / 86_400_000);
    const sex = wanted.sex ?? (this.#luck.happens(0.5) ? 'male' : 'female');
    for (;;) {
      const n = this.#next();
      const birthDate = addDays(oldest, this.#luck.whole(0, span));
      const idNumber = sampleIdNumber(n, { birthDate, sex });
      if (this.#numbers.has(idNumber)) continue;
      this.#numbers.add(idNumber);
      const address = `滑县${home.fullName}${this.#luck.whole(1, 8)}组${this.#luck.whole(1, 96)}号`;
      return { n, name: sampleName(n), idNumber, birthDate, sex, phone: samplePhone(n), address };
    }
  }
}

/** Birth dates of whoever has that age on that day. */
function birthSpan({ from, to }: Wanted, day: Day): [oldest: Day, youngest: Day] {
  const year = Number(day.slice(0, 4));
  // 29 February is nobody's birthday here
  const rest = day.slice(4) === '-02-29' ? '-02-28' : day.slice(4);
  return [addDays(`${year - to - 1}${rest}`, 1), `${year - from}${rest}`];
}
