/**
 * How a release spreads (范围): drawn up (拟定) by one, released (发布) by another to the pilot sites, then to one township,
 * then to all; held and resumed on the way; taken back (退回) by a new release with the old contents. Pure: who may take
 * which step from where, and why not. Invariants: whoever drew it up never releases it; only the newest release moves;
 * a held one spreads no further; nothing ever leads a site back to an older number.
 */
import type { Role } from '#lib/domain/roles.ts';

export const STAGES = ['drawn', 'withdrawn', 'pilot', 'township', 'all'] as const;
export type Stage = (typeof STAGES)[number];
/** The rings, in the order in which they are reached. */
export const RINGS = ['pilot', 'township', 'all'] as const;
export type Ring = (typeof RINGS)[number];

/** What happens to a plan, as its history names it. */
export type StepName = 'drawn' | 'withdrawn' | Ring | 'held' | 'resumed' | 'undone';
/** What a person can ask for. `release`: the first ring; `undo`: draw up what takes it back. */
export type Step = 'release' | 'withdraw' | 'township' | 'all' | 'hold' | 'resume' | 'undo';

/** What is known of a plan when a step is asked for. */
export interface PlanStanding {
  stage: Stage;
  held: boolean;
  /** A released plan has taken it back. */
  undone: boolean;
  /** It takes another back: then it begins with whoever had that one. */
  takesBack: boolean;
  /** A later plan of the county is released. */
  superseded: boolean;
  madeBy: string;
  /** Pilot sites that are open. */
  pilots: number;
  /** Sites that would fall below the minimum, and nobody has written why that may be. */
  unexplained: number;
  /** There is something in force to go back to. */
  hasBase: boolean;
  /** Another plan of the county is drawn up and not yet released or withdrawn. */
  otherDrawn: boolean;
  /** That one takes this one back. */
  undoDrawn: boolean;
}

export type StepRefusal =
  | 'samePerson'
  | 'notReleaser'
  | 'noPilots'
  | 'short'
  | 'notDrawn'
  | 'notNext'
  | 'held'
  | 'notHeld'
  | 'superseded'
  | 'undone'
  | 'noBase'
  | 'otherDrawn'
  | 'undoDrawn';

/** Steps that make a release spread: a releaser's. Holding it back, anybody who keeps the county's lists may. */
const SPREADING: readonly Step[] = ['release', 'township', 'all', 'resume'];

/** Why this person may not take this step now; null when it is free. */
export function refuseStep(
  plan: PlanStanding,
  step: Step,
  person: { id: string; roles: readonly Role[] },
): StepRefusal | null {
  const { stage } = plan;
  if (step === 'release' || step === 'withdraw') {
    if (stage !== 'drawn') return 'notDrawn';
    if (step === 'withdraw') return null;
    if (person.id === plan.madeBy) return 'samePerson';
  }
  if (SPREADING.includes(step) && !person.roles.includes('releaser')) return 'notReleaser';
  if (step === 'release') {
    if (plan.pilots === 0 && !plan.takesBack) return 'noPilots';
    return plan.unexplained > 0 ? 'short' : null;
  }
  if (stage === 'drawn' || stage === 'withdrawn') return 'notNext';
  if (plan.undone) return 'undone';
  if (plan.superseded) return 'superseded';
  switch (step) {
    case 'hold':
      return plan.held ? 'held' : null;
    case 'resume':
      if (!plan.held) return 'notHeld';
      return plan.undoDrawn ? 'undoDrawn' : null;
    case 'undo':
      if (!plan.hasBase) return 'noBase';
      return plan.otherDrawn ? 'otherDrawn' : null;
    case 'township':
    case 'all':
      if (plan.held) return 'held';
      return nextRing(plan) === step ? null : 'notNext';
  }
}

/** Where a released plan goes next; null when it has reached all, or is not released. */
export function nextRing({ stage, takesBack }: Pick<PlanStanding, 'stage' | 'takesBack'>): Ring | null {
  if (stage === 'pilot') return takesBack ? 'all' : 'township';
  return stage === 'township' ? 'all' : null;
}
