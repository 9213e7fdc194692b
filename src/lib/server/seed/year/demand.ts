/**
 * What people come for: how everyday each item is, and in which months. Weights are guesses from general knowledge of
 * villages in northern Henan, good enough for a demonstration; an item that is not listed comes now and then.
 */
import type { Day } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';

interface Demand {
  weight: number;
  /** Months (1 to 12) in which most come, and how much more often then. */
  months?: readonly number[];
  more?: number;
}

const seldom: Demand = { weight: 0.22 };
/** Of permits: every kind is seen once in a while. */
const permit: Demand = { weight: 0.5 };

const each = (weight: number, months?: readonly number[], more = 3): Demand =>
  months ? { weight, months, more } : { weight };

/** By the item's code. */
const DEMAND: Readonly<Record<string, Demand>> = {
  // 养老、社保卡、就业
  '412014001001': each(3),
  '412014001002': each(2),
  '412014001003': each(4),
  '412014001004': each(1.5),
  '412014001005': each(2.5),
  '412014003000': each(9, [4, 5, 6]),
  '412014004000': each(2.5),
  '412014009001': each(4),
  '412014009004': each(1.2),
  '412014009005': each(6),
  '412014009006': each(2),
  '412014010000': each(1.5),
  '412014014000': each(1.5, [3, 4, 11]),
  '412014015000': each(3, [2, 3], 4),
  '412014020000': each(0.8, [1, 12], 4),
  // 医保
  '412036001001': each(7, [10, 11, 12], 4),
  '412036001002': each(3),
  '412036001003': each(1.5),
  '412036001006': each(2),
  '412036003001': each(2.5),
  '412036003002': each(4),
  '410736001001': each(6),
  '412036004000': each(4.5),
  '412036006000': each(1),
  '412036005000': each(1.2),
  '410536001000': each(1.5),
  '412036008000': each(3),
  // 民政
  '410511001000': each(3.5),
  '411011001000': each(1.5),
  '410711001000': each(0.8),
  '410511002001': each(0.8),
  '410511003001': each(3, [1, 2, 12]),
  '410511003002': each(1.5),
  '410511004001': each(3),
  '410511004002': each(3),
  '410511005000': each(10),
  '412011001000': each(8, [1, 2, 3]),
  '412011002000': each(5),
  '410511006000': each(2),
  '412011009000': each(1.5),
  '412011010000': each(2, [1, 2, 10, 11, 12]),
  '412011016001': each(1),
  '412011016002': each(2),
  '412011007000': each(1.2, [7, 8]),
  // 卫健、残联
  '412023001000': each(4),
  '410523001000': each(7),
  '410523002001': each(1.2, [3, 4]),
  '412023005000': each(2.5, [5, 6]),
  '412023006000': each(5, [4, 5, 10]),
  '412023007000': each(4),
  '410781001001': each(2.5),
  '410781001002': each(1.5),
  '412081001000': each(1.2),
  // 退役军人、户籍
  '410724001000': each(1.5),
  '412024002000': each(0.6),
  '412083001000': each(1, [1, 2, 3], 6),
  '410709001000': each(2),
  '410709002000': each(1.5),
  '410709004000': each(2),
  '410709006000': each(3, [1, 2, 7, 8]),
  '410109001000': each(0.8),
  // 农业、宅基地、林业
  '410120001000': each(2.5, [3, 4, 9, 10]),
  '410120004000': each(1),
  '410115001001': each(1.5),
  '410715001000': each(0.8),
  '410520001000': each(5, [3, 4, 5], 4),
  '410520002001': each(1.5, [4, 5, 9]),
  '410520003000': each(1),
  '410720002000': each(1.2),
  '410520004000': each(1.5, [9, 10], 4),
  '412020005000': each(0.8),
  '412020004000': each(2, [6, 10]),
  '410164001000': each(1.2, [11, 12, 1, 2]),
  '412020001000': each(0.5),
  '412020006000': each(1),
  '412019001000': each(1.2),
  '410517001000': each(1, [3, 4, 5]),
  '411031001000': each(2, [1, 2, 10, 12]),
  // 经营
  '410131001001': each(3.5),
  '410131001002': each(1.2),
  '410131001003': each(1.2),
  '410131002000': each(0.8),
  '410131003001': each(0.8),
  '410131004002': each(1.5),
  '410131005000': each(1),
  '411031002000': each(1.5),
  '410171001000': each(1),
  '410125001000': each(0.5, [11, 12, 1], 5),
  // 缴费、教育、水电、代办
  '412030001000': each(5, [9, 10, 11, 12]),
  '412013001000': each(4),
  '410705001000': each(1.5, [9, 10], 4),
  '412005001000': each(0.6, [7, 8], 9),
  '412005002000': each(0.8, [7, 8], 8),
  '410505001000': each(0.8, [9, 10]),
  '412091001001': each(1.2),
  '412091001002': each(0.8),
  '412092001000': each(0.6),
  '412087001000': each(2.5),
  '410512001000': each(0.6),
  '412012001000': each(1.2),
  '412012002000': each(1.2),
  '412046001000': each(0.6),
  // 村里自己办
  '412020009000': each(2),
  '412020010000': each(2.5),
  '412011015000': each(1.5),
  '412015003000': each(0.8),
  '412011014000': each(1),
};

/** How often the item is asked for on that day, beside the others. */
export function demandOf({ code, type }: Pick<Item, 'code' | 'type'>, day: Day): number {
  const { weight, months, more = 1 } = DEMAND[code] ?? (type === '行政许可' ? permit : seldom);
  return months?.includes(Number(day.slice(5, 7))) ? weight * more : weight;
}
