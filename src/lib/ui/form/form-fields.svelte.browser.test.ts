import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { checkAnswers } from '#lib/domain/answers.ts';
import { FIELD_TYPES, type Field } from '#lib/domain/item.ts';
import { sampleBankCard, sampleIdNumber } from '#lib/domain/sample-identity.ts';
import type { AnswerAids } from './answer-aids.ts';
import { formProblems } from './form-problems.ts';
import FormFields from './FormFields.svelte';
import { ShownProblems } from './shown-problems.svelte.ts';

const TODAY = '2026-09-23';

const FORM: Field[] = [
  { key: 'kin', label: '联系亲属姓名', type: 'text', required: true, maxLength: 30 },
  { key: 'why', label: '申请理由', type: 'textarea', required: true, maxLength: 10 },
  { key: 'people', label: '家庭人口', type: 'number', required: true, min: 1, max: 20 },
  { key: 'income', label: '月收入', type: 'money', required: true, min: 0, max: 1000 },
  { key: 'since', label: '入住日期', type: 'date', required: true },
  { key: 'living', label: '居住方式', type: 'select', required: true, options: ['独居', '养老机构'] },
  {
    key: 'helps',
    label: '需要哪些帮助',
    type: 'multiselect',
    required: true,
    options: ['送餐', '洗浴', '陪诊'],
  },
  { key: 'kinId', label: '亲属身份证号', type: 'idNumber', required: true },
  { key: 'tel', label: '联系电话', type: 'phone', required: true },
  { key: 'card', label: '津贴账户', type: 'bankCard', required: true },
  { key: 'home', label: '现住址', type: 'address', required: true },
  { key: 'poor', label: '是否低保户', type: 'boolean', required: true },
  {
    key: 'proof',
    label: '低保证号',
    type: 'text',
    required: true,
    maxLength: 20,
    visibleIf: { key: 'poor', equals: true },
  },
  {
    key: 'members',
    label: '家庭成员',
    type: 'table',
    required: true,
    columns: [
      { key: 'name', label: '姓名', type: 'text', required: true, maxLength: 30 },
      { key: 'age', label: '年龄', type: 'number', required: true, min: 0, max: 120 },
    ],
  },
];

let stop: (() => void) | undefined;
afterEach(() => stop?.());

/** The form as a page would hold it: answers as typed, and the problems that are on the screen. */
function open(form: Field[], start: Record<string, unknown> = {}, aids: AnswerAids = {}) {
  const answers = $state(start);
  const shown = new ShownProblems(() => formProblems(form, answers, TODAY));
  const target = document.body.appendChild(document.createElement('form'));
  const onanswer = (key: string, value: unknown): void => {
    answers[key] = value;
  };
  const made = mount(FormFields, {
    target,
    props: { form, answers, shown, today: TODAY, aids, onanswer },
  });
  stop = () => {
    void unmount(made);
    target.remove();
  };
  return { answers, shown };
}

const box = (name: string) => page.getByRole('textbox', { name, exact: false });
const leave = () => userEvent.keyboard('{Tab}');
const byId = (id: string) => document.getElementById(id);

test('the form of this test asks every kind of question there is', () => {
  expect(new Set(FORM.map((field) => field.type))).toEqual(new Set(FIELD_TYPES));
});

