/** 读卡 beside the fields of a person: empty boxes are filled and said, what was typed is changed only by a press. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import { cardReader } from '#lib/client/state/card-reader.svelte.ts';
import CardReading from './CardReading.svelte';

const first = samplePerson(60_000);
const person = { name: '', idKind: 'residentId' as const, idNumber: '' };
let edits: unknown[];
let addresses: string[];

beforeEach(() => {
  localStorage.setItem('jinban-reader', JSON.stringify({ kind: 'practice' }));
  edits = [];
  addresses = [];
});
afterEach(() => localStorage.removeItem('jinban-reader'));

const show = (change: Partial<typeof person> = {}, address = '') =>
  render(CardReading, {
    person: { ...person, ...change },
    who: '申请人',
    address,
    within: undefined,
    onedit: (edit: unknown) => edits.push(edit),
    onaddress: (text: string) => addresses.push(text),
  });

test('empty boxes are filled, and it is said', async () => {
  const screen = await show();
  await expect.element(screen.getByText('演示读卡器，读出来的是假人')).toBeVisible();
  await screen.getByRole('button', { name: '读卡：申请人' }).click();
  await expect.element(screen.getByText('卡上读到的')).toBeVisible();
  expect(edits).toEqual([{ idKind: 'residentId', idNumber: first.idNumber }, { name: first.name }]);
  expect(addresses).toEqual(['示例镇样本村一组 1 号']);
  expect(screen.getByText('已填上').elements()).toHaveLength(3);
});

test('what was typed stays beside what the card says, until somebody presses', async () => {
  const screen = await show({ name: '王试例', idNumber: first.idNumber });
  await screen.getByRole('button', { name: '读卡：申请人' }).click();
  await expect.element(screen.getByText('填的是“王试例”')).toBeVisible();
  expect(edits).toEqual([]);
  await screen.getByRole('button', { name: '姓名用卡上的' }).click();
  expect(edits).toEqual([{ name: first.name }]);
});

test('a reader that is not there says so and blocks nothing', async () => {
  localStorage.setItem('jinban-reader', JSON.stringify({ kind: 'service', port: 19198 }));
  const screen = await show();
  await expect.element(screen.getByText('读卡程序没有连上，先手工填，连上会自己好')).toBeVisible();
  await screen.getByRole('button', { name: '读卡：申请人' }).click();
  expect(edits).toEqual([]);
});

test('the choice is remembered on this computer; nonsense is as if none had been made', async () => {
  localStorage.setItem('jinban-reader', '{"kind":"service","port":22}');
  const screen = await show();
  await screen.getByRole('button', { name: '读卡器设置：申请人' }).click();
  await screen.getByRole('radio', { name: /练习用/ }).click();
  await screen.getByRole('button', { name: '用这种' }).click();
  expect(JSON.parse(localStorage.getItem('jinban-reader')!)).toEqual({ kind: 'practice' });
  expect(cardReader.status).toBe('ready');
});
