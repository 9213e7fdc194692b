import { expect, test } from 'vitest';
import type { MaterialEntry } from '#lib/domain/materials.ts';
import { putAway, withPhotosByStatus } from './put-away.ts';

const photo = { sha256: 'a'.repeat(64), size: 9, type: 'jpeg' as const };
const entry = (change: Partial<MaterialEntry> = {}): MaterialEntry => ({
  code: 'M0001',
  status: 'received',
  kind: '原件',
  copies: 1,
  ...change,
});

test('a slip from 已收 to 缺 and back costs no photo', () => {
  const away = withPhotosByStatus('d1', entry({ status: 'missing', photos: [photo] }));
  expect(away).not.toHaveProperty('photos');
  expect(putAway('d1', 'M0001')).toBe(1);
  expect(withPhotosByStatus('d1', entry({ status: 'tolerated' }))).not.toHaveProperty('photos');
  expect(withPhotosByStatus('d1', entry()).photos).toEqual([photo]);
  expect(putAway('d1', 'M0001')).toBe(0);
});

test('photos of another draft or another material do not come up', () => {
  withPhotosByStatus('d2', entry({ status: 'missing', photos: [photo] }));
  expect(withPhotosByStatus('d3', entry())).toEqual(entry());
  expect(withPhotosByStatus('d2', entry({ code: 'M0002' }))).toEqual(entry({ code: 'M0002' }));
});

test('photos taken meanwhile win over those put away', () => {
  withPhotosByStatus('d4', entry({ status: 'missing', photos: [photo] }));
  const newer = { ...photo, sha256: 'b'.repeat(64) };
  expect(withPhotosByStatus('d4', entry({ photos: [newer] })).photos).toEqual([newer]);
  expect(putAway('d4', 'M0001')).toBe(0);
});
