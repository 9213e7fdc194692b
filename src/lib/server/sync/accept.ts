/**
 * Takes a request's commands: each device's chain on its own, in a transaction of its own (acceptance.ts; protocol.md,
 * Office; invariants I1, I5, I7, I14).
 */
import type { SyncRequest } from '#lib/protocol/sync.ts';
import type { Office } from '../office.ts';
import { Acceptance, NotTogether, type Part, type Taken } from './acceptance.ts';

/**
 * A device that was enrolled anew, or a courier, also carries the chain of another device: each chain is judged as its own
 * device's, by the keys that people registered there (I14).
 *
 * @param own the device that calls; and the township whose feed it writes into, so that who would wait for that waits
 *   without a connection
 */
export async function acceptCommands(
  office: Office,
  own: { id: string; township?: string },
  { commands, runs, keeps, release }: Pick<SyncRequest, 'commands' | 'runs' | 'keeps' | 'release'>,
): Promise<Taken> {
  const all: Taken = { outcomes: [], waiting: [] };
  for (const device of new Set(commands.map((command) => command.device))) {
    const its = commands.filter((command) => command.device === device);
    const part: Part =
      device === own.id
        ? { device, commands: its, runs, keeps, release }
        : // who carries for another sends what there is: nothing earlier will come
          { device, commands: its, runs, keeps: Math.min(...its.map((command) => command.n)) };
    let attempt = 0;
    const take = (alone: boolean): Promise<Taken> =>
      office.store.write(
        (trx) => new Acceptance(office, trx, part, { attempt: ++attempt, alone }).take(),
        own.township,
      );
    const { outcomes, waiting } = await take(false).catch((error: unknown) => {
      if (error instanceof NotTogether) return take(true);
      throw error;
    });
    all.outcomes.push(...outcomes);
    all.waiting.push(...waiting);
  }
  return all;
}
