/** Whatever else is asked for below /guide is a page that is not there, in Chinese. */
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => error(404, '没有这一页');
