import { expect, test } from 'vitest';
import { item } from '../../../tests/support/builders.ts';
import {
  contactFacts,
  describe,
  eligibleOf,
  materialRow,
  promiseOf,
  proxyOf,
  statutoryOf,
  stepsOf,
  structured,
} from './guide-words.ts';

const station = {
  name: '示例镇示例村',
  sign: '示例村便民服务站',
  address: null,
  phone: null,
  supervision: null,
};
const township = { ...station, name: '示例镇', sign: '示例镇便民服务中心', phone: '0372-0000000' };

test('what a place does not know is said to be unknown, and its township’s telephone stands in', () => {
  const of = (...places: Parameters<typeof contactFacts>) =>
    Object.fromEntries(contactFacts(...places).map(({ name, value }) => [name, value]));
  expect(of(station, township)).toEqual({
    办理地点: '示例村便民服务站',
    地址: '没有登记；请先打 0372-0000000 问',
    办理时间: '没有登记；请先打 0372-0000000 问',
    咨询电话: '0372-0000000',
    监督电话: '没有登记',
  });
  expect(of(station, null)).toMatchObject({ 地址: '没有登记；去之前请先问村里或乡镇', 咨询电话: '没有登记' });
  expect(of({ ...township, address: '示例街 1 号' }, null)).toMatchObject({ 地址: '示例街 1 号' });
});

test('terms: on the spot, promised, statutory, and none that is known', () => {
  expect(promiseOf(item())).toBe('10 个工作日');
  expect(promiseOf(item({ handling: '即办件' }))).toBe('当场办结');
  expect(statutoryOf(item())).toBe('20 个工作日');
  expect(statutoryOf(item({ statutoryDays: 0 }))).toBe('清单里没有写明');
});

test('who may come for somebody', () => {
  expect(proxyOf(item())).toMatch(/^可以委托他人/);
  expect(proxyOf(item({ proxyAllowed: false }))).toBe('不能代办');
  expect(proxyOf(item({ mustAppear: '采集指纹' }))).toBe('要本人到场：采集指纹');
});

test('age and sex are said only where the item asks for them', () => {
  expect(eligibleOf(item())).toBe('');
  expect(eligibleOf(item({ eligibility: { minAge: 80 } }))).toBe('满 80 周岁');
  expect(eligibleOf(item({ eligibility: { minAge: 35, maxAge: 64, sex: 'female' } }))).toBe(
    '35 至 64 周岁，性别女',
  );
});

test('a material says its form, when it is needed, and what is possible without it', () => {
  const [card, book, proxy] = item().materials.map((material) => materialRow(material, 10));
  expect(card).toMatchObject({ form: '原件 1 份', when: '都要带', without: '' });
  expect(book?.without).toBe('有电子证照（居民户口簿）的可以不带；可以容缺，受理后 10 个工作日内补');
  expect(proxy?.when).toBe('委托他人办理的');
});

test('a village passes on to its township; what only villages handle ends there', () => {
  expect(stepsOf(item(), 'village')[1]).toMatch(/^材料送到乡镇（街道）后 5 个工作日内/);
  expect(stepsOf(item(), 'township')[1]).toMatch(/^收到材料后 5 个工作日内/);
  const alone = stepsOf(item({ levels: ['village'] }), 'village');
  expect(alone).toHaveLength(3);
  expect(alone.join('')).not.toContain('受理');
});

test('a description fits a search engine, and the structured data holds nothing that is not known', () => {
  expect(describe(item({ conditions: '长'.repeat(300) }), '滑县')).toHaveLength(150);
  const of = (site: typeof station | null) =>
    structured(item(), { url: 'https://jinban.example/x', area: '滑县', site });
  expect(of(null)).not.toHaveProperty('availableChannel');
  expect(of(station)).toMatchObject({
    '@type': 'GovernmentService',
    availableChannel: { serviceLocation: { name: '示例村便民服务站' } },
  });
  expect(JSON.stringify(of(station))).not.toMatch(/address|telephone/);
});
