/**
 * Who may do what from where: the table of design application.md, closed. docs/protocol.md publishes the product
 * states × commands × roles from this table and a test walks every cell. Guards that need facts are in decide.ts.
 */
import type { CommandKind } from './commands.ts';
import type { Role } from './roles.ts';
import { STATES, type State } from './state.ts';

/** `none`: the application does not exist yet. */
export type From = State | 'none';

export interface Rule {
  from: readonly From[];
  roles: readonly Role[];
}

const OPEN: readonly From[] = [
  'pending',
  'correction',
  'accepted',
  'examining',
  'suspended',
  'decided',
  'ready',
];

export const RULES: Record<CommandKind, Rule> = {
  receive: { from: ['none'], roles: ['agent', 'clerk'] },
  amend: { from: ['pending', 'correction'], roles: ['agent', 'clerk'] },
  // beyond `correction` only a tolerated (容缺) material, until its term: guard in decide.ts
  addMaterial: {
    from: ['pending', 'correction', 'accepted', 'examining', 'suspended', 'decided', 'ready'],
    roles: ['agent', 'clerk'],
  },
  supplyCorrection: { from: ['correction'], roles: ['agent', 'clerk'] },
  withdraw: {
    from: ['pending', 'correction', 'accepted', 'examining', 'suspended'],
    roles: ['agent', 'clerk'],
  },
  accept: { from: ['pending'], roles: ['clerk'] },
  requestCorrection: { from: ['pending'], roles: ['clerk'] },
  refuseAcceptance: { from: ['pending'], roles: ['clerk'] },
  // an agent only for items whose only level is village: guard in decide.ts
  settle: { from: ['pending'], roles: ['clerk', 'agent'] },
  // says who has it in hand; changes no state and hinders nobody
  claim: { from: OPEN, roles: ['clerk', 'reviewer', 'head'] },
  release: { from: OPEN, roles: ['clerk', 'reviewer', 'head'] },
  assign: { from: ['accepted'], roles: ['clerk'] },
  review: { from: ['examining'], roles: ['reviewer'] },
  decide: { from: ['examining'], roles: ['head'] },
  makeLicence: { from: ['decided'], roles: ['clerk'] },
  deliver: { from: ['decided', 'ready'], roles: ['clerk', 'agent'] },
  forward: { from: ['accepted', 'examining'], roles: ['clerk'] },
  void: { from: OPEN, roles: ['clerk'] },
  suspend: { from: ['examining'], roles: ['reviewer'] },
  resume: { from: ['suspended'], roles: ['reviewer'] },
  extend: { from: ['examining'], roles: ['head'] },
  rate: { from: ['settled'], roles: ['villager'] },
  deemAccepted: { from: ['pending'], roles: ['office'] },
  lapse: { from: ['correction'], roles: ['office'] },
  overdue: { from: OPEN, roles: ['office'] },
  // a photo may arrive long after its application was closed
  photoVerified: { from: STATES, roles: ['office'] },
};

export type TableVerdict = 'allowed' | 'forbidden' | 'state';

/** What the table alone says; role is judged before state. */
export function tableVerdict(from: From, kind: CommandKind, roles: readonly Role[]): TableVerdict {
  const rule = RULES[kind];
  if (!rule.roles.some((role) => roles.includes(role))) return 'forbidden';
  return rule.from.includes(from) ? 'allowed' : 'state';
}
