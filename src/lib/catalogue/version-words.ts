/**
 * What a newer version of an item means for a form that was begun on the older one, in a sentence for the counter:
 * 多 2 份材料，少 1 份，填写项多 1 项. What does not touch the form is only counted. Pure.
 */
import type { Item } from '#lib/domain/item.ts';
import type { ItemChange } from './item-changes.ts';

export function versionSentence(old: Item, next: Item, change: ItemChange): string {
  const parts = [
    ...materialWords(old, next, change.materials),
    ...formWords(old, next),
    ...termWords(old, next),
    ...(old.audience.join() === next.audience.join() ? [] : ['服务对象变了']),
    ...(old.proxyAllowed === next.proxyAllowed ? [] : [next.proxyAllowed ? '可以代办了' : '不能代办了']),
    ...presenceWords(old, next),
    ...(old.conditions === next.conditions ? [] : ['申请条件变了']),
    ...(old.fee === next.fee ? [] : ['收费变了']),
  ];
  if (parts.length > 0) return parts.join('，');
  return old.name === next.name ? '要填的和要交的都没变' : '改了名称，要填的和要交的都没变';
}

function materialWords(old: Item, next: Item, { more, fewer }: ItemChange['materials']): string[] {
  const other = altered(old.materials, next.materials, ({ code }) => code);
  return [
    ...(more > 0 ? [`多 ${more} 份材料`] : []),
    ...(fewer > 0 ? [more > 0 ? `少 ${fewer} 份` : `少 ${fewer} 份材料`] : []),
    ...(other > 0 ? [`${other} 份材料的要求变了`] : []),
  ];
}

function formWords(old: Item, next: Item): string[] {
  const keys = (form: Item['form']): Set<string> => new Set(form.map(({ key }) => key));
  const [before, after] = [keys(old.form), keys(next.form)];
  const counts: [number, string][] = [
    [next.form.filter(({ key }) => !before.has(key)).length, '多'],
    [old.form.filter(({ key }) => !after.has(key)).length, '少'],
    [altered(old.form, next.form, ({ key }) => key), '改'],
  ];
  const said = counts.flatMap(([n, word]) => (n > 0 ? [`${word} ${n} 项`] : []));
  return said.length > 0 ? [`填写项${said.join('、')}`] : [];
}

/** Parts that are in both and differ. */
function altered<P>(old: readonly P[], next: readonly P[], idOf: (part: P) => string): number {
  const before = new Map(old.map((part) => [idOf(part), JSON.stringify(part)]));
  return next.filter((part) => {
    const was = before.get(idOf(part));
    return was !== undefined && was !== JSON.stringify(part);
  }).length;
}

function termWords(old: Item, next: Item): string[] {
  if (old.promisedDays === next.promisedDays && old.handling === next.handling) return [];
  return [next.promisedDays === 0 ? '改为当场办结' : `承诺时限改为 ${next.promisedDays} 个工作日`];
}

function presenceWords(old: Item, next: Item): string[] {
  if ((old.mustAppear === undefined) === (next.mustAppear === undefined)) return [];
  return [next.mustAppear === undefined ? '不用本人到场了' : '要本人到场了'];
}