test('all thirteen kinds of answer can be given, and the township gets them clean', async () => {
  const { answers, shown } = open(FORM);
  await box('联系亲属姓名').fill(' 阿卜杜拉·买买提 ');
  await box('申请理由').fill('一个人住');
  await box('家庭人口').fill('２');
  await box('月收入').fill('８００.50');
  byId('answers.since')?.focus();
  await userEvent.keyboard('20260301');
  await page.getByRole('radio', { name: '独居' }).click();
  await page.getByRole('checkbox', { name: '陪诊' }).click();
  await page.getByRole('checkbox', { name: '送餐' }).click();
  const id = sampleIdNumber(3);
  await box('亲属身份证号').fill(`${id.slice(0, 6)} ${id.slice(6)}`);
  await box('联系电话').fill('138 0000 0001');
  await box('津贴账户').fill(sampleBankCard(7));
  await box('现住址').fill('示例镇样本村一组');
  await page.getByRole('radio', { name: '否' }).click();
  byId('answers.members.0.name')?.focus();
  await userEvent.keyboard('王示例');
  byId('answers.members.0.age')?.focus();
  await userEvent.keyboard('83');
  await leave();

  expect(shown.reveal()).toBe(false);
  expect(checkAnswers(FORM, answers, TODAY)).toEqual({
    ok: true,
    answers: {
      kin: '阿卜杜拉·买买提',
      why: '一个人住',
      people: 2,
      income: 800.5,
      since: '2026-03-01',
      living: '独居',
      helps: ['送餐', '陪诊'],
      kinId: id,
      tel: '13800000001',
      card: sampleBankCard(7),
      home: '示例镇样本村一组',
      poor: false,
      members: [{ name: '王示例', age: 83 }],
    },
  });
});

test('a card shows in groups of four once it is left, and says so when a digit is wrong', async () => {
  open(FORM);
  const right = sampleBankCard(7);
  const wrong = `${right.slice(0, -1)}${(Number(right.slice(-1)) + 1) % 10}`;
  await box('津贴账户').fill(wrong);
  expect(document.querySelector('[aria-invalid]')).toBeNull();
  await leave();
  await expect.element(page.getByText('津贴账户：银行卡号有一位不对，请对照卡面再核一遍')).toBeVisible();
  await box('津贴账户').fill(right);
  await expect.element(page.getByText('银行卡号有一位不对', { exact: false })).not.toBeInTheDocument();
  await leave();
  await expect.element(box('津贴账户')).toHaveValue(right.replace(/(.{4})(?=.)/g, '$1 '));
});

test('nobody is told off while typing; at 下一步 every problem is said, in the form’s order and at its field', async () => {
  const { shown } = open(FORM);
  await box('联系电话').fill('1380');
  expect(shown.list).toEqual([]);
  expect(shown.reveal()).toBe(true);
  flushSync();
  expect(shown.list.map(({ id }) => id)).toEqual([
    'answers.kin',
    'answers.why',
    'answers.people',
    'answers.income',
    'answers.since',
    'answers.living',
    'answers.helps',
    'answers.kinId',
    'answers.tel',
    'answers.card',
    'answers.home',
    'answers.poor',
    'answers.members',
  ]);
  for (const { id, text } of shown.list) {
    expect(byId(id), id).not.toBeNull();
    await expect.element(page.getByText(text, { exact: true }).first()).toBeVisible();
  }
  await box('联系电话').fill('13800000001');
  expect(shown.list.some(({ id }) => id === 'answers.tel')).toBe(false);
});

test('a question that depends on another comes and goes, and keeps what was typed', async () => {
  const { answers } = open(FORM);
  expect(byId('answers.proof')).toBeNull();
  await page.getByRole('radio', { name: '是' }).click();
  await box('低保证号').fill('示例 0001');
  await page.getByRole('radio', { name: '否' }).click();
  expect(byId('answers.proof')).toBeNull();
  expect(answers.proof).toBe('示例 0001');
  await page.getByRole('radio', { name: '是' }).click();
  await expect.element(box('低保证号')).toHaveValue('示例 0001');
});

test('more text than a question takes is counted and said, never cut off', async () => {
  const { answers } = open(FORM);
  await box('申请理由').fill('这里写了超过十个字的申请理由');
  await expect.element(page.getByText('多了 4 字，请删减').first()).toBeVisible();
  await leave();
  await expect.element(page.getByText('申请理由：最多 10 个字，现在有 14 个，请删去 4 个')).toBeVisible();
  expect(answers.why).toBe('这里写了超过十个字的申请理由');
});

