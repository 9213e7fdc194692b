/** The city: its counties, and items by words, topic, department and people. */
import { error } from '@sveltejs/kit';
import { wantedOf } from '#lib/server/guide/browse.ts';
import { viewCity } from '#lib/server/guide/region.ts';
import { theOffice } from '#lib/server/office.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => {
  const view = await viewCity(theOffice().store, wantedOf(url.searchParams));
  if (!view) error(404, '这里还没有发布办事指南');
  return view;
};
