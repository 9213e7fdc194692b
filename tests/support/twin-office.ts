/** A second process of the same office, as far as one test process can have it: its own connections, caches and turns. */
import type { Store } from '#lib/server/db/store.ts';
import { freshParts, type Office } from '#lib/server/office.ts';
import { doors } from './town.ts';
import type { Reach } from './wire-client.ts';

export const twinOf = (office: Office, store: Store): Office => ({
  ...office,
  store,
  ...freshParts(),
});

/** Requests go to the offices in turn, as a balancer sends them. */
export function inTurn(...offices: Office[]): Reach {
  const reaches = offices.map((office) => doors(office));
  let next = 0;
  return (request) => reaches[next++ % reaches.length]!(request);
}
