/**
 * What a device's call brings, from the thread that read it to the one that judges it. Commands go as their canonical
 * texts, which are stored anyway and cost less than any other form of them; with each goes what was worked out about it,
 * so that the judging thread need not (sync/command-text.ts, sync/run-signature.ts).
 */
import type { Run } from '#lib/protocol/command.ts';
import type { SyncRequest } from '#lib/protocol/sync.ts';
import { commandBody, commandHash, commandText, knowCommand } from '../sync/command-text.ts';
import { knowSigner, signerOf, type KeysOf } from '../sync/run-signature.ts';
import type { Brought } from '../sync/take-up.ts';

type RawCommand = SyncRequest['commands'][number];

export interface BroughtWire extends Omit<Brought, 'request'> {
  request: Omit<Brought['request'], 'commands' | 'runs'>;
  commands: { text: string; hash: string; fits: boolean }[];
  runs: { run: Run; key: string | null }[];
}

/** Keys that the schemas of bodies pass over in a map instead of taking or refusing them. */
const PASSED_OVER = /"(__proto__|prototype|constructor)"/;

export function toWire({ device, site, request }: Brought, keysOf: KeysOf): BroughtWire {
  const { commands, runs, keeps, release } = request;
  const { township, path } = site;
  return {
    device,
    site: { township, path },
    request: { keeps, release },
    commands: commands.map((command) => {
      const text = commandText(command);
      const fits = commandBody(command) !== null && !PASSED_OVER.test(text);
      return { text, hash: commandHash(command), fits };
    }),
    runs: runs.map((run) => ({ run, key: signerOf(device.id, run, keysOf) })),
  };
}

export function fromWire({ device, site, request, commands, runs }: BroughtWire): Brought {
  for (const { run, key } of runs) if (key !== null) knowSigner(device.id, run, key);
  const read = commands.map(({ text, hash, fits }) => {
    const command = JSON.parse(text) as RawCommand;
    const { kind, body } = command;
    // a schema of bodies changes nothing: what fits is what it would give
    knowCommand(command, { text, hash, ...(fits ? { body: { kind, body } as never } : {}) });
    return command;
  });
  return { device, site, request: { ...request, commands: read, runs: runs.map(({ run }) => run) } };
}
