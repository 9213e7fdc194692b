/** What tests of the device press and sign with. Ids are valid and say what they are. */
import type { SentCommand } from '#lib/protocol/command.ts';
import type { Press } from '#lib/client/store/enqueue.ts';
import { BODIES, NOW } from './builders.ts';
import { AGENT, ITEM_HASH } from './small-office.ts';

export const DEVICE = 'd-1';
export const SIGNATURE = 'A'.repeat(86);

/** Valid UUIDv7, different for each number. */
export const uuid = (kind: 'app' | 'cmd', n: number): string =>
  `0199${kind === 'app' ? '0000' : '1111'}-${String(n).padStart(4, '0')}-7000-8000-000000000000`;

export const appId = (n: number): string => uuid('app', n);
export const commandId = (n: number): string => uuid('cmd', n);

type Kind = SentCommand['kind'];

/** Press number `n` of a kind on an application. */
export function press<K extends Kind>(
  n: number,
  applicationId: string,
  kind: K,
  change: Partial<Press> & { body?: Extract<SentCommand, { kind: K }>['body'] } = {},
): Press {
  return {
    id: commandId(n),
    actor: AGENT.id,
    applicationId,
    baseRev: 0,
    at: NOW,
    kind,
    body: BODIES[kind],
    ...(kind === 'receive' ? { item: { code: '410511005000', hash: ITEM_HASH } } : {}),
    ...change,
  } as Press;
}

/** Whoever asks gets a signature: tests of keys use real ones. */
export const signAlways = async (): Promise<string> => SIGNATURE;
