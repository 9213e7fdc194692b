/** 自己的常用语 of a member of staff on this device: what they write again and again. In `meta`, never sent. */
import type { Store } from './open-database.ts';
import type { Watch } from './watch.ts';
import { write, type Written } from './write.ts';

const keyOf = (staff: string): string => `phrases:${staff}`;

/** For `watch`: latest first. */
export const ownPhrasesWatch = (
  store: Store,
  staff: string,
): Watch<readonly string[], readonly string[]> => ({
  read: async () => ((await store.db.meta.get(keyOf(staff)))?.value as string[] | undefined) ?? [],
  then: (phrases) => Promise.resolve(phrases),
});

/** `change` gets what is kept now, so that two tabs lose nothing of each other. */
export const changeOwnPhrases = (
  store: Store,
  staff: string,
  change: (phrases: readonly string[]) => readonly string[],
): Promise<Written> =>
  write(store, [], async () => {
    const kept = ((await store.db.meta.get(keyOf(staff)))?.value as string[] | undefined) ?? [];
    await store.db.meta.put({ key: keyOf(staff), value: [...change(kept)] });
  });
