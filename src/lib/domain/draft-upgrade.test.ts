/** A draft on a newer version: what fits stays, the rest is shown, nothing is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { item, NOW, receiveBody, signature, TODAY } from '../../../tests/support/builders.ts';
import { isBlank } from './answers-value.ts';
import { upgradeDraft } from './draft-upgrade.ts';
import { draftFromRefused, draftSteps, materialsOf, newDraft, type Draft } from './draft.ts';
import { FIELD_TYPES, type Field, type Item, type Material } from './item.ts';

const OLD = 'a'.repeat(64);
const NEW = 'b'.repeat(64);
const ref = { code: '410511005000', hash: OLD };
const filled = (change: Partial<Draft> = {}): Draft => ({
  ...draftFromRefused({ id: 'c-1', applicationId: 'app-1', item: ref, body: receiveBody() }, NOW),
  supersedes: null,
  signature: signature(),
  ...change,
});
const field = (change: Partial<Field> = {}): Field => ({
  key: 'note',
  label: '说明',
  type: 'text',
  required: false,
  ...change,
});
const upgraded = (draft: Draft, next: Item, old: Item = item()): Draft =>
  upgradeDraft(draft, { old, next, hash: NEW }, TODAY);
/** One answer, from a form of one question to another. */
function carried(from: Partial<Field>, to: Partial<Field>, value: unknown) {
  const [old, next] = [item({ form: [field(from)] }), item({ form: [field(to)] })];
  const { answers, former } = upgraded(filled({ answers: { [field(from).key]: value } }), next, old);
  return { answers, former };
}
const stays = (value: unknown, key = 'note') => ({ answers: { [key]: value }, former: [] });
const leaves = (text: string, label = '说明') => ({ answers: {}, former: [{ label, text }] });

describe('the draft', () => {
  it('names the new version; who applies, who handles it and its number stay; the signature goes', () => {
    const draft = filled({ duplicateReason: '示例理由', commandId: 'c-2' });
    const after = upgraded(draft, item({ promisedDays: 5 }));
    expect(after).toEqual({ ...draft, item: { ...ref, hash: NEW }, signature: null });
  });

  it('on the same version is the same draft', () => {
    const draft = filled();
    expect(upgradeDraft(draft, { old: item(), next: item(), hash: OLD }, TODAY)).toBe(draft);
  });

  it('keeps what an earlier change left over', () => {
    const former = [{ label: '示例', text: '原来填的' }];
    expect(upgraded(filled({ former }), item({ form: [] })).former).toEqual([
      ...former,
      { label: '居住方式', text: '独居' },
      { label: '联系亲属姓名', text: '王样本' },
    ]);
  });
});

describe('an answer', () => {
  it('stays with its question, also under other words and other limits', () => {
    expect(carried({}, {}, '示例')).toEqual(stays('示例'));
    expect(carried({}, { label: '补充说明', required: true }, '示例')).toEqual(stays('示例'));
    expect(carried({}, { maxLength: 2 }, '超过两个字')).toEqual(stays('超过两个字'));
    expect(carried({ type: 'number' }, { type: 'number', max: 5 }, 9)).toEqual(stays(9));
    expect(carried({ type: 'phone' }, { type: 'phone' }, '138')).toEqual(stays('138'));
  });

  it('follows its question to another key by the same words and type, if there is one only', () => {
    expect(carried({}, { key: 'remark' }, '示例')).toEqual(stays('示例', 'remark'));
    expect(carried({}, { key: 'remark', type: 'number' }, '示例')).toEqual(leaves('示例'));
    const two = item({ form: [field({ key: 'one' }), field({ key: 'two' })] });
    const { answers, former } = upgraded(
      filled({ answers: { note: '示例' } }),
      two,
      item({ form: [field()] }),
    );
    expect({ answers, former }).toEqual(leaves('示例'));
  });

  it('is shown where its question is not asked any more', () => {
    expect(upgraded(filled(), item({ form: [] }))).toMatchObject({
      answers: {},
      former: [
        { label: '居住方式', text: '独居' },
        { label: '联系亲属姓名', text: '王样本' },
      ],
    });
    expect(carried({ type: 'boolean' }, { key: 'x' }, false)).toEqual(leaves('否'));
  });

  it('of another type stays where it passes there', () => {
    expect(carried({}, { type: 'textarea' }, '示例')).toEqual(stays('示例'));
    expect(carried({ type: 'date' }, { type: 'text' }, '2026-09-18')).toEqual(stays('2026-09-18'));
    expect(carried({}, { type: 'number' }, '12')).toEqual(stays('12'));
    expect(carried({}, { type: 'number' }, '十二')).toEqual(leaves('十二'));
    expect(carried({ type: 'number' }, { type: 'text' }, 1234)).toEqual(leaves('1234'));
    expect(carried({}, { type: 'boolean' }, '是')).toEqual(leaves('是'));
    expect(carried({}, { type: 'table', columns: [field()] }, '示例')).toEqual(leaves('示例'));
  });

  it('of choices stays where the choice is still there', () => {
    const [old, next] = [
      { type: 'select' as const, options: ['独居', '同住'] },
      { type: 'select' as const, options: ['同住', '其他'] },
    ];
    expect(carried(old, next, '同住')).toEqual(stays('同住'));
    expect(carried(old, next, '独居')).toEqual(leaves('独居'));
    const many = { ...old, type: 'multiselect' as const };
    expect(carried(many, { ...next, type: 'multiselect' }, ['独居', '同住'])).toEqual({
      answers: { note: ['同住'] },
      former: [{ label: '说明', text: '独居' }],
    });
    expect(carried(old, { ...next, type: 'multiselect' }, '同住')).toEqual(stays(['同住']));
    expect(carried(old, { ...next, type: 'multiselect' }, '独居')).toEqual(leaves('独居'));
    expect(carried(many, next, ['同住'])).toEqual(stays('同住'));
    expect(carried(many, next, ['同住', '独居'])).toEqual(leaves('同住、独居'));
    expect(carried({}, next, '同住')).toEqual(stays('同住'));
  });

  it('of a table keeps its rows; only the columns that went are shown', () => {
    const column = (key: string, label: string) => field({ key, label });
    const old = { type: 'table' as const, columns: [column('name', '姓名'), column('tie', '关系')] };
    const next = { type: 'table' as const, columns: [column('name', '姓名'), column('job', '职业')] };
    const rows = [{ name: '王示例', tie: '父子' }, { name: '李样本' }];
    expect(carried(old, next, rows)).toEqual({
      answers: { note: [{ name: '王示例' }, { name: '李样本' }] },
      former: [{ label: '说明', text: '1. 关系：父子\n2. ' }],
    });
    expect(carried(old, { type: 'text' }, rows).former[0]!.text).toContain('王示例');
  });

  it('that is blank leaves nothing behind', () => {
    expect(carried({}, { key: 'x', label: '别的' }, ' ')).toEqual({ answers: {}, former: [] });
  });
});

