/** Whose application a row of the sync centre is about, and where it is opened. Pure. */
import type { ApplicationView, ItemCache } from '#lib/client/state/applications.svelte.ts';
import type { OutboxItem } from '#lib/client/state/sync-center.svelte.ts';
import { maskName } from '#lib/domain/masking.ts';

export type Home = '/desk' | '/review';

/** 王*例·老年人高龄津贴认定 */
export function titleOf(
  view: Pick<ApplicationView, 'state'> | null,
  steps: readonly Pick<OutboxItem, 'command' | 'itemHash'>[],
  items: Pick<ItemCache, 'get'>,
): string {
  const state = view?.state ?? null;
  const receive = steps.find(({ command }) => command?.kind === 'receive');
  const body = receive?.command?.kind === 'receive' ? receive.command.body : undefined;
  const name = state?.applicant.name ?? body?.applicant.name;
  const hash = receive?.itemHash ?? state?.item.hash;
  const item = hash == null ? undefined : items.get(hash);
  return `${name === undefined ? '一件' : maskName(name)}·${item?.name ?? '事项'}`;
}

/** The item versions that such a row names. */
export const citedBy = (
  view: Pick<ApplicationView, 'state'> | null,
  steps: readonly Pick<OutboxItem, 'itemHash'>[],
): string[] => [...steps, { itemHash: view?.state?.item.hash }].flatMap(({ itemHash }) => itemHash ?? []);

/** undefined where this device cannot show it. */
export function linkOf(view: Pick<ApplicationView, 'id' | 'state'> | null, home: Home): string | undefined {
  if (!view?.state) return undefined;
  return home === '/desk' ? `/desk/applications/${view.id}` : `/review/${view.id}`;
}
