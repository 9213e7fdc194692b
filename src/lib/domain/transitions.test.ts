/** The product states × commands × roles, whole: the published table is the oracle, the rulebook must agree with it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applicationIn, command, facts, item } from '../../../tests/support/builders.ts';
import { COMMAND_KINDS, type CommandKind } from './commands.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { isRefusal } from './refusal.ts';
import { ROLES, type Role } from './roles.ts';
import { STATES, type Application, type State } from './state.ts';
import { tableVerdict, type From } from './transitions.ts';

const LETTERS: Record<string, Role> = {
  代: 'agent',
  窗: 'clerk',
  审: 'reviewer',
  决: 'head',
  众: 'villager',
  系: 'office',
};
const FROMS: From[] = ['none', ...STATES];

/** The table of docs/protocol.md: command → state → roles. */
function publishedTable(): Map<string, Map<string, Role[]>> {
  const doc = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8').split('\n');
  const start = doc.findIndex((line) => /^\| command +\| none /.test(line));
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const states = cells(doc[start]!).slice(1);
  const rows = doc.slice(start + 2, start + 2 + COMMAND_KINDS.length).map(cells);
  return new Map(
    rows.map(([kind, ...row]) => [
      kind!,
      new Map(row.map((cell, i) => [states[i]!, [...cell].flatMap((letter) => LETTERS[letter] ?? [])])),
    ]),
  );
}

const table = publishedTable();
const rolesIn = (kind: CommandKind, from: From): Role[] => table.get(kind)!.get(from)!;
const rolesOf = (kind: CommandKind): Set<Role> => new Set([...table.get(kind)!.values()].flat());

it('the published table names every command and every state, once', () => {
  expect([...table.keys()].sort()).toEqual([...COMMAND_KINDS].sort());
  for (const row of table.values()) expect([...row.keys()]).toEqual(FROMS);
});

describe.each([...COMMAND_KINDS])('%s', (kind) => {
  it.each(FROMS)('from %s: every role as published', (from) => {
    for (const role of ROLES) {
      const expected = rolesIn(kind, from).includes(role)
        ? 'allowed'
        : rolesOf(kind).has(role)
          ? 'state'
          : 'forbidden';
      expect(tableVerdict(from, kind, [role]), role).toBe(expected);
    }
  });
});

/** Where each command leads, from design application.md; those without an entry change no state. */
const LEADS: Partial<Record<CommandKind, State>> = {
  receive: 'pending',
  supplyCorrection: 'pending',
  withdraw: 'withdrawn',
  accept: 'accepted',
  requestCorrection: 'correction',
  refuseAcceptance: 'refused',
  settle: 'settled',
  assign: 'examining',
  decide: 'decided',
  makeLicence: 'ready',
  deliver: 'settled',
  forward: 'forwarded',
  void: 'void',
  suspend: 'suspended',
  resume: 'examining',
  deemAccepted: 'accepted',
  lapse: 'lapsed',
};

/** Cells that the table allows and a guard still refuses for the plain body of this test, with the guard's reason. */
const GUARDED: Record<string, string> = {
  'decide from examining': 'noReview',
  'overdue from correction': 'notDue',
  ...Object.fromEntries(
    ['pending', 'correction', 'accepted', 'examining', 'suspended', 'decided', 'ready'].map((from) => [
      `release from ${from}`,
      'notClaimed',
    ]),
  ),
  ...Object.fromEntries(
    ['accepted', 'examining', 'suspended', 'decided', 'ready'].flatMap((from) => [
      [`addMaterial from ${from}`, 'notTolerated'],
      [`overdue from ${from}`, 'notDue'],
    ]),
  ),
  ...Object.fromEntries(STATES.map((from) => [`photoVerified from ${from}`, 'noSuchMaterial'])),
};

/** An item under which the command is the right one. */
function factsFor(kind: CommandKind, from: From) {
  return facts({
    item: item({
      ...(kind === 'makeLicence' || from === 'ready' ? { resultType: 'licence' as const } : {}),
      ...(kind === 'settle' ? { levels: ['village' as const] } : {}),
      ...(kind === 'deemAccepted' ? { type: '行政许可' as const } : {}),
    }),
    ...(['deemAccepted', 'lapse', 'overdue'].includes(kind) ? { now: '2026-12-01T02:00:00.000Z' } : {}),
  });
}

function play(state: Application | null, kind: CommandKind, role: Role, from: From): State | string {
  const at = { ...factsFor(kind, from), actor: { id: `judge-${role}`, name: '钱示范', roles: [role] } };
  const verdict = decide(state, command(kind), at);
  if (isRefusal(verdict)) return `${verdict.refused}: ${verdict.reason}`;
  const events = verdict.entries();
  let current = state;
  for (const [, event] of events) {
    const rev = (current?.rev ?? 0) + 1;
    current = evolve(current, { applicationId: 'app-1', rev, actor: at.actor, now: at.now, event });
  }
  return current!.state;
}

describe('decide keeps to the table and leads where it says', () => {
  const cells = COMMAND_KINDS.flatMap((kind) => FROMS.map((from) => ({ kind, from })));

  it.each(cells)('$kind from $from', ({ kind, from }) => {
    const state = from === 'none' ? null : applicationIn(from, { ...factsFor(kind, from), now: facts().now });
    for (const role of ROLES) {
      const result = play(state, kind, role, from);
      if (rolesIn(kind, from).includes(role)) {
        const guard = GUARDED[`${kind} from ${from}`];
        const lead = LEADS[kind] ?? from;
        expect(guard === undefined ? result : result.split(': ')[1], role).toBe(guard ?? lead);
      } else if (!rolesOf(kind).has(role)) {
        expect(result, role).toBe('forbidden: notAllowed');
      } else {
        expect(result, role).toMatch(/^(state: (exists|closed|wrongState)|forbidden: unknownApplication)$/);
      }
    }
  });
});
