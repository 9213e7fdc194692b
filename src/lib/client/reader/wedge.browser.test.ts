/** A keyboard reader in a real box: bursts are told from hands, and nothing that was typed is ever lost to a guess. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import type { Card } from './reader-port.ts';
import { WedgeReader } from './wedge.ts';

const { name, idNumber, birthDate, sex } = samplePerson(3);
let form: HTMLFormElement;
let box: HTMLInputElement;
let reader: WedgeReader;
let cards: Card[];
let submitted: number;
let heard: string;

beforeEach(() => {
  form = document.createElement('form');
  box = document.createElement('input');
  form.append(box, document.createElement('input'));
  document.body.append(form);
  cards = [];
  submitted = 0;
  heard = '';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submitted += 1;
  });
  box.addEventListener('input', () => (heard = box.value));
  reader = new WedgeReader(
    () => '2026-09-18',
    (target) => form.contains(target),
  );
  reader.onCard((card) => cards.push(card));
  reader.connect();
  box.focus();
});
afterEach(() => {
  reader.close();
  form.remove();
});

let clock = 1000;
const at = <E extends Event>(event: E): E => Object.defineProperty(event, 'timeStamp', { value: clock });

/** Types as a keyboard does, `gap` ms from key to key: what nobody holds back arrives in the box. */
function type(target: HTMLElement, text: string, gap: number): void {
  for (const key of text) {
    clock += gap;
    const named = key === '\n' ? 'Enter' : key === '\t' ? 'Tab' : key;
    const options = { bubbles: true, cancelable: true };
    const down = at(new KeyboardEvent('keydown', { ...options, key: named }));
    if (!target.dispatchEvent(down)) continue;
    if (named === 'Enter') form.requestSubmit();
    if (named.length > 1 || !(target instanceof HTMLInputElement)) continue;
    const before = at(new InputEvent('beforeinput', { ...options, inputType: 'insertText', data: key }));
    if (!target.dispatchEvent(before)) continue;
    target.setRangeText(key, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end');
    target.dispatchEvent(new InputEvent('input', { bubbles: true, data: key }));
  }
}

test('a card leaves the box as it was, submits nothing and is given once', async () => {
  box.value = '前面';
  box.setSelectionRange(2, 2);
  type(box, `${name}|${idNumber}\n`, 5);
  await expect.poll(() => cards).toEqual([{ idNumber, birthDate, sex, name }]);
  expect(box.value).toBe('前面');
  expect(heard).toBe('前面');
  expect(submitted).toBe(0);
});

test('a reader without Enter is over after a pause; tabs between its fields do not move on', async () => {
  type(box, `${name}\t${idNumber}`, 8);
  await expect.poll(() => cards.length).toBe(1);
  expect(cards[0]).toMatchObject({ name, idNumber });
  expect(document.activeElement).toBe(box);
});

test('a burst that is no card is put back whole, where the cursor was', async () => {
  box.value = '头尾';
  box.setSelectionRange(1, 1);
  type(box, '6210000000000000', 5);
  await expect.poll(() => box.value).toBe('头6210000000000000尾');
  expect(heard).toBe(box.value);
  expect(cards).toEqual([]);
});

test('a tab after a tab is a person who goes on: the card is over, and the tab moves', () => {
  type(box, `${idNumber}\t`, 5);
  expect(cards).toEqual([]);
  clock += 5;
  const tab = at(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, key: 'Tab' }));
  expect(box.dispatchEvent(tab)).toBe(true);
  expect(cards).toMatchObject([{ idNumber }]);
});

test('hands are never taken for a reader, however right the number', async () => {
  type(box, idNumber, 70);
  type(box, '\n', 70);
  expect(box.value).toBe(idNumber);
  expect(submitted).toBe(1);
  expect(cards).toEqual([]);
});

test('with the cursor in no box, and in a form that wants no card', async () => {
  const button = document.createElement('button');
  form.append(button);
  type(button, `${idNumber}\n`, 5);
  await expect.poll(() => cards.length).toBe(1);
  const stranger = document.createElement('input');
  document.body.append(stranger);
  type(stranger, idNumber, 5);
  expect(stranger.value).toBe(idNumber);
  stranger.remove();
});

test('closed, it touches nothing', () => {
  reader.close();
  type(box, idNumber, 5);
  expect(box.value).toBe(idNumber);
  expect(cards).toEqual([]);
});