describe('a material', () => {
  const photos = [{ sha256: 'c'.repeat(64), size: 1000, type: 'jpeg' as const }];
  const [card, book, proxyCard] = item().materials as [Material, Material, Material];
  const entry = (change: Partial<Draft['materials'][0]> = {}): Draft['materials'][0] => ({
    code: card.code,
    status: 'received',
    kind: '原件',
    copies: 1,
    ...change,
  });
  const after = (materials: Draft['materials'], next: Material[]) => {
    const { materials: kept, former } = upgraded(filled({ materials }), item({ materials: next }));
    return { kept, former };
  };

  it('that was handed in stays, with its pictures, also where more is asked for', () => {
    const handed = entry({ photos });
    expect(after([handed], [{ ...card, copies: 3, kind: '复印件' }])).toEqual({ kept: [handed], former: [] });
  });

  it('that is new has to be looked at; until then the step is not done', () => {
    const fresh = { ...card, code: 'N1', name: '示例新材料' };
    const next = item({ materials: [...item().materials, fresh] });
    const draft = upgraded(filled(), next);
    expect(draft.materials).toEqual(filled().materials);
    expect(draftSteps(draft, next, TODAY)[3]).toMatchObject({
      is: 'wrong',
      problems: [{ field: 'materials.N1' }],
    });
    const looked = { ...draft, materials: materialsOf(draft, next) };
    expect(looked.materials.at(-1)).toMatchObject({ code: 'N1', status: 'missing' });
    expect(draftSteps(looked, next, TODAY)[3]!.is).toBe('done');
  });

  it('that went is shown if it was handed in; its pictures are kept', () => {
    expect(after([entry({ photos }), entry({ code: book.code, status: 'missing', copies: 0 })], [])).toEqual({
      kept: [],
      former: [{ label: '材料“居民身份证”', text: '已收 1 份，拍了 1 张', photos }],
    });
  });

  it('follows its name to another code', () => {
    const moved = { ...card, code: 'N1' };
    expect(after([entry()], [moved]).kept).toEqual([entry({ code: 'N1' })]);
  });

  it('is shown where two of one name are gone and one is new: it could be either', () => {
    const old = item({ materials: [card, { ...card, code: 'M2' }] });
    const materials = [entry(), entry({ code: 'M2' })];
    const next = item({ materials: [{ ...card, code: 'N1' }] });
    const { materials: kept, former } = upgraded(filled({ materials }), next, old);
    expect(kept).toEqual([]);
    expect(former.map(({ label }) => label)).toEqual(['材料“居民身份证”', '材料“居民身份证”']);
  });

  it('is asked for anew where what was said of it cannot be said any more', () => {
    const say = (status: 'tolerated' | 'waived' | 'notNeeded' | 'missing', was: Material, now: Material) =>
      after([entry({ code: was.code, status, copies: 0 })], [now]).kept.length;
    expect(say('tolerated', book, book)).toBe(1);
    expect(say('tolerated', book, { ...book, tolerable: false })).toBe(0);
    expect(say('waived', book, book)).toBe(1);
    expect(say('waived', book, { ...book, licence: '别的证照' })).toBe(0);
    expect(say('notNeeded', proxyCard, proxyCard)).toBe(1);
    expect(say('notNeeded', proxyCard, { ...proxyCard, required: true })).toBe(0);
    expect(say('notNeeded', proxyCard, { ...proxyCard, when: '别的情形' })).toBe(0);
    expect(say('missing', card, { ...card, required: false })).toBe(1);
  });

  it('of a draft whose list nobody has looked at has no entry', () => {
    expect(after([], [card])).toEqual({ kept: [], former: [] });
  });
});

