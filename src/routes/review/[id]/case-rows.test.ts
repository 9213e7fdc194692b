/** What the case page shows of an application: numbers masked, what is missing said, what has happened in order. */
import { expect, test } from 'vitest';
import type { KnownFacts } from '#lib/domain/facts.ts';
import { sampleIdNumber } from '#lib/domain/sample-identity.ts';
import {
  actor,
  applicationIn,
  command,
  facts,
  item,
  perform,
  receiveBody,
  signature,
} from '../../../../tests/support/builders.ts';
import { answerRows } from './answer-rows.ts';
import { course } from './course.ts';
import { outcomeRows } from './outcome-rows.ts';
import { eligibilityLines, materialLines } from './required.ts';
import { waitsFor } from './waits-for.ts';

const today = '2026-09-18';
const clerk: KnownFacts = { ...facts({ actor: actor('clerk') }), item: item() };
const proxy = {
  kind: 'proxy' as const,
  name: '李样本',
  idKind: 'residentId' as const,
  idNumber: sampleIdNumber(1, { birthDate: '1980-01-02', sex: 'male' }),
  phone: '13800000009',
  relation: '子女',
  acts: ['填表' as const, '领取' as const],
  authorisation: signature(),
};
const byProxy = perform(null, [[command('receive', receiveBody({ handler: proxy })), facts()]]);

test('no number is whole before it is asked for, and every one is afterwards', () => {
  const numbers = [byProxy.applicant.idNumber, byProxy.applicant.phone, proxy.idNumber, proxy.phone];
  const masked = JSON.stringify(answerRows(byProxy, item(), false, today));
  const whole = JSON.stringify(answerRows(byProxy, item(), true, today));
  for (const number of numbers) {
    expect(masked).not.toContain(number);
    expect(whole).toContain(number);
  }
});

test('numbers inside answers are masked too, also in a table', () => {
  const form = [
    { key: 'card', label: '账户', type: 'bankCard' as const, required: false },
    {
      key: 'family',
      label: '家庭成员',
      type: 'table' as const,
      required: false,
      columns: [
        { key: 'name', label: '姓名', type: 'text' as const, required: true },
        { key: 'id', label: '身份证号', type: 'idNumber' as const, required: true },
      ],
    },
  ];
  const app = {
    ...byProxy,
    answers: { card: '6222020000000000005', family: [{ name: '王样本', id: proxy.idNumber }] },
  };
  const masked = JSON.stringify(answerRows(app, item({ form }), false, today));
  expect(masked).not.toContain('6222020000000000005');
  expect(masked).not.toContain(proxy.idNumber);
  expect(masked).toContain('王样本');
});

test('a receipt dated before the last contact stands out', () => {
  const early = perform(null, [[command('receive'), facts({ lastContact: '2026-09-19' })]]);
  expect(early.flags).toEqual(['receivedEarly']);
  const flag = answerRows(early, item(), false, today).find((row) => row.doubt);
  expect(flag?.answer).toBe('收件日早于这台设备上次联系');
});

test('age and sex are compared with what the item asks', () => {
  const { applicant } = byProxy;
  expect(eligibilityLines(item({ eligibility: { minAge: 80 } }), applicant, today)).toEqual([
    { is: 'done', text: '年满 80 周岁：82 岁' },
  ]);
  expect(eligibilityLines(item({ eligibility: { maxAge: 64, sex: 'male' } }), applicant, today)).toEqual([
    { is: 'wrong', text: '不超过 64 周岁：82 岁' },
    { is: 'wrong', text: '限男性：女' },
  ]);
  const [unknown] = eligibilityLines(
    item({ eligibility: { minAge: 80 } }),
    { ...applicant, birthDate: null },
    today,
  );
  expect(unknown?.is).toBe('later');
  expect(eligibilityLines(item(), applicant, today)).toEqual([]);
});

test('materials say what is there, what is lacking and what is not asked for', () => {
  expect(materialLines(byProxy, clerk).map(({ name, text, idle }) => [name, text, idle])).toEqual([
    ['居民身份证', '已收', false],
    ['居民户口簿', '已收', false],
    ['代办人居民身份证', '不需要', true],
  ]);
  const told = applicationIn('correction');
  expect(materialLines(told, clerk).find((line) => line.code === 'M0002')?.text).toBe('要补');
});

test('a tolerated material says until when, once the term runs', () => {
  const body = receiveBody({
    materials: receiveBody().materials.map((m) =>
      m.code === 'M0002' ? { ...m, status: 'tolerated' as const, copies: 0 } : m,
    ),
  });
  const accepted = perform(null, [
    [command('receive', body), facts()],
    [command('accept'), clerk],
  ]);
  expect(materialLines(accepted, clerk).find((line) => line.code === 'M0002')?.note).toBe(
    '容缺到 10 月 9 日',
  );
});

test('经过 tells what has happened, then where it stands, then the days ahead', () => {
  const entries = course(applicationIn('accepted'), clerk);
  expect(entries.map((entry) => entry.text)).toEqual([
    '收件',
    '受理',
    '已受理',
    '承诺期限 10 月 9 日',
    '法定期限 10 月 22 日',
  ]);
  expect(entries.slice(3).every((entry) => entry.is === 'ahead')).toBe(true);
  expect(entries[0]?.note).toBe('9/18 10:00，赵示范');
  expect(course(applicationIn('settled'), clerk).every((entry) => entry.is === undefined)).toBe(true);
});

test('what the authority wrote is told in its order', () => {
  expect(outcomeRows(applicationIn('settled'), item()).map((row) => row.question)).toEqual([
    '分办',
    '审查意见',
    '决定',
    '送达',
  ]);
  expect(outcomeRows(applicationIn('refused'), item())[0]?.answer).toContain('不满 80 周岁');
  expect(outcomeRows(applicationIn('correction'), item())[0]?.answer).toBe('居民户口簿：缺户主页');
});

test('who has nothing to do is told whose turn it is', () => {
  expect(waitsFor(applicationIn('pending'), ['reviewer'])).toContain('窗口人员');
  expect(waitsFor(applicationIn('examining'), ['clerk'])).toContain('审查人员');
  expect(waitsFor(applicationIn('correction'), ['clerk'])).toContain('等申请人补正');
  expect(waitsFor(applicationIn('settled'), ['clerk'])).toContain('办结');
});
