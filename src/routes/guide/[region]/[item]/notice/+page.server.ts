/** 一次性告知单 of an item at the place that handles it; whoever asks for a region is sent to choose the place. */
import { error, redirect } from '@sveltejs/kit';
import { noticeOf, viewItem } from '#lib/server/guide/item.ts';
import { theOffice } from '#lib/server/office.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const { store, clock } = theOffice();
  const view = await viewItem(store, params.region, params.item);
  if (!view) error(404, '这个地方没有这个事项的办事指南');
  const guide = `/guide/${params.region}/${params.item}`;
  if (!view.at) redirect(302, `${guide}#where`);
  if (view.at.code !== params.region) redirect(302, `/guide/${view.at.code}/${params.item}/notice`);
  const paper = noticeOf(view, clock.now());
  if (!paper) redirect(302, `${guide}#where`);
  return { paper, guide, name: view.item.name, at: view.at, county: view.county };
};
