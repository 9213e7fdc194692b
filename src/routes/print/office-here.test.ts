import { expect, test } from 'vitest';
import { officeHere } from './office-here.ts';

const contact = { organ: '白道口镇', phone: '0372-0000000', supervision: '0372-0000001' };
const sites = [
  { id: 'S1', name: '白道口镇便民服务中心' },
  { id: 'S2', name: '许村便民服务站' },
];
const township = { site: { id: 'S1', fullName: '白道口镇', level: 'township' }, contact };

test('a township names the village station that received, not its own counter', () => {
  expect(officeHere({ device: township, sites }, { site: 'S2' })?.station).toBe('白道口镇许村便民服务站');
  expect(officeHere({ device: township, sites }, { site: 'S1' })?.station).toBeNull();
});

test('a station whose name has not arrived yet is left out rather than guessed', () => {
  expect(officeHere({ device: township, sites }, { site: 'S9' })?.station).toBeNull();
});

test('before enrolment there is no office', () => {
  expect(officeHere({ device: null, sites: [] }, null)).toBeNull();
});
