/** Whoever is signed in, as drawing up and releasing ask. */
import type { RequestEvent } from '@sveltejs/kit';
import type { Person } from '../catalogue/draw-plan.ts';
import { requireAdmin } from './require-admin.ts';

export async function requirePerson(event: Pick<RequestEvent, 'request'>): Promise<Person> {
  const { id, roles, county } = await requireAdmin(event);
  return { id, roles, county: county.id };
}
