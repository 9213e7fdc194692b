/**
 * What a device's call brings, from the thread that read it to the one that judges it. Commands go as their canonical
 * texts, which are stored anyway and cost less than any other form of them; with each goes what was worked out about it,
 * so that the judging thread need not (sync/command-text.ts, sync/run-signature.ts).
 */
import type { Bodies } from '#lib/domain/commands.ts';
import { examineReceipt } from '#lib/domain/decide-receive.ts';
import type { Item } from '#lib/domain/item.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { sameValue } from '#lib/domain/same-value.ts';
import type { Run } from '#lib/protocol/command.ts';
import {
  commandBody,
  commandHash,
  commandText,
  knowCommand,
  type KnownOfCommand,
  type RawCommand,
} from '../sync/command-text.ts';
import { readAgain } from '../sync/read-command.ts';
import { knowSigner, signerOf, type KeysOf } from '../sync/run-signature.ts';
import type { Brought } from '../sync/brought.ts';

export interface BroughtWire extends Omit<Brought, 'request'> {
  request: Omit<Brought['request'], 'commands' | 'runs'>;
  commands: KnownOfCommand[];
  runs: { run: Run; key: string | null }[];
}

/** What a thread has read of the office: the keys of the device's people, and items by their hashes. */
export interface Read {
  keysOf: KeysOf;
  items: ReadonlyMap<string, Item>;
}

/** Keys that the schemas of bodies pass over in a map instead of taking or refusing them. */
const PASSED_OVER = /"(__proto__|prototype|constructor)"/;

/** Whether it is a receipt that its item lets pass, and that is kept as it stands. */
function passes({ kind, body, item: ref }: RawCommand, items: Read['items']): boolean {
  const item = ref && items.get(ref.hash);
  if (kind !== 'receive' || !item || item.code !== ref.code) return false;
  const receipt = body as Bodies['receive'];
  const examined = examineReceipt(item, receipt);
  if (isRefusal(examined)) return false;
  const { applicant, handler, answers } = receipt;
  return sameValue(examined, { applicant, handler, answers });
}

function knownOf(command: RawCommand, items: Read['items']): KnownOfCommand {
  const text = commandText(command);
  const fits = commandBody(command) !== null && !PASSED_OVER.test(text);
  return { text, hash: commandHash(command), fits, passed: fits && passes(command, items) };
}

export function toWire({ device, site, request }: Brought, { keysOf, items }: Read): BroughtWire {
  const { commands, runs, keeps, release, report } = request;
  const { township, path, reach } = site;
  return {
    device,
    site: { township, path, reach },
    request: { keeps, release, ...(report ? { report } : {}) },
    commands: commands.map((command) => knownOf(command, items)),
    runs: runs.map((run) => ({ run, key: signerOf(device.id, run, keysOf) })),
  };
}

export function fromWire({ device, site, request, commands, runs }: BroughtWire): Brought {
  for (const { run, key } of runs) if (key !== null) knowSigner(device.id, run, key);
  const read = commands.map((known) => {
    const command = known.fits ? (JSON.parse(known.text) as RawCommand) : readAgain(known.text);
    knowCommand(command, known);
    return command;
  });
  return { device, site, request: { ...request, commands: read, runs: runs.map(({ run }) => run) } };
}
