import type { HandleClientError } from '@sveltejs/kit';
import { navigating } from '$app/state';
import { loadAnew } from '#lib/client/state/lost-file.ts';

/** In the words of the counter; what was thrown goes to the browser's console, as it would without this. */
export const handleError: HandleClientError = ({ error, status }) => {
  if (status === 404) return { message: '没有这一页' };
  reportError(error);
  return { message: '这一页没能打开' };
};

// the page that one goes to, or the one whose part did not come
addEventListener('vite:preloadError', () => loadAnew((navigating.to?.url ?? location).href));
