import { describe, expect, it } from 'vitest';
import { actor, applicationIn, command, facts, perform, TODAY } from '../../../tests/support/builders.ts';
import { decide } from './decide.ts';

const by = (id: string, role: 'clerk' | 'reviewer' | 'head' = 'clerk') =>
  facts({ actor: { ...actor(role), id } });

describe('认领', () => {
  const claimed = perform(applicationIn('pending'), [[command('claim'), by('p-1')]]);

  it('says who has it in hand since when, and changes no state', () => {
    expect(claimed.claim).toEqual({ by: 'p-1', name: '赵示范', on: TODAY });
    expect(claimed.state).toBe('pending');
  });
  it('is refused while somebody has it, whoever asks', () => {
    for (const id of ['p-1', 'p-2'])
      expect(decide(claimed, command('claim'), by(id))).toMatchObject({ reason: 'claimed' });
  });
  it('hinders nobody from acting', () => {
    expect(decide(claimed, command('accept'), by('p-2'))).toMatchObject([{ is: 'accepted' }]);
  });
  it('is given back by whoever has it, or by a head; then it is free again', () => {
    expect(decide(claimed, command('release'), by('p-2'))).toMatchObject({ reason: 'notClaimed' });
    for (const free of [by('p-1'), by('p-2', 'head')]) {
      const released = perform(claimed, [[command('release'), free]]);
      expect(released.claim).toBeNull();
      expect(perform(released, [[command('claim'), by('p-2')]]).claim?.by).toBe('p-2');
    }
    expect(decide(applicationIn('pending'), command('release'), by('p-1'))).toMatchObject({
      reason: 'notClaimed',
    });
  });
});
