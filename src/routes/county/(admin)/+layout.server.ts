import { requireAdmin } from '#lib/server/county/require-admin.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { name, county } = await requireAdmin(event);
  return { admin: { name, county } };
};
