import { expect, test } from 'vitest';
import { deviceQuery, readDeviceView } from './device-view.ts';

test('an address says which devices are listed, and what it cannot mean is left out', () => {
  const view = readDeviceView(new URLSearchParams({ d: 'xc', is: '乱写', page: '1e9' }));
  expect(view).toEqual({ query: 'xc', standing: '', page: 9999 });
  const silent = { ...view, standing: 'silent' } as const;
  expect(readDeviceView(new URLSearchParams(deviceQuery(silent, 2)))).toEqual({ ...silent, page: 2 });
  expect(deviceQuery({ query: '', standing: '', page: 4 }, 1)).toBe('');
});
