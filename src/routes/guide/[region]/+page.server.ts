/** A county, township or station: what lies in it and what is handled there. */
import { error, redirect } from '@sveltejs/kit';
import { wantedOf } from '#lib/server/guide/browse.ts';
import { findCity } from '#lib/server/guide/places.ts';
import { viewPlace } from '#lib/server/guide/region.ts';
import { theOffice } from '#lib/server/office.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
  const { store } = theOffice();
  const view = await viewPlace(store, params.region, wantedOf(url.searchParams));
  if (view) return view;
  const city = await store.read(findCity);
  if (city?.code === params.region) redirect(308, '/guide');
  error(404, '没有这个地方的办事指南');
};
