import { describe, expect, test } from 'vitest';
import { nextRing, refuseStep, STAGES, type PlanStanding, type Step } from './rollout.ts';
import { STEP_REFUSALS, stageWords } from './rollout-words.ts';

const maker = { id: 'maker', roles: ['admin'] } as const;
const releaser = { id: 'second', roles: ['admin', 'releaser'] } as const;
const plan = (change: Partial<PlanStanding> = {}): PlanStanding => ({
  stage: 'drawn',
  held: false,
  undone: false,
  takesBack: false,
  superseded: false,
  madeBy: 'maker',
  pilots: 3,
  unexplained: 0,
  hasBase: true,
  otherDrawn: false,
  undoDrawn: false,
  ...change,
});
const refused = (
  change: Partial<PlanStanding>,
  step: Step,
  person: typeof maker | typeof releaser = releaser,
) => refuseStep(plan(change), step, person);

describe('two people', () => {
  test('whoever drew it up cannot release it, even as a releaser', () => {
    expect(refuseStep(plan(), 'release', { id: 'maker', roles: ['admin', 'releaser'] })).toBe('samePerson');
    expect(refused({}, 'release')).toBeNull();
  });

  test('spreading takes a releaser; holding back anybody', () => {
    const other = { id: 'third', roles: ['admin'] } as const;
    expect(refuseStep(plan(), 'release', other)).toBe('notReleaser');
    expect(refuseStep(plan({ stage: 'pilot' }), 'township', other)).toBe('notReleaser');
    expect(refuseStep(plan({ stage: 'pilot', held: true }), 'resume', other)).toBe('notReleaser');
    expect(refuseStep(plan({ stage: 'pilot' }), 'hold', other)).toBeNull();
    expect(refuseStep(plan({ stage: 'pilot' }), 'undo', other)).toBeNull();
    expect(refuseStep(plan(), 'withdraw', maker)).toBeNull();
  });
});

describe('ring by ring', () => {
  test.each<[Partial<PlanStanding>, Step, ReturnType<typeof refuseStep>]>([
    [{ pilots: 0 }, 'release', 'noPilots'],
    [{ pilots: 0, takesBack: true }, 'release', null],
    [{ unexplained: 2 }, 'release', 'short'],
    [{ stage: 'pilot' }, 'release', 'notDrawn'],
    [{ stage: 'withdrawn' }, 'withdraw', 'notDrawn'],
    [{}, 'township', 'notNext'],
    [{ stage: 'pilot' }, 'all', 'notNext'],
    [{ stage: 'pilot' }, 'township', null],
    [{ stage: 'township' }, 'township', 'notNext'],
    [{ stage: 'township' }, 'all', null],
    [{ stage: 'all' }, 'all', 'notNext'],
    [{ stage: 'pilot', takesBack: true }, 'all', null],
    [{ stage: 'pilot', held: true }, 'township', 'held'],
    [{ stage: 'pilot', held: true }, 'hold', 'held'],
    [{ stage: 'pilot' }, 'resume', 'notHeld'],
    [{ stage: 'all', held: true }, 'resume', null],
    [{ stage: 'all', held: true, otherDrawn: true }, 'resume', null],
    [{ stage: 'all', held: true, otherDrawn: true, undoDrawn: true }, 'resume', 'undoDrawn'],
    [{ stage: 'pilot', superseded: true }, 'township', 'superseded'],
    [{ stage: 'all', undone: true }, 'hold', 'undone'],
    [{ stage: 'all' }, 'undo', null],
    [{ stage: 'pilot', held: true }, 'undo', null],
    [{ stage: 'all', hasBase: false }, 'undo', 'noBase'],
    [{ stage: 'all', otherDrawn: true }, 'undo', 'otherDrawn'],
    [{}, 'undo', 'notNext'],
  ])('%o: %s → %s', (change, step, answer) => {
    expect(refused(change, step)).toBe(answer);
    if (answer) expect(STEP_REFUSALS[answer].how.length).toBeGreaterThan(5);
  });

  test('every stage has a next ring or none, and words', () => {
    expect(STAGES.map((stage) => nextRing({ stage, takesBack: false }))).toEqual([
      null,
      null,
      'township',
      'all',
      null,
    ]);
    expect(STAGES.map((stage) => stageWords({ stage, held: stage === 'pilot', undone: false }))).toEqual([
      '拟定，等另一人发布',
      '已撤回，没有发布',
      '已放到试点站，已暂停',
      '已放到一个乡镇',
      '已放到全县',
    ]);
  });
});
