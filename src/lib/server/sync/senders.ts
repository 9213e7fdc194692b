/** Who sent a command, as the office knows them now, and what the command before it means for this one. */
import { itemLevelOf } from '#lib/domain/site.ts';
import { refuse } from '#lib/domain/refusal.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { Outcome } from '#lib/protocol/sync.ts';
import { addressNumber } from '../catalogue/current-release.ts';
import type { Trx } from '../db/dialect.ts';
import { isIn, listOf, prepared } from '../db/prepared.ts';
import { drainedOn, type Contacts } from './contact.ts';
import type { Judged } from './docket.ts';
import type { Sender } from './judge.ts';

/** By id of the person. */
export type Senders = Map<string, Sender & { disabled: boolean }>;

const staffByIds = prepared((trx, ids: string) =>
  trx
    .selectFrom('staff')
    .select(['id', 'name', 'roles', 'path', 'status'])
    .where(isIn(trx, 'id', ids)),
);

/** Role, scope and enablement are those of now, when the office judges. */
export async function meetSenders(
  trx: Trx,
  { device, site }: { device: Contacts & { number: string }; site: Sender['site'] },
  actors: readonly string[],
): Promise<Senders> {
  const ids = [...new Set(actors)];
  const people = await staffByIds(trx, listOf(ids));
  const from = {
    id: device.id,
    number: device.number,
    drainedOn: drainedOn(device),
    offered: addressNumber(device.release, site.county, itemLevelOf(site.level)),
  };
  return new Map(
    people.map(({ id, name, roles, path, status }) => {
      const actor = { id, name, roles: JSON.parse(roles) as Role[], path };
      return [id, { device: from, site, actor, disabled: status === 'disabled' }];
    }),
  );
}

/** What becomes of a command whose predecessor was not applied; null when the way is free (invariant I7). */
export function fateAfter(id: string, before: Outcome | Judged): Judged | null {
  switch (before.is) {
    case 'refused': {
      const { refused: code, reason } = refuse('predecessorRefused');
      return { id, is: 'refused', code, reason };
    }
    case 'parked':
      return { id, is: 'parked' };
    case 'quarantined':
      return { id, is: 'quarantined', why: before.why };
    default:
      return null;
  }
}
