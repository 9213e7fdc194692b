/**
 * One exchange with the office: read, send, merge, write. Holds no state of its own, so it may be cut anywhere (I4): what
 * was not committed is asked again. A lost answer is repaired by sending the same commands again (I1).
 */
import { canonicalBytes } from '#lib/catalogue/canonical.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import type { ReleasePatch } from '#lib/catalogue/rebuild.ts';
import { REPORT_EVERY_MS, roughly, saysMore, type DeviceReport } from '#lib/protocol/report.ts';
import { released } from '../store/hold.ts';
import { isWaiting } from '../store/outbox.ts';
import type { WriteFailure } from '../store/write.ts';
import { requestOf, takeBatch } from './batch.ts';
import { merge, touchedBy } from './merge.ts';
import type { FeedFault } from './merge-feed.ts';
import { timeoutMs } from './pace.ts';
import type { Clock, Reply, SessionReply, Storage, Transport } from './ports.ts';

export interface RoundPorts {
  storage: Storage;
  transport: Transport;
  clock: Clock;
  token: string;
  /** What leads from the release in use to this one; without it none is asked for. */
  onPatch?: (address: string, patch: ReleasePatch | Bytes) => void;
  /** Photos that wait and megabytes of room: without it the office is told nothing of this device. */
  facts?: () => Promise<{ photos: number; room: number | null }>;
}

export interface RoundOptions {
  /** Bytes of commands to send; 0 only pulls. */
  batchBytes: number;
  /** Also ask again about commands that wait for people at the office. */
  asking: boolean;
  signal: AbortSignal;
  /** What the office was told of this device last, and when. */
  told?: Told | null;
  /** Called once it is known what goes: commands, bytes. */
  onSend?: (commands: number, bytes: number) => void;
}

export interface Told {
  report: DeviceReport;
  at: number;
}

export type RoundResult =
  | {
      is: 'done';
      sent: number;
      sentBytes: number;
      progress: boolean;
      /** The feed goes on, or commands are left that were not in this batch. */
      more: boolean;
      /** Commands that the office asks for again, and when. */
      retried: number;
      retryMs: number | null;
      /** Until a command may go that is kept back for its person to take it back; null when there is none. */
      heldMs: number | null;
      fault: FeedFault | null;
      /** The office began to send everything anew. */
      reset: boolean;
      release: string;
      /** The office was told of this device. */
      told: Told | null;
      pushOnly: boolean;
    }
  | { is: 'notEnrolled' }
  | { is: 'deposed' }
  /** Somebody else moved the cursor meanwhile, or took a command back: try again. */
  | { is: 'moved' }
  | { is: 'writeFailed'; why: WriteFailure }
  | { is: 'session'; reply: Exclude<SessionReply, { is: 'open' }>; sent: number }
  | (Exclude<Reply, { is: 'answer' }> & { sent: number });

