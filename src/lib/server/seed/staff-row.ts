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

/** With a salt of their own, as if they had chosen the passphrase themselves. */
export async function staffRow(person: Person, passphrase: string, now: Instant): Promise<StaffRow> {
  const kdf = newKdf();
  const proof_hash = await hashProof(await deriveProof(passphrase, kdf));
  const roles = JSON.stringify(person.roles);
  return { ...person, roles, kdf: JSON.stringify(kdf), proof_hash, created_at: now };
}
