/**
 * Cases that the demo must show on whatever day it is started (每种样子都有): each state, each lamp, each mark, at the township
 * and the village that people look at. They are castings like the others, counted back from the last moment.
 */
import { isVillageOnly } from '#lib/domain/clocks.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Casting } from './casting.ts';
import { MOMENTS } from './days.ts';
import type { Place, Township } from './ground.ts';

const promised = (item: Item): boolean => item.handling === '承诺件' && !isVillageOnly(item);
const benefit = (item: Item): boolean => promised(item) && item.type === '行政给付';
const permit = (item: Item): boolean => promised(item) && item.type === '行政许可';
const licence = (item: Item): boolean => promised(item) && item.resultType === 'licence';
const mayLack = (item: Item): boolean =>
  benefit(item) &&
  item.promisedDays >= 15 &&
  item.materials.some(({ required, tolerable }) => required && tolerable === true);
const long = (item: Item): boolean => benefit(item) && item.promisedDays >= 20;
const lawful = (item: Item): boolean => promised(item) && item.statutoryDays > 0 && item.statutoryDays <= 10;

/** Working days before the last moment; where; what. */
type Exhibit = Omit<Casting, 'township' | 'place' | 'by' | 'moment'> & {
  ago: number;
  at: 'shown' | 'station' | 'counter';
};

const SHOWN: readonly Exhibit[] = [
  // 新收、认领
  { ago: 0, at: 'shown', way: 'plain', fits: benefit, upTo: 'receive' },
  { ago: 0, at: 'station', way: 'plain', upTo: 'receive' },
  { ago: 1, at: 'shown', way: 'plain', fits: promised, upTo: 'receive' },
  { ago: 1, at: 'counter', way: 'plain', fits: promised, upTo: 'receive' },
  { ago: 2, at: 'station', way: 'plain', fits: benefit, upTo: 'receive' },
  { ago: 4, at: 'station', way: 'plain', fits: promised, upTo: 'receive' },
  { ago: 8, at: 'station', way: 'plain', fits: benefit, upTo: 'receive' },
  // 收件日存疑、疑似重复
  { ago: 1, at: 'shown', way: 'plain', fits: benefit, upTo: 'receive', early: 4 },
  { ago: 14, at: 'shown', way: 'plain', fits: benefit, prompt: true, name: 'first' },
  { ago: 1, at: 'shown', way: 'plain', upTo: 'receive', again: 'first' },
  // 待补正、已补正、第二次告知、逾期未补正
  { ago: 3, at: 'shown', way: 'lapse', fits: benefit, prompt: true },
  { ago: 12, at: 'shown', way: 'lapse', fits: promised, prompt: true },
  { ago: 13, at: 'station', way: 'lapse', fits: benefit, prompt: true },
  { ago: 20, at: 'shown', way: 'lapse', fits: benefit, prompt: true },
  { ago: 3, at: 'shown', way: 'correction', fits: benefit, prompt: true, upTo: 'supplyCorrection' },
  { ago: 4, at: 'counter', way: 'correction', fits: promised, prompt: true, upTo: 'supplyCorrection' },
  { ago: 10, at: 'station', way: 'secondCorrection', fits: benefit, prompt: true },
  // 待分办、审查中、待决定、特别程序
  { ago: 2, at: 'shown', way: 'plain', fits: benefit, prompt: true, upTo: 'accept' },
  { ago: 3, at: 'counter', way: 'plain', fits: licence, prompt: true, upTo: 'accept' },
  { ago: 5, at: 'shown', way: 'plain', fits: long, prompt: true, upTo: 'assign' },
  { ago: 6, at: 'station', way: 'plain', fits: long, prompt: true, upTo: 'review' },
  { ago: 7, at: 'counter', way: 'plain', fits: permit, prompt: true, upTo: 'review' },
  { ago: 9, at: 'station', way: 'suspend', fits: long, prompt: true, upTo: 'suspend' },
  { ago: 6, at: 'counter', way: 'suspend', fits: permit, prompt: true, upTo: 'suspend' },
  { ago: 14, at: 'station', way: 'extend', fits: long, prompt: true, upTo: 'extend' },
  // 容缺：期限内、到期没补
  { ago: 4, at: 'shown', way: 'plain', fits: mayLack, tolerance: true, prompt: true, upTo: 'assign' },
  { ago: 13, at: 'station', way: 'plain', fits: mayLack, tolerance: true, prompt: true, upTo: 'assign' },
  // 待送达
  { ago: 9, at: 'shown', way: 'plain', fits: benefit, prompt: true, upTo: 'decide' },
  { ago: 8, at: 'shown', way: 'plain', fits: licence, prompt: true, upTo: 'makeLicence' },
  { ago: 10, at: 'station', way: 'declined', fits: benefit, prompt: true, upTo: 'decide' },
  // 超期、超法定、视为受理、送达超期
  {
    ago: 16,
    at: 'station',
    way: 'plain',
    fits: (item) => benefit(item) && item.promisedDays <= 10,
    prompt: true,
    upTo: 'assign',
  },
  { ago: 15, at: 'counter', way: 'plain', fits: lawful, prompt: true, upTo: 'assign' },
  { ago: 9, at: 'counter', way: 'lateAcceptance', fits: permit, upTo: 'receive' },
  { ago: 20, at: 'counter', way: 'plain', fits: permit, prompt: true, upTo: 'decide' },
  // 刚结束的
  { ago: 3, at: 'station', way: 'refuse', fits: promised, prompt: true },
  { ago: 3, at: 'shown', way: 'withdraw', fits: benefit, prompt: true },
  { ago: 4, at: 'counter', way: 'forward', fits: promised, prompt: true },
  { ago: 2, at: 'station', way: 'void', fits: promised, prompt: true },
];

const DESK = '410526102213';

export function castExhibits(townships: readonly Township[], last: number, counterCode: string): Casting[] {
  const township = townships.find(({ counter }) => counter.code === counterCode);
  if (!township) return [];
  const { counter, stations } = township;
  const others = stations.filter(({ code }) => code !== DESK);
  const shown = stations.find(({ code }) => code === DESK) ?? counter;
  return SHOWN.map(({ ago, at, ...exhibit }, n): Casting => {
    const place: Place =
      at === 'counter' ? counter : at === 'shown' ? shown : (others[n % others.length] ?? shown);
    const by = place === counter ? 'clerk' : 'agent';
    return { ...exhibit, township, place, by, moment: last - ago * MOMENTS - (ago === 0 ? 0 : n % 3) };
  });
}
