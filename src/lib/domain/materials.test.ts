import { describe, expect, it, test } from 'vitest';
import type { Item, Material } from './item.ts';
import { defaultEntries, materialProblems, missingForAcceptance, photosUnderway } from './materials.ts';
import type { MaterialEntry } from './materials.ts';

const idCard = material('M1', { name: '居民身份证', licence: '居民身份证' });
const household = material('M2', { name: '居民户口簿', tolerable: true });
const mandate = material('M3', { name: '授权委托书', required: false, when: '委托他人办理的' });
const photoCopy = material('M4', { name: '社会保障卡', kind: '复印件', required: false, when: '变更账户的' });
const item = { materials: [idCard, household, mandate, photoCopy] } as Item;

const sha256 = 'a'.repeat(64);
const good: MaterialEntry[] = [
  entry('M1', { status: 'waived', copies: 0 }),
  entry('M2', { status: 'tolerated', copies: 0 }),
  entry('M3', { status: 'notNeeded', copies: 0 }),
  entry('M4', { status: 'received', copies: 2, photos: [{ sha256, size: 1, type: 'jpeg' }] }),
];

describe('entries that may be sent', () => {
  it('one for each material, each allowed by the item', () =>
    expect(materialProblems(item, good)).toEqual([]));

  test.each<[string, Partial<MaterialEntry> & { code: string }, string, string]>([
    [
      '容缺 that the item does not allow',
      { code: 'M1', status: 'tolerated' },
      'notTolerable',
      '“居民身份证”不能容缺，请选已收或缺',
    ],
    [
      '免提交 without an electronic licence',
      { code: 'M2', status: 'waived' },
      'notWaivable',
      '“居民户口簿”没有可用的电子证照，不能免提交，请选已收或缺',
    ],
    [
      '不需要 for what is always required',
      { code: 'M2', status: 'notNeeded' },
      'required',
      '“居民户口簿”必须提交，请选已收或缺',
    ],
    ['100 copies', { code: 'M4', copies: 100 }, 'copies', '“社会保障卡”的份数应是 0 到 99 的整数'],
    ['half a copy', { code: 'M4', copies: 0.5 }, 'copies', '“社会保障卡”的份数应是 0 到 99 的整数'],
    [
      'received, but nothing',
      { code: 'M2', status: 'received', copies: 0 },
      'nothing',
      '“居民户口簿”选了已收，请填收了几份，或者拍照',
    ],
    [
      'a photo without a hash',
      { code: 'M4', photos: [{ sha256: 'x', size: 1, type: 'jpeg' }] },
      'photo',
      '“社会保障卡”的照片不完整，请重拍',
    ],
    [
      'an empty photo',
      { code: 'M4', photos: [{ sha256, size: 0, type: 'jpeg' }] },
      'photo',
      '“社会保障卡”的照片不完整，请重拍',
    ],
    [
      'the same photo twice',
      {
        code: 'M4',
        photos: [
          { sha256, size: 1, type: 'jpeg' },
          { sha256, size: 1, type: 'jpeg' },
        ],
      },
      'photo',
      '“社会保障卡”的照片应是 1 到 20 张，而且不能重复',
    ],
    [
      'a photo of what was not handed in',
      { code: 'M2', status: 'tolerated', photos: [{ sha256, size: 1, type: 'jpeg' }] },
      'photo',
      '“居民户口簿”没有选已收，不能带照片，请选已收，或把照片去掉',
    ],
  ])('%s is refused', (_, change, problem, text) => {
    const entries = good.map((one) => (one.code === change.code ? { ...one, ...change } : one));
    expect(materialProblems(item, entries)).toEqual([{ code: change.code, problem, text }]);
  });

  it('a status or a form that does not exist is refused', () => {
    const entries = good.map((one) =>
      one.code === 'M4' ? ({ ...one, status: 'lost', kind: '口头' } as never) : one,
    );
    expect(materialProblems(item, entries).map((p) => p.problem)).toEqual(['status', 'kind', 'photo']);
  });
  it('a material that nobody looked at is named', () => {
    expect(materialProblems(item, good.slice(1))).toEqual([
      { code: 'M1', problem: 'absent', text: '“居民身份证”还没有核对，请选已收、缺或其他情形' },
    ]);
  });
  it('a material listed twice, or not of this item, is named', () => {
    const stranger = entry('M9', { status: 'received', copies: 1 });
    const found = materialProblems(item, [...good, good[0] as MaterialEntry, stranger]);
    expect(found.map((p) => [p.code, p.problem])).toEqual([
      ['M1', 'twice'],
      ['M9', 'unknown'],
    ]);
  });
  it('a photo alone is enough', () => {
    const entries = good.map((one) => (one.code === 'M4' ? { ...one, copies: 0 } : one));
    expect(materialProblems(item, entries)).toEqual([]);
  });
});

describe('what blocks acceptance', () => {
  const codes = (entries: MaterialEntry[]) => missingForAcceptance(item, entries).map((one) => one.code);

  it('nothing, when all is 已收, 容缺, 免提交 or 不需要', () => expect(codes(good)).toEqual([]));
  it('what is lacking, also when only this case needs it', () => {
    const entries = good.map((one) => ({ ...one, status: 'missing' as const }));
    expect(codes(entries)).toEqual(['M1', 'M2', 'M3', 'M4']);
  });
  it('what has no entry and is always required', () => expect(codes([])).toEqual(['M1', 'M2']));
  it('a photo that has not reached the office', () => {
    const photo = { sha256, size: 1, type: 'jpeg' as const };
    const other = { ...photo, sha256: 'c'.repeat(64) };
    const held = entry('M4', { status: 'received', photos: [photo, other] });
    expect(photosUnderway(held)).toEqual([photo, other]);
    expect(photosUnderway({ ...held, verified: [sha256] })).toEqual([other]);
    expect(photosUnderway(entry('M4', {}))).toEqual([]);
  });
});

describe('a new draft', () => {
  const statuses = (proxy: boolean) => defaultEntries(item, { proxy }).map((one) => one.status);

  it('lacks what is always required and needs nothing else', () => {
    expect(statuses(false)).toEqual(['missing', 'missing', 'notNeeded', 'notNeeded']);
  });
  it('lacks the mandate when someone else handles it', () => {
    expect(statuses(true)).toEqual(['missing', 'missing', 'missing', 'notNeeded']);
  });
  it('may be sent as it is: a lack never blocks receiving', () => {
    expect(materialProblems(item, defaultEntries(item, { proxy: true }))).toEqual([]);
  });
});

function material(code: string, changes: Partial<Material>): Material {
  return {
    code,
    name: code,
    kind: '原件',
    copies: 1,
    required: true,
    source: '申请人自备',
    shareable: false,
    ...changes,
  };
}

function entry(code: string, changes: Partial<MaterialEntry>): MaterialEntry {
  return { code, status: 'received', kind: '原件', copies: 1, ...changes };
}
