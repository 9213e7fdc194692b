/** A release keeps the order of the one before. */
import { expect, test } from 'vitest';
import type { Item } from '#lib/domain/item.ts';
import { item } from '../../../tests/support/builders.ts';
import { inReleaseOrder } from './release-order.ts';

const [A, B, C, D] = ['410511005001', '410511005002', '410511005003', '410511005004'].map((code) =>
  item({ code }),
) as [Item, Item, Item, Item];
const of = (village: readonly Item[]) => ({ township: [], subdistrict: [], village });

test('what was released keeps its place; what is new comes at the end, in the order of the list', () => {
  expect(inReleaseOrder(of([A, B, C, D]), of([D, B])).village).toEqual([D, B, A, C]);
  expect(inReleaseOrder(of([B, D]), of([D, A, B])).village).toEqual([D, B]);
});

test('before the first release the order of the list holds', () => {
  expect(inReleaseOrder(of([C, A]), null).village).toEqual([C, A]);
});
