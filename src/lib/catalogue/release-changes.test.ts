import { describe, expect, test } from 'vitest';
import type { Item } from '#lib/domain/item.ts';
import { calendar, item } from '../../../tests/support/builders.ts';
import { countByLevel, shortSites } from './minimum.ts';
import { DEFAULT_COUNTY_POLICY } from './policy.ts';
import { compareOfferings, isUnchanged, summaryOf, type Offering } from './release-changes.ts';

const offering = (items: readonly Item[], change: Partial<Offering> = {}): Offering => {
  const at = (level: Item['levels'][number]) => items.filter(({ levels }) => levels.includes(level));
  return {
    items: { township: at('township'), subdistrict: at('subdistrict'), village: at('village') },
    calendar,
    policy: DEFAULT_COUNTY_POLICY,
    ...change,
  };
};
const old = offering([item(), item({ code: '410511005001', name: '示例许可' })]);
const summary = (items: readonly Item[], change: Partial<Offering> = {}): string =>
  summaryOf(compareOfferings(old, offering(items, change)));
const second = item({ code: '410511005001', name: '示例许可' });

describe('the difference in a sentence', () => {
  test.each<[string, readonly Item[], string]>([
    ['nothing', [item(), second], '和现行的没有不同'],
    ['one more', [item(), second, item({ code: '410511005002', name: '新的' })], '新增 1 项'],
    ['one less', [item()], '停用 1 项'],
    ['fewer materials', [item({ materials: item().materials.slice(1) }), second], '1 项材料减少'],
    ['sooner', [item({ promisedDays: 5 }), second], '承诺时限压缩 5 天'],
    ['later', [item({ promisedDays: 12 }), second], '承诺时限延长 2 天'],
    ['one question less', [item({ form: item().form.slice(1) }), second], '1 项表单有改动'],
    ['no villages any more', [item({ levels: ['township'] }), second], '1 项其他内容有改动'],
  ])('%s', (_, items, words) => {
    expect(summary(items)).toBe(words);
    expect(isUnchanged(compareOfferings(old, offering(items)))).toBe(words === '和现行的没有不同');
  });

  test('several at once, in a fixed order; rules and calendar among them', () => {
    const changed = item({ promisedDays: 8, materials: item().materials.slice(0, 2) });
    const policy = { ...DEFAULT_COUNTY_POLICY, graceDays: 5 };
    const longer = { ...calendar, off: [...calendar.off, '2026-12-30'] };
    expect(summary([changed, item({ code: '410511005002' })], { policy, calendar: longer })).toBe(
      '新增 1 项，停用 1 项，1 项材料减少，承诺时限压缩 2 天，县级规则改 1 处，工作日历改 1 处',
    );
  });

  test('field by field, with both values in words', () => {
    const materials = item().materials.map((one) => (one.code === 'M0001' ? { ...one, copies: 2 } : one));
    const [change] = compareOfferings(
      old,
      offering([item({ materials, proxyAllowed: false }), second]),
    ).changed;
    expect(change?.fields).toEqual([
      { kind: 'fact', label: '可以代办', from: '是', to: '否' },
      { kind: 'material', label: '材料“居民身份证”的份数', from: '1 份', to: '2 份' },
    ]);
    expect(change?.at).toEqual(['township', 'subdistrict', 'village']);
  });
});

test('sites that would fall short are named, the worst first, and which of them were before', () => {
  const site = (id: string, now: number, after: number) => ({
    id,
    name: id,
    level: 'village' as const,
    now,
    after,
  });
  const policy = DEFAULT_COUNTY_POLICY;
  const sites = [site('a', 40, 39), site('b', 30, 38), site('c', 60, 40)];
  const counts = countByLevel(sites, ['village'], policy, policy);
  expect(counts[0]).toMatchObject({ minimum: 40, sites: 3, fewest: { id: 'b' } });
  expect(counts[0]?.short.map(({ id, lacks, before }) => [id, lacks, before])).toEqual([
    ['b', 2, true],
    ['a', 1, false],
  ]);
  expect(shortSites(counts)).toBe(2);
});
