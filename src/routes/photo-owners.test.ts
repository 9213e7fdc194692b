import { expect, test } from 'vitest';
import { applicationIn, item, NOW } from '../../tests/support/builders.ts';
import type { DraftRow } from '#lib/client/state/drafts.svelte.ts';
import { newDraft } from '#lib/domain/draft.ts';
import { photoOwners, retakeHref } from './photo-owners.ts';

const photo = (letter: string) => ({ sha256: letter.repeat(64), size: 1, type: 'jpeg' as const });
const entry = (code: string, ...letters: string[]) => ({
  code,
  status: 'received' as const,
  kind: '原件' as const,
  copies: 1,
  photos: letters.map(photo),
});
const received = applicationIn('pending');
const state = { ...received, id: 'app', materials: { M0001: { ...entry('M0001', 'a', 'b'), addedRev: 1 } } };
const content = {
  ...newDraft('draft', { code: item().code, hash: 'h' }, NOW),
  materials: [entry('M0002', 'b')],
};
const draft = { id: 'draft', itemCode: item().code, itemHash: 'h', content } as unknown as DraftRow;

test('a photo is found where it is named, in applications and drafts', () => {
  const owners = photoOwners(new Set(['b'.repeat(64)]), [{ state }, { state: null }], [draft]);
  expect(owners.size).toBe(1);
  expect(owners.get('b'.repeat(64))).toMatchObject([
    { id: 'app', is: 'application', material: 'M0001', name: '王示例' },
    { id: 'draft', is: 'draft', material: 'M0002', name: '' },
  ]);
});

test('a photo that nobody names any more has no owner, and a damaged draft hides no other', () => {
  const damaged = { ...draft, content: null } as DraftRow;
  expect(photoOwners(new Set(['c'.repeat(64)]), [{ state }], [damaged, draft]).size).toBe(0);
});

test('it is taken again at its material', () => {
  const [application, own] = photoOwners(new Set(['b'.repeat(64)]), [{ state }], [draft]).get(
    'b'.repeat(64),
  )!;
  expect(retakeHref(application!, '/desk')).toBe('/desk/applications/app#retake-M0001');
  expect(retakeHref(application!, '/review')).toBe('/review/app');
  expect(retakeHref(own!, '/desk')).toBe('/desk/draft/draft/materials');
});
