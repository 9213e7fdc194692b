/** Rows of the township's work: which queue, in which order, found by what, and nothing shown that must be masked. */
import { expect, test } from 'vitest';
import type { ApplicationView } from '#lib/client/state/applications.svelte.ts';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import type { Application, State } from '#lib/domain/state.ts';
import {
  actor,
  applicationIn,
  calendar,
  command,
  facts,
  item,
  perform,
  SITE,
  TODAY,
} from '../../../tests/support/builders.ts';
import {
  byLatest,
  byQueue,
  byUrgency,
  caseRow,
  departmentsOf,
  filterRows,
  foundText,
  placesOf,
  queuesFor,
  readQueue,
  shownQueues,
  type CaseRow,
  type RowFacts,
} from './queue.ts';

const rules = { calendar, policy: DEFAULT_COUNTY_POLICY };
const known: RowFacts = {
  item: item(),
  rules,
  today: TODAY,
  own: null,
  sites: [],
  me: 'p-reviewer',
  sync: 'arrived',
};
const view = (state: Application | null, change: Partial<ApplicationView> = {}): ApplicationView => ({
  id: state?.id ?? 'app-0',
  state,
  confirmedRev: state?.rev ?? 0,
  pending: [],
  troubles: [],
  damage: null,
  ...change,
});
const row = (state: State, change: Partial<RowFacts> = {}): CaseRow =>
  caseRow(view(applicationIn(state)), { ...known, ...change });

test('a case lies in the queue of whoever has to do the next step', () => {
  expect(row('pending').queues).toEqual(['all', 'new']);
  expect(row('accepted').queues).toEqual(['all', 'assign']);
  expect(row('examining').queues).toEqual(['all', 'examine']);
  expect(row('suspended').queues).toEqual(['all', 'suspended']);
  expect(row('decided').queues).toEqual(['all', 'deliver']);
  expect(row('correction').queues).toEqual(['all']);
  expect(row('settled').queues).toEqual([]);
});

test('after a notice a case comes back as 已补正, with a review it waits for the head', () => {
  const at = facts();
  const corrected = perform(applicationIn('correction'), [[command('supplyCorrection'), at]]);
  expect(caseRow(view(corrected), known)).toMatchObject({ stage: '已补正', queues: ['all', 'back'] });
  const reviewed = perform(applicationIn('examining'), [
    [command('review'), { ...at, actor: actor('reviewer') }],
  ]);
  expect(caseRow(view(reviewed), known)).toMatchObject({ stage: '待决定', queues: ['all', 'decide'] });
});

test('an 即办件 under examination may also be decided without a review', () => {
  expect(row('examining', { item: item({ handling: '即办件' }) }).queues).toEqual([
    'all',
    'examine',
    'decide',
  ]);
});

test('即将超期 holds what is yellow, red or over, and only that', () => {
  expect(row('pending', { today: '2026-09-18' }).queues).not.toContain('soon');
  expect(row('pending', { today: '2026-09-23' })).toMatchObject({ lamp: 'yellow', lampText: '明天到期' });
  expect(row('pending', { today: '2026-09-24' }).queues).toContain('soon');
  expect(row('pending', { today: '2026-09-28' })).toMatchObject({
    lamp: 'red',
    queues: ['all', 'new', 'soon'],
  });
});

test('a refused command keeps even a closed case in 需处理', () => {
  expect(row('settled', { sync: 'trouble' }).queues).toEqual(['trouble']);
  expect(row('pending', { sync: 'trouble' }).queues).toEqual(['trouble', 'all', 'new']);
});

test('names are masked in the row and found in full', () => {
  const shown = row('pending');
  expect(shown.applicant).toBe('王*例');
  const { search: _, ...visible } = shown;
  expect(JSON.stringify(visible)).not.toContain('王示例');
  expect(filterRows([shown], { text: '王示例' }, TODAY)).toEqual([shown]);
});

test('found by words in any order and by a receipt number in groups', () => {
  const shown = row('pending');
  expect(filterRows([shown], { text: '高龄 王示例' }, TODAY)).toHaveLength(1);
  expect(filterRows([shown], { text: '高龄 李样本' }, TODAY)).toHaveLength(0);
  expect(filterRows([shown], { text: `${SITE.code} 20260918 001` }, TODAY)).toHaveLength(1);
  expect(filterRows([shown], { text: '20270101 001' }, TODAY)).toHaveLength(0);
});

test('filters by site, state and due day', () => {
  const rows = [row('pending'), row('accepted')];
  expect(filterRows(rows, { site: 'S-other' }, TODAY)).toEqual([]);
  expect(filterRows(rows, { state: 'accepted' }, TODAY)).toEqual([rows[1]]);
  expect(filterRows(rows, { day: '2026-09-24' }, TODAY)).toEqual([rows[0]]);
  expect(filterRows(rows, { day: 'past' }, '2026-09-25')).toEqual([rows[0]]);
});

test('what breaks first comes first; what has no day comes last', () => {
  const of = (id: string, days: number | null, hour: number): CaseRow => {
    const now = `2026-09-${String(18 + (days ?? 0)).padStart(2, '0')}T0${hour}:00:00.000Z`;
    const received = perform(null, [[command('receive'), facts({ now })]]);
    return { ...caseRow(view(received), days === null ? { ...known, rules: null } : known), id };
  };
  const rows = [
    of('none', null, 2),
    of('later', 3, 2),
    of('newer', 0, 3),
    of('older', 0, 2),
    { ...caseRow(view(null), { ...known, sync: 'trouble' as const }), id: 'unread' },
  ];
  expect(rows.sort(byUrgency).map((one) => one.id)).toEqual(['unread', 'older', 'newer', 'later', 'none']);
});

