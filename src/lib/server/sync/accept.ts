/**
 * Takes a device's commands: their chain is walked, then each is judged and leaves a receipt (acceptance.ts; protocol.md,
 * Office; invariants I1, I5, I7, I14).
 */
import type { Outcome, SyncRequest } from '#lib/protocol/sync.ts';
import type { Trx } from '../db/dialect.ts';
import type { Office } from '../office.ts';
import { Acceptance, type Part } from './acceptance.ts';
import { walkChain, type ChainEnd, type Step, type Walk } from './chain-walk.ts';

/**
 * Times that another call of the same device may come between, at another process: the turns of one process prevent it
 * there. Whoever comes between has taken commands, so as many processes as answer one device at once are enough.
 */
const TRIES = 10;

/**
 * Takes the commands of a request. A device that was enrolled anew, or a courier, also carries the chain of another
 * device: each chain is judged as its own device's, by the keys that people registered there (I14).
 */
export async function acceptCommands(
  office: Office,
  own: string,
  { commands, runs, keeps, release }: SyncRequest,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const device of new Set(commands.map((command) => command.device))) {
    const its = commands.filter((command) => command.device === device);
    const part: Part =
      device === own
        ? { device, commands: its, runs, keeps, release }
        : // who carries for another sends what there is: nothing earlier will come
          { device, commands: its, runs, keeps: Math.min(...its.map((command) => command.n)) };
    outcomes.push(...(await acceptPart(office, part)));
  }
  return outcomes;
}

async function acceptPart(office: Office, part: Part): Promise<Outcome[]> {
  const { device } = part;
  for (let tries = 0; tries < TRIES; tries++) {
    const basis = await office.store.read(async (trx) => ({
      ...(await whereItStands(trx, device)),
      keys: await trx
        .selectFrom('staff_key')
        .select(['staff', 'public_key'])
        .where('device', '=', device)
        .execute(),
    }));
    const keysOf = (actor: string): string[] =>
      basis.keys.filter((key) => key.staff === actor).map((key) => key.public_key);
    const walk = basis.end === null ? strangers(part) : walkChain(device, basis.end, part, keysOf);
    let attempt = 0;
    const outcomes = await office.store.write(
      (trx) => new Acceptance(office, trx, part, ++attempt).take(basis.end, walk),
      basis.township,
    );
    if (outcomes !== 'moved') return outcomes;
  }
  throw new Error('the chain of a device did not come to rest');
}

/** The end of a device's chain, null for an unknown device; and the township whose feed it writes into. */
async function whereItStands(trx: Trx, id: string): Promise<{ end: ChainEnd | null; township: string }> {
  const row = await trx
    .selectFrom('device')
    .innerJoin('site', 'site.id', 'device.site')
    .select(['chain_n', 'chain_head', 'site.township'])
    .where('device.id', '=', id)
    .executeTakeFirst();
  return {
    end: row ? { n: row.chain_n, head: row.chain_head } : null,
    township: row?.township ?? '',
  };
}

/** A device that this office does not know (it was restored from before the enrolment): all is kept for people. */
function strangers({ commands }: Part): Walk {
  const steps = [...commands]
    .sort((a, b) => a.n - b.n)
    .map((command): Step => ({ command, place: 'taken', vouched: false, head: null }));
  return { steps, end: { n: 0, head: null } };
}
