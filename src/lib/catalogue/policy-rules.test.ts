/** Policies of a county, one by one. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_COUNTY_POLICY } from './policy.ts';
import { applyPolicyChanges, boundsWords, POLICY_RULES, readPolicyForm, valueWords } from './policy-rules.ts';
import { policyChanges } from './rule-changes.ts';

const policy = DEFAULT_COUNTY_POLICY;
const texts = (change: Record<string, string> = {}): Record<string, string> => ({
  ...Object.fromEntries(POLICY_RULES.map(({ key, get }) => [key, String(get(policy))])),
  ...change,
});
const read = (change: Record<string, string>) => {
  const [said, seen] = [texts(change), texts()];
  return readPolicyForm(
    (key) => said[key] ?? '',
    (key) => seen[key] ?? '',
  );
};

test('every rule of a policy is in the table, within its own bounds by default, and what is set is read back', () => {
  let changed = policy;
  for (const { key, get, set, least, most } of POLICY_RULES) {
    expect(get(policy), key).toBeGreaterThanOrEqual(least);
    expect(get(policy), key).toBeLessThanOrEqual(most);
    changed = set(changed, most);
    expect(get(changed), key).toBe(most);
  }
  // a rule that was left out would stand as it was
  const leaves = (value: object): unknown[] =>
    Object.values(value).flatMap((one: unknown) => (typeof one === 'object' && one ? leaves(one) : [one]));
  leaves(changed).forEach((value, i) => expect(value).not.toBe(leaves(policy)[i]));
});

describe('a form of policies', () => {
  test('gives what was changed, from what was seen', () => {
    expect(read({ correctionDays: ' ２０ ', yellowShare: '25' })).toEqual({
      changes: [
        { key: 'correctionDays', from: 15, to: 20 },
        { key: 'yellowShare', from: 20, to: 25 },
      ],
      problems: {},
    });
    expect(read({})).toEqual({ changes: [], problems: {} });
  });

  test.each([
    ['correctionDays', '', '补正期限要写整数，例如 5'],
    ['correctionDays', '十五', '补正期限要写整数，例如 5'],
    ['correctionDays', '-3', '补正期限要写整数，例如 5'],
    ['correctionDays', '4', '补正期限只能是 5 至 60 个工作日'],
    ['yellowShare', '80', '黄灯：剩下的比例只能是 5 至 50%'],
    ['minimumItems.village', '39', '村（社区）数量底线只能是 40 至 2000 项'],
  ])('%s %s → %s', (key, text, problem) => {
    expect(read({ [key]: text }).problems).toEqual({ [key]: problem });
  });

  test('that came without what was seen is not guessed', () => {
    const { problems } = readPolicyForm(
      (key) => texts()[key]!,
      () => '',
    );
    expect(problems.correctionDays).toBe('这一页没有传完整，请刷新再改');
  });

  test('a value below the bounds that was there before may stay while others are changed', () => {
    const low = { ...policy, minimumItems: { township: 1, subdistrict: 1, village: 1 } };
    const outcome = applyPolicyChanges(low, [{ key: 'graceDays', from: 10, to: 5 }]);
    expect(outcome).toEqual({ is: 'done', policy: { ...low, graceDays: 5 } });
  });
});

describe('changes of policies', () => {
  test('of different rules both stand; of the same rule the later one is told', () => {
    const theirs = { ...policy, correctionDays: 20 };
    expect(applyPolicyChanges(theirs, [{ key: 'graceDays', from: 10, to: 5 }])).toEqual({
      is: 'done',
      policy: { ...theirs, graceDays: 5 },
    });
    expect(applyPolicyChanges(theirs, [{ key: 'correctionDays', from: 15, to: 18 }])).toEqual({
      is: 'clash',
      keys: ['correctionDays'],
    });
    expect(applyPolicyChanges(theirs, [{ key: 'correctionDays', from: 15, to: 20 }]).is).toBe('done');
  });

  test('a yellow lamp longer than what counts as short is refused', () => {
    expect(applyPolicyChanges(policy, [{ key: 'yellowDays', from: 1, to: 4 }])).toEqual({
      is: 'unfit',
      key: 'yellowDays',
      text: '黄灯剩下 4 天，比短时限的 3 天还长，会一直亮黄灯',
    });
    expect(applyPolicyChanges(policy, [{ key: 'correctionDays', from: 15, to: 61 }])).toMatchObject({
      is: 'unfit',
    });
    expect(() => applyPolicyChanges(policy, [{ key: 'nothing', from: 1, to: 2 }])).toThrow(RangeError);
  });

  test('are told in words with their units', () => {
    const next = { ...policy, correctionDays: 20, yellowShare: 0.25 };
    expect(policyChanges(policy, next)).toEqual([
      { label: '补正期限', from: '15 个工作日', to: '20 个工作日' },
      { label: '黄灯：剩下的比例', from: '20%', to: '25%' },
    ]);
    expect(valueWords('项', 40)).toBe('40 项');
    expect(boundsWords(POLICY_RULES[0]!)).toBe('5 至 60 个工作日');
  });
});
