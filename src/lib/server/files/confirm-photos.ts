/**
 * Tells applications of the photos that the office holds: the office's own command `photoVerified`, for every material
 * that names a verified file with its very size and type (invariant I13). It is asked for when a file is verified, after
 * commands have been committed, and each minute; its id makes it happen once, so a crash in between costs a minute.
 */
import { v5 } from 'uuid';
import type { Trx } from '../db/dialect.ts';
import { errorFacts } from '../log.ts';
import type { Office } from '../office.ts';
import { officeCommand } from '../sync/office-command.ts';
import type { PhotoKey } from './photo-rows.ts';

/** Uses that are looked at in one go. */
const AT_ONCE = 500;

interface Due {
  application: string;
  material: string;
  sha256: string;
  added_rev: number;
}

/** Once for each time that the material was handed in: it may come back with a photo that it had lost. */
const confirmationId = ({ application, material, sha256, added_rev }: Due): string =>
  v5(`photo:${material}:${sha256}:${added_rev}`, application);

const dueOnes = (trx: Trx) =>
  trx
    .selectFrom('photo_use as use')
    .innerJoin('photo', (on) =>
      on
        .onRef('photo.site', '=', 'use.site')
        .onRef('photo.sha256', '=', 'use.sha256')
        .onRef('photo.size', '=', 'use.size')
        .onRef('photo.type', '=', 'use.type'),
    )
    .select(['use.application', 'use.material', 'use.sha256', 'use.added_rev'])
    .where('use.standing', '=', 'waiting')
    .where('photo.status', '=', 'verified')
    .orderBy('use.application')
    .limit(AT_ONCE);

/** What cannot be told now is left for the sweeper: nothing that was done before fails for it. */
async function confirm(office: Office, find: (trx: Trx) => Promise<Due[]>): Promise<Due[]> {
  const failed = (error: unknown, application?: string): void =>
    office.log.error(
      { what: 'photoVerified', application, ...errorFacts(error) },
      'a photo could not be confirmed',
    );
  let due: Due[] = [];
  try {
    due = await office.store.read(find);
  } catch (error) {
    failed(error);
  }
  for (const one of due) {
    const { application, material, sha256 } = one;
    const command = { kind: 'photoVerified', body: { material, sha256 } } as const;
    try {
      await officeCommand(office, application, command, confirmationId(one));
    } catch (error) {
      failed(error, application);
    }
  }
  return due;
}

/** For a file that was just verified. */
export async function confirmFile(office: Office, { site, sha256 }: PhotoKey): Promise<void> {
  await confirm(office, (trx) =>
    dueOnes(trx).where('use.site', '=', site).where('use.sha256', '=', sha256).execute(),
  );
}

/** For applications whose commands were just committed. */
export async function confirmApplications(office: Office, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await confirm(office, (trx) => dueOnes(trx).where('use.application', 'in', ids).execute());
}

/** For whatever was left undone. */
export async function confirmAll(office: Office): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const from: string = after;
    const due = await confirm(office, (trx) => dueOnes(trx).where('use.application', '>', from).execute());
    after = due.length < AT_ONCE ? undefined : due.at(-1)!.application;
  }
}
