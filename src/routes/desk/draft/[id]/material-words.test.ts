import { expect, test } from 'vitest';
import type { Material } from '#lib/domain/item.ts';
import { defaultEntries, materialProblems, type MaterialEntry } from '#lib/domain/materials.ts';
import { item } from '../../../../../tests/support/builders.ts';
import {
  allowedStatuses,
  entryNote,
  forHandler,
  materialSums,
  missingCount,
  withStatus,
} from './material-words.ts';

const entry = (status: MaterialEntry['status'], copies = 0): MaterialEntry => ({
  code: 'M0001',
  status,
  kind: '原件',
  copies,
});

test('sums count what is asked for, in the words of the counter', () => {
  const entries = [
    ...Array.from({ length: 3 }, () => entry('received', 1)),
    entry('tolerated'),
    entry('missing'),
  ];
  expect(materialSums(entries)).toBe('五样：已收 3，容缺 1，缺 1');
  expect(materialSums([entry('missing'), entry('missing'), entry('notNeeded')])).toBe('两样：缺 2');
  expect(materialSums([entry('notNeeded')])).toBe('不用交材料');
  expect(materialSums(Array.from({ length: 12 }, () => entry('missing')))).toBe('12 样：缺 12');
  expect(missingCount(entries)).toBe(1);
});

test('every status that is offered passes the rules, and every other one is refused', () => {
  const form = item();
  for (const material of form.materials) {
    const rest = defaultEntries(form, { proxy: false }).filter((one) => one.code !== material.code);
    for (const status of ['received', 'missing', 'tolerated', 'waived', 'notNeeded'] as const) {
      const chosen = withStatus({ ...entry('missing'), code: material.code }, material, status);
      const passes = materialProblems(form, [...rest, chosen]).length === 0;
      expect(passes, `${material.name} ${status}`).toBe(allowedStatuses(material).includes(status));
    }
  }
});

test('已收 takes the copies that the item asks for, and keeps a count that people typed', () => {
  const material = { copies: 2 } as Material;
  expect(withStatus(entry('missing'), material, 'received').copies).toBe(2);
  expect(withStatus(entry('received', 5), material, 'received').copies).toBe(5);
  expect(withStatus(entry('received', 5), material, 'missing').copies).toBe(0);
});

test('handing it to a proxy asks for the proxy’s paper, and taking it back drops it unless it was received', () => {
  const form = item();
  const statusOf = (entries: MaterialEntry[]) => entries.find((one) => one.code === 'M0026')?.status;
  const own = defaultEntries(form, { proxy: false });
  const handed = forHandler(own, form, true);
  expect([statusOf(own), statusOf(handed)]).toEqual(['notNeeded', 'missing']);
  expect(statusOf(forHandler(handed, form, false))).toBe('notNeeded');
  const received = handed.map((one) =>
    one.code === 'M0026' ? { ...one, status: 'received' as const, copies: 1 } : one,
  );
  expect(statusOf(forHandler(received, form, false))).toBe('received');
  expect(forHandler(own, form, false)).toEqual(own);
});

test('pages that were photographed are told beside the paper, or instead of it', () => {
  const page = (name: string) => ({ sha256: name, size: 9, type: 'jpeg' as const });
  const photographed = { ...entry('received', 1), photos: [page('a'), page('b')] };
  expect(entryNote(photographed, {} as Material, 10)).toBe('原件 1 份，照片 2 页');
  expect(entryNote({ ...photographed, copies: 0 }, {} as Material, 10)).toBe('照片 2 页');
  expect(entryNote(entry('received', 1), {} as Material, 10)).toBe('原件 1 份');
});