export async function round(ports: RoundPorts, options: RoundOptions): Promise<RoundResult> {
  const { storage, token } = ports;
  const device = await storage.device();
  if (device === null) return { is: 'notEnrolled' };
  const position = await storage.position();
  const waiting = await storage.sendable(options.asking);
  const { free, nextMs } = released(waiting, ports.clock.now());
  const batch = options.batchBytes > 0 ? takeBatch(free, options.batchBytes) : [];
  const commands = await storage.commands(batch.map((row) => row.id));
  const summary = await storage.summary();
  // a command that cannot be read will never come: the office must not wait for it
  const readable = new Set(commands.map((command) => command.id));
  const lost = batch.filter((row) => row.device === device && !readable.has(row.id)).map((row) => row.n + 1);
  const keeps = Math.max(await storage.keeps(), ...lost);
  const { release, choice } = summary;
  const patch = ports.onPatch && release !== null ? { patch: 1 as const } : {};
  const going = new Set(batch.map((row) => row.id));
  const staying = waiting.filter((row) => isWaiting(row) && !going.has(row.id));
  const worth = await reportOf(
    ports,
    { count: summary.waiting - commands.length, staying },
    options.told ?? null,
  );
  const report = worth && (commands.length > 0 || worth.due) ? { report: worth.report } : {};
  const request = requestOf(position, batch, commands, { release, keeps, choice, ...patch, ...report });

  const fresh = batch.filter((row) => row.status === 'queued').map((row) => row.id);
  const marked = fresh.length > 0 ? await storage.markSent(fresh, token) : 'done';
  if (marked === 'moved' || marked === 'deposed') return { is: marked };
  if (marked !== 'done') return { is: 'writeFailed', why: marked };

  const bytes = canonicalBytes(request).length;
  options.onSend?.(commands.length, bytes);
  // gzip makes a quarter of it at least, a pack less
  const reply = await exchange(ports, request, timeoutMs(bytes / 4), options.signal);
  const sent = commands.length;
  if (reply.is === 'session') return { ...reply, sent };
  if (reply.is !== 'answer') return { ...reply, sent };

  const { response } = reply;
  const now = new Date(ports.clock.now()).toISOString();
  const merged = merge(await storage.local(touchedBy(response)), response, now);
  const written = await storage.commit(merged.change, { expected: position, token });
  if (written === 'moved' || written === 'deposed') return { is: written };
  if (written !== 'done') return { is: 'writeFailed', why: written };

  const offered = reply.patch ?? response.patch;
  if (offered) ports.onPatch?.(response.release, offered);

  const retries = response.outcomes.filter((outcome) => outcome.is === 'retry');
  const told = retries.flatMap((outcome) => (outcome.afterMs === undefined ? [] : [outcome.afterMs]));
  const left = options.batchBytes > 0 && free.length > batch.length;
  return {
    is: 'done',
    sent,
    sentBytes: reply.sentBytes,
    progress: merged.progress,
    more: merged.more || left,
    retried: retries.length,
    retryMs: told.length > 0 ? Math.max(...told) : null,
    heldMs: nextMs,
    fault: merged.fault,
    reset: merged.change.position.epoch !== position.epoch,
    release: response.release,
    told: request.report ? { report: request.report, at: ports.clock.now() } : null,
    pushOnly: response.feed === null,
  };
}

/** What is worth telling of this device; `due`: also with a request that would not go otherwise. null: nothing. */
async function reportOf(
  { facts, clock }: RoundPorts,
  { count, staying }: { count: number; staying: readonly { at: string }[] },
  told: Told | null,
): Promise<{ report: DeviceReport; due: boolean } | null> {
  if (!facts) return null;
  const { photos, room } = await facts();
  const now = clock.now();
  const oldest = Math.min(...staying.map(({ at }) => Date.parse(at)).filter(Number.isFinite));
  const age = Math.max(0, Math.round((now - oldest) / 60_000));
  const report: DeviceReport = {
    waiting: Math.max(0, count),
    ...(Number.isFinite(age) ? { age } : {}),
    photos,
    ...(room === null ? {} : { room: roughly(room) }),
  };
  const due = told === null || Math.abs(now - told.at) >= REPORT_EVERY_MS;
  return due || saysMore(report, told.report) ? { report, due } : null;
}

/** Sends; on 401 opens a session with the device's key and sends once more. */
async function exchange(
  { transport }: RoundPorts,
  request: Parameters<Transport['sync']>[0],
  silenceMs: number,
  signal: AbortSignal,
): Promise<Reply | { is: 'session'; reply: Exclude<SessionReply, { is: 'open' }> }> {
  const options = { timeoutMs: silenceMs, signal };
  const first = await transport.sync(request, options);
  if (first.is !== 'noSession') return first;
  const session = await transport.openSession(signal);
  if (session.is !== 'open') return { is: 'session', reply: session };
  return transport.sync(request, options);
}
