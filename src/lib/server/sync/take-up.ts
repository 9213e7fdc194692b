/** Takes up what a device's call brings, the only part of a sync that writes: commands, or at least that it called. */
import type { Outcome } from '#lib/protocol/sync.ts';
import { confirmApplications } from '../files/confirm-photos.ts';
import type { Office } from '../office.ts';
import { acceptCommands } from './accept.ts';
import type { Brought } from './brought.ts';
import { changesOf, noteCall } from './contact.ts';

export async function takeUp(office: Office, { device, site, request }: Brought): Promise<Outcome[]> {
  if (request.commands.length > 0) {
    const own = { id: device.id, township: site.township };
    const { outcomes, waiting } = await acceptCommands(office, own, request);
    // a photo may be here before the command that names it
    await confirmApplications(office, waiting);
    return outcomes;
  }
  const call = { now: office.clock.now(), drained: true, release: request.release, path: site.path };
  if (changesOf(device, call) !== null) await office.store.write((trx) => noteCall(trx, device, call));
  return [];
}
