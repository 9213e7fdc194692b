/** What this device holds about people, read live for told-before.ts. */
import { applications } from '#lib/client/state/applications.svelte.ts';
import { drafts } from '#lib/client/state/drafts.svelte.ts';
import type { Told } from './told-before.ts';

/** Empty while it is read. `draft`: the one at hand, which tells nothing new. */
export const toldHere = (draft: string): Told => ({
  applications: (applications.value ?? []).flatMap(({ state }) => state ?? []),
  drafts: (drafts.value ?? []).flatMap(({ id, content }) =>
    id === draft || content === null ? [] : [content],
  ),
});
