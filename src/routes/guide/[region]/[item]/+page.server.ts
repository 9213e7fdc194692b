/** The guide of one item in a region. */
import { error } from '@sveltejs/kit';
import { viewItem } from '#lib/server/guide/item.ts';
import { theOffice } from '#lib/server/office.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const view = await viewItem(theOffice().store, params.region, params.item);
  if (!view) error(404, '这个地方没有这个事项的办事指南');
  return view;
};
