import { expect, it } from 'vitest';
import { readBankCard } from './bank-card.ts';
import { readIdNumber } from './identity.ts';
import { readPersonName } from './person-name.ts';
import { readPhone } from './phone.ts';
import { sampleBankCard, sampleIdNumber, samplePerson } from './sample-identity.ts';

const today = '2026-09-23';

it('made-up people pass every check', () => {
  for (let n = 0; n < 3000; n += 1) {
    const { name, idKind, idNumber, birthDate, sex, phone } = samplePerson(n);
    expect(readIdNumber(idKind, idNumber, today)).toEqual({ ok: true, number: idNumber, birthDate, sex });
    expect(readPersonName(name)).toEqual({ ok: true, name });
    expect(readPhone(phone).ok).toBe(true);
    expect(readBankCard(sampleBankCard(n)).ok).toBe(true);
  }
});

it('no two have the same number', () => {
  const numbers = new Set(Array.from({ length: 60_000 }, (_, n) => sampleIdNumber(n)));
  expect(numbers.size).toBe(60_000);
});

it('the same integer is the same person, obviously made up', () => {
  expect(samplePerson(1)).toEqual(samplePerson(1));
  expect(samplePerson(0).name).toBe('王示例');
  expect(samplePerson(1).phone).toBe('13800000001');
  expect(samplePerson(7).idNumber).toMatch(/^410526\d{8}9\d\d[\dX]$/);
});

it('birth date and sex can be asked for', () => {
  const person = samplePerson(5, { birthDate: '1946-05-01', sex: 'female' });
  expect(person).toMatchObject({ birthDate: '1946-05-01', sex: 'female' });
  expect(readIdNumber('residentId', person.idNumber, today)).toMatchObject({
    birthDate: '1946-05-01',
    sex: 'female',
  });
});
