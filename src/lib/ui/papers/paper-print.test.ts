/**
 * Papers as they come out of the printer: the real parts in a real Chromium, printed to PDF. Ordinary ones fit the sheets
 * they are meant for; with the worst of names and forty materials nothing leaves the paper, and markup stays text.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperPress, type PaperPress } from '../../../../tests/support/paper-press.ts';
import { SAMPLE_CASES, samplePapers, type SampleCase } from '../../../routes/dev/parts/sample-papers.ts';
import type { PaperKind } from '../../domain/papers/paper.ts';
import { PAPER_SIZES, type PaperSize } from './paper-size.ts';

let press: PaperPress;
beforeAll(async () => {
  press = await paperPress();
}, 60_000);
afterAll(async () => {
  await press[Symbol.asyncDispose]();
});

const MILLIMETRES: Record<PaperSize, RegExp> = { a4: /^210 × 297$/, a5: /^210 × 148$/, roll: /^80 × \d+$/ };

/** Every paper of a case, one after the other in one print. */
const whole = (which: SampleCase, size: PaperSize) => press.print(samplePapers(which, 'applicant'), size);

describe.each(PAPER_SIZES)('on %s', (size) => {
  test.each(SAMPLE_CASES)(
    'nothing of the papers of “%s” sticks out, and the sheet has its size',
    async (which) => {
      const print = await whole(which, size);
      expect(print.outside).toEqual([]);
      expect(print.size).toMatch(MILLIMETRES[size]);
    },
  );
});

test.each(['person', 'legal', 'guardian', 'proxy'] as const)(
  'an ordinary document of %s is one sheet of A4, its slip included',
  async (which) => {
    const print = await whole(which, 'a4');
    expect(print.pages).toBe(samplePapers(which, 'applicant').length);
  },
);

test('what would stick out is seen', async () => {
  const style = await press.page.addStyleTag({ content: '.paper-facts dd { white-space: nowrap; }' });
  expect((await whole('extreme', 'a4')).outside).not.toEqual([]);
  await style.evaluate((element) => (element as Element).remove());
});

test('a receipt, a supplement’s receipt and a blank guide are half a sheet', async () => {
  const slips: PaperKind[] = ['receipt', 'supplement', 'guide'];
  for (const paper of samplePapers('proxy', 'applicant').filter(({ kind }) => slips.includes(kind))) {
    // of a station, and of a township's own counter
    const both = [paper, { ...paper, station: false, issuer: '白道口镇便民服务中心' }];
    expect([paper.kind, (await press.print(both, 'a5')).pages]).toEqual([paper.kind, 2]);
  }
});

test('each copy begins a sheet of its own, and no blank one comes between', async () => {
  const [receipt] = samplePapers('person', 'applicant');
  const copies = [receipt!, { ...receipt!, copy: '第二联' }, { ...receipt!, copy: '第三联' }];
  for (const size of PAPER_SIZES) expect((await press.print(copies, size)).pages).toBe(3);
});

test('the roll is cut where the paper ends: one piece, however long', async () => {
  const extreme = samplePapers('extreme', 'applicant').find(({ kind }) => kind === 'notice')!;
  const print = await press.print([extreme], 'roll');
  expect(print.pages).toBe(1);
  expect(Number(print.size.split(' × ')[1])).toBeGreaterThan(500);
});

test('the marks of a second print and of practising are on the paper', async () => {
  const [receipt] = samplePapers('person', 'applicant');
  for (const size of PAPER_SIZES) {
    const { text } = await press.print([{ ...receipt!, reprint: true, practice: true }], size);
    expect(text).toMatch(/补打\s*练习，无效/);
  }
});

test('markup in a name is printed as text and runs nothing', async () => {
  const print = await whole('extreme', 'a4');
  expect(print.text).toContain('<img src=x onerror=alert(1)>');
  expect(await press.page.locator('.paper img, .paper script').count()).toBe(0);
});

test('a drawn signature is printed as its strokes, a fingerprint as a frame with a witness', async () => {
  await press.print(
    samplePapers('person', 'archive').filter(({ kind }) => kind === 'delivery'),
    'a4',
  );
  expect(await press.page.locator('.paper-drawn path').count()).toBe(6);
  await press.print(samplePapers('guardian', 'applicant').slice(0, 1), 'a4');
  expect(await press.page.locator('.paper-finger').count()).toBe(1);
  expect(await press.page.locator('.paper').innerText()).toMatch(/见证人签名[\s\S]*见证人证件和电话/);
});