describe('an applicant', () => {
  it('of a kind that may apply stays', () => {
    const draft = filled();
    expect(upgraded(draft, item({ audience: ['自然人', '企业法人'] })).applicant).toEqual(draft.applicant);
  });

  it('of another kind is shown, and the form asks for one that may', () => {
    const draft = filled();
    const after = upgraded(draft, item({ audience: ['企业法人'] }));
    expect(after.applicant).toEqual(newDraft('x', ref, NOW, 'legal').applicant);
    const { name, idNumber, phone, address } = draft.applicant;
    expect(after.former).toEqual([
      { label: '申请人', text: name },
      { label: '证件号码', text: idNumber },
      { label: '联系电话', text: phone },
      { label: '住址', text: address },
    ]);
  });
});

describe('whatever changes', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd');
  const word = fc.constantFrom('甲', '乙', '丙', '12', '2026-09-18', '');
  const option = fc.uniqueArray(fc.constantFrom('甲', '乙', '丙'), { minLength: 1 });
  const column = fc.record({
    key,
    label: word,
    type: fc.constantFrom('text' as const, 'number' as const),
    required: fc.boolean(),
  });
  const question: fc.Arbitrary<Field> = fc.record({
    key,
    label: word,
    type: fc.constantFrom(...FIELD_TYPES),
    required: fc.boolean(),
    options: option,
    columns: fc.uniqueArray(column, { selector: (one) => one.key, minLength: 1 }),
  });
  const form = fc.uniqueArray(question, { selector: (one) => one.key, maxLength: 4 });
  const value = fc.oneof(
    word,
    fc.boolean(),
    fc.integer({ min: 0, max: 99 }),
    fc.array(word, { maxLength: 3 }),
    fc.array(fc.dictionary(key, word, { maxKeys: 3 }), { maxLength: 3 }),
  );
  const material: fc.Arbitrary<Material> = fc.record({
    code: key,
    name: word,
    kind: fc.constant('原件'),
    copies: fc.constant(1),
    required: fc.boolean(),
    source: fc.constant('示例'),
    shareable: fc.boolean(),
    tolerable: fc.boolean(),
  });
  const version = fc
    .record({
      form,
      materials: fc.uniqueArray(material, { selector: (one) => one.code, maxLength: 4 }),
      audience: fc.constantFrom<string[]>(['自然人'], ['企业法人'], []),
    })
    .map((change) => item(change));
  const draft = fc
    .record({
      answers: fc.dictionary(key, value),
      materials: fc.uniqueArray(
        fc.record({
          code: key,
          status: fc.constantFrom('received' as const, 'missing' as const, 'tolerated' as const),
          kind: fc.constant('原件' as const),
          copies: fc.constant(1),
        }),
        { selector: (one) => one.code },
      ),
    })
    .map(filled);

  it('going over a second time changes nothing', () => {
    fc.assert(
      fc.property(draft, version, version, (begun, old, next) => {
        const once = upgraded(begun, next, old);
        const again = upgradeDraft({ ...once, item: ref }, { old: next, next, hash: NEW }, TODAY);
        expect(again).toEqual(once);
      }),
    );
  });

  it('every text that was typed is on the form or shown, and every paper that was handed in', () => {
    fc.assert(
      fc.property(draft, version, version, (begun, old, next) => {
        const after = upgraded(begun, next, old);
        const here = JSON.stringify([after.answers, after.former.map(({ text }) => text)]);
        for (const text of JSON.stringify(Object.values(begun.answers)).match(/[甲乙丙]/g) ?? [])
          expect(here).toContain(text);
        const handed = begun.materials.filter(({ status }) => status === 'received').length;
        const kept = after.materials.filter(({ status }) => status === 'received').length;
        expect(kept + after.former.filter(({ label }) => label.startsWith('材料')).length).toBe(handed);
      }),
    );
  });

  it('answers are those of questions that are there, and none that is blank', () => {
    fc.assert(
      fc.property(draft, version, version, (begun, old, next) => {
        const { answers } = upgraded(begun, next, old);
        for (const [name, answer] of Object.entries(answers)) {
          expect(next.form.map((one) => one.key)).toContain(name);
          expect(isBlank(answer)).toBe(false);
        }
      }),
    );
  });
});
