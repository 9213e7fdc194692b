/**
 * What becomes of an upload whose last byte is there: size and hash must match (invariant I13), then its content is
 * judged. It is copied first, so that what was checked is what is kept, whoever still has the upload open. Every step
 * can be done again: killed anywhere, the next call or the sweeper begins anew, and two processes come to one result.
 */
import { readFile, rm } from 'node:fs/promises';
import type { Office } from '../office.ts';
import { confirmFile } from './confirm-photos.ts';
import { inspect, type Inspection } from './inspect.ts';
import { nameOf, type CheckedCopy } from './office-files.ts';
import { closeUpload, findPhoto, moveReceived, type PhotoKey, type PhotoRow } from './photo-rows.ts';

/** Checks the upload if it is complete; callers at the same time share one check. */
export function settle(office: Office, key: PhotoKey): Promise<void> {
  const name = nameOf(key);
  const { checks } = office.files;
  const running = checks.get(name);
  if (running) return running;
  const mine = check(office, key, name).finally(() => checks.delete(name));
  checks.set(name, mine);
  return mine;
}

async function check(office: Office, key: PhotoKey, name: string): Promise<void> {
  const row = await office.store.read((trx) => findPhoto(trx, key));
  if (row?.status !== 'uploading' || row.received < row.size) return;
  const copy = await office.files.copyForCheck(name, row.size);
  if (copy === null) {
    // its bytes are gone (an older backup of the files): it is sent anew
    const move = { from: row.received, to: 0 };
    await office.store.write((trx) => moveReceived(trx, move, row, office.clock.now()));
    return;
  }
  let result: Inspection;
  try {
    result = await judge(row, copy);
    if (result.ok) await keep(office, name, copy, result);
    else if (copy.wasStored) await office.files.storage.remove(name);
    await office.files.partials.remove(name);
    const closed = await office.store.write((trx) =>
      closeUpload(
        trx,
        row,
        result.ok ? { width: result.width, height: result.height } : { reason: result.reason },
        office.clock.now(),
      ),
    );
    if (closed && !result.ok) {
      const { site, device, type, size } = row;
      office.log.warn({ what: 'photoRejected', reason: result.reason, site, device, type, size });
    }
  } finally {
    await rm(copy.file, { force: true });
  }
  if (result.ok) await confirmFile(office, key);
}

async function judge(row: PhotoRow, { file, sha256 }: CheckedCopy): Promise<Inspection> {
  if (sha256 !== row.sha256) return { ok: false, reason: 'wrongHash' };
  return inspect(await readFile(file), row.type);
}

async function keep(
  { files }: Office,
  name: string,
  { file }: CheckedCopy,
  { thumb }: Extract<Inspection, { ok: true }>,
): Promise<void> {
  if (thumb) await files.storage.put(`${name}.thumb`, await files.draft(thumb));
  await files.storage.put(name, file);
}
