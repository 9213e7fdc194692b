/** One item in the whole city: which counties handle it. */
import { error } from '@sveltejs/kit';
import { viewCityItem } from '#lib/server/guide/item.ts';
import { theOffice } from '#lib/server/office.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const view = await viewCityItem(theOffice().store, params.item);
  if (!view) error(404, '没有这个事项的办事指南');
  return { ...view, code: params.item };
};
