/** A member of staff as stored, with the passphrase they begin with. */
import type { Insertable } from 'kysely';
import type { Instant } from '#lib/domain/day.ts';
import type { Role } from '#lib/domain/roles.ts';
import { deriveProof, hashProof, newKdf } from '../auth/passphrase.ts';
import type { StaffTable } from '../db/schema.ts';

export type StaffRow = Insertable<StaffTable>;

export interface Person {
  id: string;
  site: string;
  /** Managing path: what they may see. */
  path: string;
  county: string | null;
  name: string;
  roles: readonly Role[];
  department: string | null;
  /** Name to sign in to the county's pages with. */
  login: string | null;
}

/** A salt, and what the office keeps of a passphrase with it. */
type Secret = Pick<StaffRow, 'kdf' | 'proof_hash'>;

async function secretOf(passphrase: string): Promise<Secret> {
  const kdf = newKdf();
  return { kdf: JSON.stringify(kdf), proof_hash: await hashProof(await deriveProof(passphrase, kdf)) };
}

const rowOf = (person: Person, secret: Secret, now: Instant): StaffRow => ({
  ...person,
  roles: JSON.stringify(person.roles),
  ...secret,
  created_at: now,
});

/** With a salt of their own, as if they had chosen the passphrase themselves. */
export const staffRow = async (person: Person, passphrase: string, now: Instant): Promise<StaffRow> =>
  rowOf(person, await secretOf(passphrase), now);

/**
 * People of a demo, all with one salt: a salt each would take twenty seconds for a county, and hides nothing where the
 * passphrase is printed on the screen. Never for people whose passphrase is their own.
 */
export async function demoStaffRows(
  people: readonly Person[],
  passphrase: string,
  now: Instant,
): Promise<StaffRow[]> {
  const secret = await secretOf(passphrase);
  return people.map((person) => rowOf(person, secret, now));
}
