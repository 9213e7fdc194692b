import { requireAdmin } from '#lib/server/county/require-admin.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { name, county } = await requireAdmin(event);
  // the data requests of a page that is open already are no-store by themselves
  event.setHeaders({ 'cache-control': 'no-store' });
  return { admin: { name, county } };
};
