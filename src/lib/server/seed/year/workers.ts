/** Which person of a counter or station does what: the same case stays with the same clerk, and its department's reviewer. */
import type { Role } from '#lib/domain/roles.ts';
import type { Life } from './cast.ts';
import type { Person } from './ground.ts';
import type { Doer } from './story.ts';

const having = (people: readonly Person[], role: Role): Person[] =>
  people.filter(({ roles }) => roles.includes(role));

/** One of them, by the case. */
const one = (people: readonly Person[], { casting, id }: Life): Person => {
  const found = people[Number.parseInt(id.slice(-6), 16) % people.length];
  if (!found) throw new Error(`nobody does this work at ${casting.township.counter.fullName}`);
  return found;
};

export function workerFor(life: Life, doer: Exclude<Doer, 'villager'>): Person {
  const { place, township } = life.casting;
  if (doer === 'agent') return one(having(place.people, 'agent'), life);
  const people = having(township.counter.people, doer);
  if (doer !== 'reviewer') return one(people, life);
  const own = people.filter(({ department }) => department === life.item.department);
  return one(own.length > 0 ? own : people, life);
}
