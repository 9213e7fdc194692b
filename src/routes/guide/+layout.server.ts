import { isDemo } from '#lib/server/guide/demo.ts';
import { theOffice } from '#lib/server/office.ts';
import type { LayoutServerLoad } from './$types';

/** When the database is away the page itself says so, in this frame. */
export const load: LayoutServerLoad = async () => ({
  demo: await isDemo(theOffice().store).catch(() => false),
});
