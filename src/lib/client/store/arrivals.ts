/**
 * 结果到站: that the paper of a decision has come from the township to this station, and lies there to be handed over. A note
 * of this device in `meta`; keys hold the application's id, nothing about a person.
 */
import type { Day } from '#lib/domain/day.ts';
import type { Store } from './open-database.ts';
import type { MetaRow } from './rows.ts';
import type { Watch } from './watch.ts';
import { write, type Written } from './write.ts';

export interface Arrival {
  on: Day;
  /** Name of whoever took it in. */
  by: string;
}

const HEAD = 'arrived:';

export const noteArrival = (store: Store, id: string, arrival: Arrival): Promise<Written> =>
  write(store, [], async () => void (await store.db.meta.put({ key: HEAD + id, value: arrival })));

/** It was noted by mistake. */
export const forgetArrival = (store: Store, id: string): Promise<Written> =>
  write(store, [], () => store.db.meta.delete(HEAD + id));

/** For `watch`: by application. */
export const arrivalsWatch = (store: Store): Watch<MetaRow[], ReadonlyMap<string, Arrival>> => ({
  read: () => store.db.meta.where('key').startsWith(HEAD).toArray(),
  then: (rows) =>
    Promise.resolve(new Map(rows.map(({ key, value }) => [key.slice(HEAD.length), value as Arrival]))),
});

/** Notes of applications that are not here any more go. */
export const tidyArrivals = (store: Store): Promise<Written> =>
  write(store, ['applications', 'outbox'], async () => {
    const { meta, applications, outbox } = store.db;
    const keys = (await meta.where('key').startsWith(HEAD).primaryKeys()).map(String);
    for (const key of keys) {
      const id = key.slice(HEAD.length);
      const here = await applications.where('id').equals(id).count();
      if (here === 0 && (await outbox.where({ applicationId: id }).count()) === 0) await meta.delete(key);
    }
  });
