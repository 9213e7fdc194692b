/** What may be written about a release. */
import { expect, test } from 'vitest';
import { sampleIdNumber } from '#lib/domain/sample-identity.ts';
import { LONGEST_NOTE, noteProblem } from './release-note.ts';

test('a reason passes, with figures and document numbers in it', () => {
  expect(noteProblem('安政数〔2026〕8号：街道 150 项正在补')).toBeUndefined();
  expect(noteProblem('字'.repeat(LONGEST_NOTE))).toBeUndefined();
});

test('what looks like a phone or an identity number is refused, however it is typed; and what is too long', () => {
  const id = sampleIdNumber(0, { birthDate: '1944-03-05', sex: 'female' });
  for (const text of [`${id} 的件`, '找 138-0000 0001', '１３８００００００００１'])
    expect(noteProblem(text)).toContain('个人信息');
  expect(noteProblem('字'.repeat(LONGEST_NOTE + 3))).toBe('最多 200 字，多了 3 字，请删减');
});
