/** Buttons appear only where the table of acts allows them, and say what stands in the way. */
import { expect, test } from 'vitest';
import { STATES } from '#lib/domain/state.ts';
import { tableVerdict } from '#lib/domain/transitions.ts';
import type { KnownFacts } from '#lib/domain/facts.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Role } from '#lib/domain/roles.ts';
import {
  actor,
  applicationIn,
  command,
  facts,
  item,
  perform,
  receiveBody,
} from '../../../../tests/support/builders.ts';
import { ACT_KEYS, actOfKey, actsFor, canBeHandedIn, type ACT_KINDS } from './act-kinds.ts';

const licence = item({ resultType: 'licence' });
const as = (role: Role | Role[], of: Item = item()): KnownFacts => ({
  ...facts({ actor: actor(...[role].flat()) }),
  item: of,
});
const kinds = (...args: Parameters<typeof actsFor>): string[] => actsFor(...args).map((act) => act.kind);

test('never an act that the table forbids, in any state, for any role', () => {
  const roles: Role[] = ['agent', 'clerk', 'reviewer', 'head', 'admin', 'releaser', 'auditor'];
  let offered = 0;
  for (const state of STATES) {
    const app = applicationIn(state, facts({ item: licence }));
    for (const role of roles) {
      for (const kind of kinds(app, as(role, licence))) {
        expect(
          tableVerdict(state, kind as (typeof ACT_KINDS)[number], [role]),
          `${state} ${kind} ${role}`,
        ).toBe('allowed');
        offered += 1;
      }
    }
  }
  expect(offered).toBeGreaterThan(30);
});

test('a clerk on a new case: accept first, 当场办结 only for an 即办件', () => {
  const app = applicationIn('pending');
  expect(kinds(app, as('clerk'))).toEqual([
    'accept',
    'requestCorrection',
    'refuseAcceptance',
    'addMaterial',
    'withdraw',
    'void',
  ]);
  expect(kinds(app, as('clerk', item({ handling: '即办件' })))).toContain('settle');
  expect(kinds(app, as('reviewer'))).toEqual([]);
  expect(kinds(app, as('head'))).toEqual([]);
});

test('acceptance is blocked by name while a necessary material is missing', () => {
  const body = receiveBody({
    materials: [
      { code: 'M0001', status: 'received', kind: '原件', copies: 1 },
      { code: 'M0002', status: 'missing', kind: '原件', copies: 0 },
      { code: 'M0026', status: 'notNeeded', kind: '原件', copies: 0 },
    ],
  });
  const app = perform(null, [[command('receive', body), facts()]]);
  expect(actsFor(app, as('clerk'))[0]).toEqual({ kind: 'accept', blocked: '缺“居民户口簿”，先一次告知补正' });
});

test('acceptance waits for a photo that has not reached the office', () => {
  const photos = [{ sha256: 'b'.repeat(64), size: 9000, type: 'jpeg' as const }];
  const body = receiveBody({
    materials: [
      { code: 'M0001', status: 'received', kind: '原件', copies: 1, photos },
      { code: 'M0002', status: 'received', kind: '原件', copies: 1 },
      { code: 'M0026', status: 'notNeeded', kind: '原件', copies: 0 },
    ],
  });
  const app = perform(null, [[command('receive', body), facts()]]);
  expect(actsFor(app, as('clerk'))[0]?.blocked).toBe('“居民身份证”的照片还没传到，等到齐再办');
});

test('a decision waits for a review, and is not made by who reviewed', () => {
  const app = applicationIn('examining');
  const decideOf = (state: typeof app, role: Role[]) =>
    actsFor(state, as(role)).find((act) => act.kind === 'decide');
  expect(decideOf(app, ['head'])?.blocked).toContain('先要有审查意见');
  const both = actor('reviewer', 'head');
  const reviewed = perform(app, [[command('review'), facts({ actor: both })]]);
  expect(decideOf(reviewed, ['reviewer', 'head'])?.blocked).toContain('不能是同一个人');
  expect(decideOf(reviewed, ['head'])).toEqual({ kind: 'decide' });
});

test('a granted licence is made before it is handed over; a document needs no making', () => {
  const granted = applicationIn('decided', facts({ item: licence }));
  expect(kinds(granted, as('clerk', licence))).toContain('makeLicence');
  expect(actsFor(granted, as('clerk', licence)).find((act) => act.kind === 'deliver')?.blocked).toContain(
    '先制证出件',
  );
  const made = applicationIn('ready', facts({ item: licence }));
  expect(actsFor(made, as('clerk', licence)).find((act) => act.kind === 'deliver')).toEqual({
    kind: 'deliver',
  });
  const document = applicationIn('decided');
  expect(kinds(document, as('clerk'))).not.toContain('makeLicence');
});

test('a closed case offers nothing', () => {
  for (const state of ['settled', 'refused', 'withdrawn', 'void'] as const) {
    expect(kinds(applicationIn(state), as(['clerk', 'reviewer', 'head']))).toEqual([]);
  }
});

test('after acceptance the counter takes only what was to be handed in later', () => {
  const tolerated = receiveBody({
    materials: receiveBody().materials.map((m) =>
      m.code === 'M0002' ? { ...m, status: 'tolerated' as const, copies: 0 } : m,
    ),
  });
  const clerk = facts({ actor: actor('clerk') });
  const accepted = perform(null, [
    [command('receive', tolerated), facts()],
    [command('accept'), clerk],
  ]);
  expect(kinds(accepted, as('clerk'))).toContain('addMaterial');
  expect(canBeHandedIn(accepted, item()).map(({ code }) => code)).toEqual(['M0002']);
  expect(kinds(applicationIn('accepted'), as('clerk'))).not.toContain('addMaterial');
});

test('a corrected case can be supplied over the counter', () => {
  expect(kinds(applicationIn('correction'), as('clerk'))).toEqual([
    'supplyCorrection',
    'addMaterial',
    'withdraw',
    'void',
  ]);
});

test('each key opens one act, and none is a key that moves or looks', () => {
  const keys = Object.values(ACT_KEYS);
  expect(new Set(keys).size).toBe(keys.length);
  for (const other of ['J', 'K', 'C', 'U', 'X', '/', '?']) expect(keys).not.toContain(other);
  expect(actOfKey('n')).toBe('refuseAcceptance');
  expect(actOfKey('z')).toBeUndefined();
});
