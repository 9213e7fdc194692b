/** Each of the 298 items of the Anyang list can be filled in, by every way through its form, and is judged right. */
import { expect, test } from 'vitest';
import { actor, facts, NOW, SITE, TODAY } from '../../../tests/support/builders.ts';
import { sampleDraft, type SampleDraft } from '../../../tests/support/sample-draft.ts';
import type { When } from '../../../tests/support/sample-answers.ts';
import { wholeList } from '../../../tests/support/whole-catalogue.ts';
import { WRONG_ANSWERS } from '../../../tests/support/wrong-answers.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { draftSteps, receiveBodyOf } from './draft.ts';
import { FIELD_TYPES, type Item } from './item.ts';
import { buildReceiptNumber } from './receipt-number.ts';

const ITEMS = wholeList();
const WAYS: readonly When[] = ['asked', 'hidden', 'any', 'any'];
const ref = (item: Item) => ({ code: item.code, hash: 'a'.repeat(64) });

const filled = (item: Item, seed: number, when: When): SampleDraft =>
  sampleDraft({ id: 'app-1', item, ref: ref(item), seed, now: NOW, today: TODAY, when });

function verdictOn({ draft }: SampleDraft, item: Item) {
  const number = { site: SITE.code, day: TODAY, device: SITE.device, serial: 1 };
  const body = receiveBodyOf(draft, item, {
    receiptNumber: buildReceiptNumber(number),
    queryToken: 'AAAAAAAAAAAAAAAAAAAAAA',
    site: SITE.id,
    receivedOn: TODAY,
    signature: draft.signature!,
  });
  return decide(null, { kind: 'receive', body }, facts({ item, itemRef: ref(item) }));
}

test('every item is filled in four ways: all steps done, received, and kept as it was meant', () => {
  expect(ITEMS).toHaveLength(298);
  const wrong: string[] = [];
  ITEMS.forEach((item, at) => {
    WAYS.forEach((when, way) => {
      const sample = filled(item, at * WAYS.length + way, when);
      const where = `${item.code} ${item.name} (${when}, seed ${at * WAYS.length + way})`;
      const open = draftSteps(sample.draft, item, TODAY).filter(
        ({ name, is }) => is !== (name === 'sign' ? 'todo' : 'done'),
      );
      if (open.length > 0) return void wrong.push(`${where}: ${JSON.stringify(open)}`);
      const verdict = verdictOn(sample, item);
      if (!Array.isArray(verdict)) return void wrong.push(`${where}: ${JSON.stringify(verdict)}`);
      const [received] = verdict;
      if (received?.is !== 'received') return void wrong.push(`${where}: nothing was received`);
      if (JSON.stringify(received.body.answers) !== JSON.stringify(sample.stored)) {
        wrong.push(
          `${where}: ${JSON.stringify(received.body.answers)} is not ${JSON.stringify(sample.stored)}`,
        );
      }
    });
  });
  expect(wrong).toEqual([]);
});

test('both ways of every condition are met: the question is answered once, and left behind once', () => {
  const missed: string[] = [];
  ITEMS.forEach((item, at) => {
    const stored = Array.from(
      { length: 24 },
      (_, i) => filled(item, at * 100 + i, i % 2 ? 'asked' : 'hidden').stored,
    );
    for (const { key, visibleIf } of item.form) {
      if (!visibleIf) continue;
      if (!stored.some((answers) => key in answers)) missed.push(`${item.name}: ${key} is never asked`);
      if (!stored.some((answers) => !(key in answers))) missed.push(`${item.name}: ${key} is always asked`);
    }
  });
  expect(missed).toEqual([]);
});

test('every answer of every item can be amended by its key', () => {
  const refused = ITEMS.flatMap((item, at) => {
    const one = filled(item, 9_000 + at, 'asked');
    const [key] = Object.keys(one.stored).slice(-1);
    const verdict = verdictOn(one, item);
    if (!Array.isArray(verdict) || key === undefined) return [item.name];
    const received = evolve(null, {
      applicationId: 'app-1',
      rev: 1,
      actor: actor('agent'),
      now: NOW,
      event: verdict[0]!,
    });
    const value = one.stored[key];
    const body = { fields: { [`answers.${key}`]: { from: value, to: value } } };
    const amended = decide(received, { kind: 'amend', body }, facts({ item, itemRef: ref(item) }));
    return Array.isArray(amended) ? [] : [`${item.name} ${key}: ${JSON.stringify(amended)}`];
  });
  expect(refused).toEqual([]);
});

test.each(FIELD_TYPES)(
  'a wrong answer of kind %s is refused in every item that asks for one, and named',
  (type) => {
    const asking = ITEMS.filter((item) => item.form.some((field) => field.type === type));
    expect(asking.length).toBeGreaterThan(0);
    const passed = asking.filter((item, at) => {
      const field = item.form.find((one) => one.type === type)!;
      const sample = filled(item, 5_000 + at, 'asked');
      // a condition of its own would take the question away, and the wrong answer with it
      const asked = {
        ...item,
        form: item.form.map((one) => (one === field ? { ...one, visibleIf: undefined } : one)),
      };
      sample.draft.answers[field.key] = WRONG_ANSWERS[type];
      const step = draftSteps(sample.draft, asked as Item, TODAY).find(({ name }) => name === 'form')!;
      const named = step.problems.some((problem) => problem.field.startsWith(`answers.${field.key}`));
      return step.is !== 'wrong' || !named;
    });
    expect(passed.map((item) => item.name)).toEqual([]);
  },
);
