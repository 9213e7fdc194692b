/** Why somebody has nothing to do on a case, and whose turn it is: derived from the table of acts. */
import { ROLE_NAMES, type Role } from '#lib/domain/roles.ts';
import { isClosed, STATE_NAMES, type Application } from '#lib/domain/state.ts';
import { RULES } from '#lib/domain/transitions.ts';
import type { CommandKind } from '#lib/domain/commands.ts';

/** The step that brings a state on, by which its turn is told. */
const NEXT: Partial<Record<Application['state'], CommandKind>> = {
  pending: 'accept',
  correction: 'supplyCorrection',
  accepted: 'assign',
  examining: 'review',
  suspended: 'resume',
  decided: 'deliver',
  ready: 'deliver',
};

export function waitsFor(app: Application, roles: readonly Role[]): string {
  if (isClosed(app.state)) return `这件${STATE_NAMES[app.state]}了，没有要办的。`;
  if (app.state === 'correction') return '等申请人补正。补齐后会回到“已补正”队列。';
  const kind = app.state === 'examining' && app.reviews.length > 0 ? 'decide' : NEXT[app.state];
  const turn = kind ? RULES[kind].roles.filter((role) => !roles.includes(role)) : [];
  const names = turn.map((role) => ROLE_NAMES[role]).join('、');
  return names === '' ? '现在没有要您办的。' : `现在由${names}办，您的岗位没有要办的。`;
}
