/** Takes up what a device's call brings, the only part of a sync that writes: commands, or at least that it called. */
import type { Outcome } from '#lib/protocol/sync.ts';
import { confirmApplications } from '../files/confirm-photos.ts';
import type { Office } from '../office.ts';
import { acceptCommands } from './accept.ts';
import type { Brought } from './brought.ts';
import { changesOf, noteCall, reachOf } from './contact.ts';
import { noteReport } from './device-report.ts';

export async function takeUp(office: Office, { device, site, request }: Brought): Promise<Outcome[]> {
  if (request.commands.length > 0) {
    const own = { id: device.id, township: site.township };
    const { outcomes, waiting } = await acceptCommands(office, own, request);
    // a photo may be here before the command that names it
    await confirmApplications(office, waiting);
    await noteReport(office, device.id, request.report);
    return outcomes;
  }
  const call = { now: office.clock.now(), drained: true, release: request.release, reach: reachOf(site) };
  if (changesOf(device, call) !== null) await office.store.write((trx) => noteCall(trx, device, call));
  await noteReport(office, device.id, request.report);
  return [];
}
