import { expect, test } from 'vitest';
import { addDays } from '#lib/domain/day.ts';
import { applicationIn, item, TODAY } from '../../../../tests/support/builders.ts';
import { similarCases } from './similar-cases.ts';

const app = { ...applicationIn('pending'), id: 'this' };
const other = (change: Partial<typeof app>) => ({ ...app, id: 'other', ...change });

test('the same person, the same item, within thirty days: however the number was typed', () => {
  const { applicant } = app;
  const spaced = { ...applicant, idNumber: applicant.idNumber.replace(/^(\d{6})/, '$1 ') };
  const [found] = similarCases(
    app,
    [app, other({ applicant: spaced, receivedOn: addDays(TODAY, -30) })],
    TODAY,
  );
  expect(found).toMatchObject({ id: 'other', text: '8 月 19 日收的那件，现在待受理' });
});

test('longer ago, another item, another person, or itself are not', () => {
  const stranger = { ...app.applicant, idNumber: '410526196001019001' };
  expect(
    similarCases(
      app,
      [
        app,
        other({ receivedOn: addDays(TODAY, -31) }),
        other({ item: { code: item().code.replace(/0$/, '9'), hash: '' } }),
        other({ applicant: stranger }),
      ],
      TODAY,
    ),
  ).toEqual([]);
});
