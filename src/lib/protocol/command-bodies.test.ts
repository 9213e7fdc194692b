/** Shapes that would make the rulebook throw never reach it: such a command is refused as `invalid`, not parked. */
import { expect, it } from 'vitest';
import { receiveBody } from '../../../tests/support/builders.ts';
import { readBody } from './read-body.ts';

const amend = (field: string, to: unknown) => readBody('amend', { fields: { [field]: { from: null, to } } });
const { applicant } = receiveBody();

it.each([
  ['applicant', null],
  ['applicant', 'x'],
  ['applicant', { ...applicant, rank: 1 }],
  ['handler', { kind: 'proxy' }],
  ['answers.livingMode', { deep: { deeper: 1 } }],
])('amend of %s to %j is no amend', (field, to) => expect(amend(field, to)).toBeNull());

it('amend takes what receive takes, and null takes an answer away', () => {
  for (const [field, to] of [
    ['applicant', applicant],
    ['handler', { kind: 'self' }],
    ['answers.livingMode', '其他'],
    ['answers.livingMode', null],
  ] as const)
    expect(amend(field, to)).not.toBeNull();
});