test('查询 shows what is open before what is closed, latest closed first', () => {
  const of = (id: string, closedOn: string | null): CaseRow => ({ ...row('pending'), id, closedOn });
  const rows = [of('a', '2026-09-10'), of('b', null), of('c', '2026-09-12')];
  expect(rows.sort(byLatest).map((one) => one.id)).toEqual(['b', 'c', 'a']);
});

test('the first queue is one that this person can work on', () => {
  expect(queuesFor(['clerk'])[0]).toBe('all');
  expect(queuesFor(['reviewer']).slice(0, 2)).toEqual(['examine', 'suspended']);
  expect(queuesFor(['head'])[0]).toBe('decide');
  expect(new Set(queuesFor(['clerk', 'reviewer'])).size).toBe(queuesFor([]).length);
  expect(readQueue('deliver', ['head'])).toBe('deliver');
  expect(readQueue('nonsense', ['head'])).toBe('decide');
});

test('a case whose item version is not here is still listed by its name, without a clock', () => {
  const shown = row('pending', { item: null, listed: '老年人高龄津贴认定' });
  expect(shown).toMatchObject({
    lamp: 'none',
    lampText: '期限未知',
    due: null,
    itemName: '老年人高龄津贴认定',
  });
  expect(shown.tags).toContain('本机没有这一版事项');
  expect(row('pending', { item: null }).itemName).toBe('事项 410511005000');
});

test('what was never taken shows up to be dealt with, without any contents', () => {
  const shown = caseRow(view(null), { ...known, sync: 'trouble' });
  expect(shown).toMatchObject({ state: null, applicant: '', queues: ['all', 'trouble'] });
});

test('a case given to me by name says so', () => {
  const at = facts({ actor: actor('clerk') });
  const given = perform(applicationIn('accepted'), [
    [command('assign', { department: '民政局', reviewer: 'p-reviewer' }), at],
  ]);
  expect(caseRow(view(given), known).tags).toContain('分给您');
  expect(caseRow(view(given), { ...known, me: 'p-other' }).tags).toEqual([]);
});

test('a claimed case says by whom, lies in 我认领的 of that person, and stays in every other queue', () => {
  const claimed = perform(applicationIn('pending'), [[command('claim'), facts({ actor: actor('clerk') })]]);
  const mine = caseRow(view(claimed), { ...known, me: 'p-clerk' });
  expect(mine).toMatchObject({ claim: { name: '赵示范', mine: true }, queues: ['all', 'mine', 'new'] });
  const others = caseRow(view(claimed), known);
  expect(others).toMatchObject({ claim: { mine: false }, queues: ['all', 'new'] });
  expect(row('pending').claim).toBeNull();
});

test('疑似重复 and 冲突 hold what the office flagged and what two people changed', () => {
  const twice = perform(null, [[command('receive'), facts({ similar: 1 })]]);
  expect(caseRow(view(twice), known)).toMatchObject({
    queues: ['all', 'duplicate', 'new'],
    tags: ['疑似重复'],
  });
  const outcome = { is: 'refused', code: 'conflict', reason: 'fieldConflict' } as const;
  const troubles = [{ outcome }] as unknown as ApplicationView['troubles'];
  expect(caseRow(view(applicationIn('pending'), { troubles }), { ...known, sync: 'trouble' })).toMatchObject({
    queues: ['trouble', 'conflict', 'all', 'new'],
    tags: ['有冲突'],
  });
});

test('queues of other posts are shown only where something lies in them, or one has gone there', () => {
  const none = (): boolean => false;
  expect(shownQueues(['clerk'], 'all', none)).toEqual([
    'all',
    'new',
    'back',
    'assign',
    'deliver',
    'mine',
    'soon',
    'duplicate',
    'conflict',
    'trouble',
  ]);
  expect(shownQueues(['clerk'], 'suspended', (name) => name === 'decide')).toEqual(
    expect.arrayContaining(['suspended', 'decide']),
  );
});

test('rows are told apart by queue in their order', () => {
  const rows = [row('accepted'), row('pending'), row('settled')];
  const found = byQueue(rows);
  expect(found.get('all')).toEqual([rows[0], rows[1]]);
  expect(found.get('new')).toEqual([rows[1]]);
  expect(found.get('mine')).toEqual([]);
});

test('too many say how to make them fewer, and what is still being read is said', () => {
  expect(foundText(12, true)).toBe('12 件');
  expect(foundText(5000, true)).toContain('缩小');
  expect(foundText(100, false)).toContain('还在取');
});

test('departments of the filter are counted, busiest first', () => {
  const of = (department: string): CaseRow => ({ ...row('pending'), department });
  const rows = [of('民政局'), of('人社局'), of('民政局'), of('')];
  expect(departmentsOf(rows)).toEqual([
    { name: '民政局', count: 2 },
    { name: '人社局', count: 1 },
  ]);
  expect(filterRows(rows, { department: '人社局' }, TODAY)).toEqual([rows[1]]);
});

test('sites of the filter are counted, busiest first', () => {
  const of = (site: string): CaseRow => ({ ...row('pending'), place: { site, name: site } });
  expect(placesOf([of('b'), of('a'), of('b')]).map(({ site, count }) => [site, count])).toEqual([
    ['b', 2],
    ['a', 1],
  ]);
});