test('rows are added, checked where they are wrong, taken out and put back', async () => {
  const table = FORM.filter((field) => field.type === 'table');
  const { answers, shown } = open(table, { members: [{ name: '王示例', age: 83 }] });
  await page.getByRole('button', { name: '加一行' }).click();
  await expect.element(page.getByRole('textbox', { name: '姓名' }).nth(1)).toHaveFocus();
  await userEvent.keyboard('张样本');
  byId('answers.members.1.age')?.focus();
  await userEvent.keyboard('200');
  await leave();
  await expect.element(page.getByText('家庭成员第 2 行，年龄：应在 0 到 120 之间，请再核一遍')).toBeVisible();

  await page.getByRole('button', { name: '删去家庭成员第 1 行' }).click();
  expect(answers.members).toEqual([{ name: '张样本', age: '200' }]);
  // what was said about the second row does not stay behind at a row that is gone
  expect(shown.list).toEqual([]);
  await page.getByRole('button', { name: '放回来' }).click();
  expect(answers.members).toEqual([
    { name: '王示例', age: 83 },
    { name: '张样本', age: '200' },
  ]);
});

test('an address begins with a place by one press; the rest that was typed stays', async () => {
  const { answers } = open(
    [FORM[10]!],
    { home: '一组 3 号' },
    { places: ['白道口镇许村'], address: '白道口镇许村二组' },
  );
  await page.getByRole('button', { name: '填“白道口镇许村”' }).click();
  expect(answers.home).toBe('白道口镇许村一组 3 号');
  await expect.element(box('现住址')).toHaveFocus();
  await page.getByRole('button', { name: '和住址一样' }).click();
  expect(answers.home).toBe('白道口镇许村二组');
});

test('money shows its thousands, a card its last four and an identity number whose it is', async () => {
  const money: Field = { key: 'sum', label: '金额（元）', type: 'money', required: true };
  const { answers } = open([money, FORM[9]!, FORM[7]!]);
  await box('金额（元）').fill('1234567.5');
  await leave();
  await expect.element(box('金额（元）')).toHaveValue('1,234,567.50');
  await expect.element(page.getByText('123 万 4567.5 元')).toBeVisible();
  await box('津贴账户').fill(sampleBankCard(7));
  await expect.element(page.getByText(/卡号校验对：\*{4} \*{4} \*{4}/)).toBeVisible();
  await box('亲属身份证号').fill(sampleIdNumber(0, { birthDate: '1944-03-05', sex: 'female' }));
  await expect.element(page.getByText('号码校验对：1944 年 3 月 5 日出生，女')).toBeVisible();
  expect(checkAnswers([money], { sum: answers.sum }, TODAY)).toEqual({
    ok: true,
    answers: { sum: 1234567.5 },
  });
});

test('a column that depends on another comes and goes in its own row', async () => {
  const table: Field = {
    key: 'plots',
    label: '地块',
    type: 'table',
    required: true,
    columns: [
      { key: 'let', label: '是否流转', type: 'boolean', required: true },
      { key: 'to', label: '流转给谁', type: 'text', required: true, visibleIf: { key: 'let', equals: true } },
    ],
  };
  open([table], { plots: [{ let: true }, { let: false }] });
  await expect.element(box('流转给谁')).toBeVisible();
  expect(byId('answers.plots.0.to')).not.toBeNull();
  expect(byId('answers.plots.1.to')).toBeNull();
});

test('a form that is only looked at changes nothing', async () => {
  const target = document.body.appendChild(document.createElement('div'));
  const shown = new ShownProblems(() => []);
  const made = mount(FormFields, {
    target,
    props: {
      form: FORM,
      answers: {},
      shown,
      today: TODAY,
      disabled: true,
      onanswer: () => expect.unreachable(),
    },
  });
  stop = () => {
    void unmount(made);
    target.remove();
  };
  flushSync();
  // all of it, also what waits to be drawn
  dispatchEvent(new Event('beforeprint'));
  const inputs = [...target.querySelectorAll<HTMLInputElement>('input, select, textarea')];
  expect(inputs.length).toBeGreaterThan(FORM.length);
  expect(inputs.every((input) => input.disabled)).toBe(true);
  expect(target.querySelectorAll('button').length).toBe(0);
});
