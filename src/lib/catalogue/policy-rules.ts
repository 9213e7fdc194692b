/**
 * The county's policies (县级规则) one by one: what each is called, its unit and bounds, how it is read and set. One table
 * drives the page /county/rules, its checks and the differences of a release. Changes say from what they were made, so that
 * two people who change different rules both have their way. Pure.
 */
import { LEVEL_NAMES } from '#lib/domain/time-limit-words.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import { DEFAULT_COUNTY_POLICY, type CountyPolicy } from './policy.ts';

export interface PolicyRule {
  key: string;
  label: string;
  unit: '个工作日' | '%' | '项';
  /** What it does, and why the bounds are what they are. */
  hint: string;
  least: number;
  most: number;
  get: (policy: CountyPolicy) => number;
  set: (policy: CountyPolicy, value: number) => CountyPolicy;
}

type DayKey = Exclude<keyof CountyPolicy, 'yellowShare' | 'minimumItems'>;

const days = (key: DayKey, label: string, [least, most]: [number, number], hint: string): PolicyRule => ({
  key,
  label,
  unit: '个工作日',
  hint,
  least,
  most,
  get: (policy) => policy[key],
  set: (policy, value) => ({ ...policy, [key]: value }),
});

export const POLICY_RULES: readonly PolicyRule[] = [
  days('correctionDays', '补正期限', [5, 60], '一次告知以后，申请人多久补齐；过了就按补正不来终止。'),
  days('toleranceDays', '容缺后补期限', [1, 60], '受理以后，容缺的材料多久补来。'),
  {
    key: 'yellowShare',
    label: '黄灯：剩下的比例',
    unit: '%',
    hint: '期限剩下不到这么多，亮黄灯。',
    least: 5,
    most: 50,
    get: ({ yellowShare }) => Math.round(yellowShare * 100),
    set: (policy, value) => ({ ...policy, yellowShare: value / 100 }),
  },
  days('yellowDays', '黄灯：短时限剩下', [0, 10], '短时限的件不按比例，剩下这么多就亮黄灯。'),
  days('shortClockDays', '多少天以内算短时限', [1, 10], '不能少于上一条。'),
  days('graceDays', '旧版事项还能收件', [0, 60], '事项换了新版，没联网的站用旧版还能收多久。'),
  days(
    'forwardingAlertDays',
    '分办、转报等多久提醒',
    [1, 10],
    '受理以后等着分办、转报的件，过了就在看板上提醒。',
  ),
  ...LEVELS.map((level): PolicyRule => {
    const least = DEFAULT_COUNTY_POLICY.minimumItems[level];
    return {
      key: `minimumItems.${level}`,
      label: `${LEVEL_NAMES[level]}数量底线`,
      unit: '项',
      hint: `每个站至少办多少项。市里定的是 ${least} 项，县里只能往高定。`,
      least,
      most: 2000,
      get: ({ minimumItems }) => minimumItems[level],
      set: (policy, value) => ({ ...policy, minimumItems: { ...policy.minimumItems, [level]: value } }),
    };
  }),
];

/** 15 个工作日；20%；40 项 */
export const valueWords = (unit: PolicyRule['unit'], value: number): string =>
  unit === '%' ? `${value}%` : `${value} ${unit}`;

export interface PolicyChange {
  key: string;
  from: number;
  to: number;
}

/** What a form says against what it was made from; texts that are no number within the bounds are told by their rule's key. */
export function readPolicyForm(
  said: (key: string) => string,
  seen: (key: string) => string,
): { changes: PolicyChange[]; problems: Record<string, string> } {
  const changes: PolicyChange[] = [];
  const problems: Record<string, string> = {};
  for (const rule of POLICY_RULES) {
    const [text, from] = [said(rule.key).normalize('NFKC').trim(), Number(seen(rule.key) || NaN)];
    if (!/^\d{1,6}$/.test(text)) problems[rule.key] = `${rule.label}要写整数，例如 ${rule.least}`;
    else if (!Number.isInteger(from)) problems[rule.key] = '这一页没有传完整，请刷新再改';
    else if (Number(text) !== from) {
      const problem = boundsProblem(rule, Number(text));
      if (problem !== undefined) problems[rule.key] = problem;
      changes.push({ key: rule.key, from, to: Number(text) });
    }
  }
  return { changes, problems };
}

/** 5 至 60 个工作日 */
export const boundsWords = ({ least, most, unit }: Pick<PolicyRule, 'least' | 'most' | 'unit'>): string =>
  `${least} 至 ${valueWords(unit, most)}`;

const boundsProblem = (rule: PolicyRule, value: number): string | undefined =>
  value < rule.least || value > rule.most ? `${rule.label}只能是 ${boundsWords(rule)}` : undefined;

export type PolicyOutcome =
  | { is: 'done'; policy: CountyPolicy }
  /** Somebody else changed these rules meanwhile. */
  | { is: 'clash'; keys: string[] }
  | { is: 'unfit'; key: string; text: string };

export function applyPolicyChanges(policy: CountyPolicy, changes: readonly PolicyChange[]): PolicyOutcome {
  let next = policy;
  const keys: string[] = [];
  for (const { key, from, to } of changes) {
    const rule = POLICY_RULES.find((one) => one.key === key);
    if (!rule) throw new RangeError(`no such rule: ${key}`);
    const text = boundsProblem(rule, to);
    if (text !== undefined) return { is: 'unfit', key, text };
    const now = rule.get(policy);
    if (now !== from && now !== to) keys.push(key);
    next = rule.set(next, to);
  }
  if (keys.length > 0) return { is: 'clash', keys };
  if (next.yellowDays > next.shortClockDays)
    return {
      is: 'unfit',
      key: 'yellowDays',
      text: `黄灯剩下 ${next.yellowDays} 天，比短时限的 ${next.shortClockDays} 天还长，会一直亮黄灯`,
    };
  return { is: 'done', policy: next };
}
