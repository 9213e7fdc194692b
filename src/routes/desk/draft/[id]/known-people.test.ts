import { expect, test } from 'vitest';
import { newDraft, type Draft } from '#lib/domain/draft.ts';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import type { Application } from '#lib/domain/state.ts';
import { NOW, receiveBody, TODAY } from '../../../../../tests/support/builders.ts';
import { knownProxy, knownRelatives } from './known-people.ts';
import type { Told } from './told-before.ts';

const [mother, son, child, neighbour] = [1, 2, 3, 4].map((n) => {
  const { name, idKind, idNumber, phone } = samplePerson(n);
  return { name, idKind, idNumber, phone };
}) as [Person, Person, Person, Person];
type Person = { name: string; idKind: 'residentId'; idNumber: string; phone: string };

function draftOf(person: Partial<Person>): Draft {
  const draft = newDraft('d', { code: '410511005000', hash: 'a'.repeat(64) }, NOW);
  return { ...draft, applicant: { ...draft.applicant, ...person } };
}
const applied = (applicant: object, handler: object = { kind: 'self' }): Application =>
  ({
    ...receiveBody(),
    applicant: { ...receiveBody().applicant, ...applicant },
    handler,
  }) as unknown as Application;
const proxy = (person: Person, relation: string) => ({
  kind: 'proxy',
  ...person,
  relation,
  acts: ['填表'],
  authorisation: { kind: 'paper', by: mother.name },
});
const told = (...applications: Application[]): Told => ({ applications, drafts: [] });
const relatives = (person: Person, before: Told) =>
  knownRelatives(draftOf(person).applicant, before, TODAY).map(({ name, relation }) => [name, relation]);

test('a village agent’s own number is asked for once on a device', () => {
  const before = told(applied(mother, proxy(neighbour, '村（社区）代办员')));
  const { idKind, idNumber, phone } = neighbour;
  expect(knownProxy([...neighbour.name].join(' '), before)).toEqual({ idKind, idNumber, phone });
  expect(knownProxy('李示例', before)).toBeNull();
});

test('a relative who acted is offered again, and finds the other in turn', () => {
  const before = told(
    applied(mother, proxy(son, '子女')),
    applied({ ...child, guardian: { ...son, relation: '父母' } }),
  );
  expect(relatives(mother, before)).toEqual([[son.name, '子女']]);
  expect(relatives(child, before)).toEqual([[son.name, '父母']]);
  expect(relatives(son, before)).toEqual([
    [child.name, '子女'],
    [mother.name, '父母'],
  ]);
});

test('neighbours and agents are no relatives, and nobody comes twice', () => {
  const before = told(
    applied(mother, proxy(neighbour, '邻居')),
    applied(mother, proxy(son, '子女')),
    applied(mother, proxy(son, '子女')),
  );
  expect(relatives(mother, before)).toEqual([[son.name, '子女']]);
  expect(relatives(neighbour, before)).toEqual([]);
});
