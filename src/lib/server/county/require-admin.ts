/** Every load and every action of a county page begins with this: a layout's check alone does not guard an action. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { findAdmin, type Admin } from '../auth/admin-session.ts';
import { theOffice } from '../office.ts';

/** The administrator who asks; nobody signed in is led to the sign-in page. */
export async function requireAdmin({ request }: Pick<RequestEvent, 'request'>): Promise<Admin> {
  const admin = await findAdmin(theOffice(), request);
  if (!admin) redirect(303, '/county');
  return admin;
}
