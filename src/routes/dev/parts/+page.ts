/** Every part in every state, for those who build pages. Invariant: development only; a built app answers 404. */
import { dev } from '$app/environment';
import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';

export const ssr = false;

export const load: PageLoad = async () => {
  // the constant lets the build leave the parts' page out
  if (dev) return { Parts: (await import('./AllParts.svelte')).default };
  error(404, '没有这个页面');
};
