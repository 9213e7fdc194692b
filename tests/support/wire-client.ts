/**
 * A tiny complete client of the wire: enrols, opens its session, signs people in, chains and signs their commands, syncs.
 * It speaks to the office's doors directly or over HTTP, as docs/protocol.md says, and knows nothing of Dexie.
 */
import { gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { toBase64url } from '#lib/catalogue/hash.ts';
import type { Bodies, SentKind } from '#lib/domain/commands.ts';
import type { ItemRef } from '#lib/domain/item.ts';
import type { EnrolResponse, Kdf, SignedInStaff, StaffTile } from '#lib/protocol/auth.ts';
import { challengeMessage, FIRST_HEAD, nextHead, P256, runMessage, SIGNING } from '#lib/protocol/chain.ts';
import type { Run, WireCommand } from '#lib/protocol/command.ts';
import type { FeedEvent, Outcome, Snapshot, SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import { deriveProof } from '#lib/server/auth/passphrase.ts';

/** How a request reaches the office. */
export type Reach = (request: Request) => Promise<Response>;

const { subtle } = globalThis.crypto;

export interface Keys {
  publicKey: string;
  sign(message: Uint8Array<ArrayBuffer>): Promise<string>;
}

export async function newKeys(): Promise<Keys> {
  const pair = await subtle.generateKey(P256, false, ['sign', 'verify']);
  return {
    publicKey: toBase64url(new Uint8Array(await subtle.exportKey('raw', pair.publicKey))),
    sign: async (message) =>
      toBase64url(new Uint8Array(await subtle.sign(SIGNING, pair.privateKey, message))),
  };
}

/** A command as its device keeps it: with the head after it, and its author's signature over that head. */
export interface Kept {
  command: WireCommand;
  head: string;
  sig: string;
}

export interface Making {
  applicationId?: string;
  after?: string | null;
  baseRev?: number;
  item?: ItemRef;
  at?: string;
  supersedes?: string;
  /** What a broken program writes over it before it is chained. */
  spoil?: Record<string, unknown>;
}

export class WireClient {
  readonly #reach: Reach;
  readonly #base: string;
  #keys!: Keys;
  readonly #people = new Map<string, Keys>();
  #n = 0;
  #head = FIRST_HEAD;
  readonly #last = new Map<string, string>();
  cookie = '';
  enrolled!: EnrolResponse;
  readonly kept: Kept[] = [];
  position = { lineage: '', cursor: 0, mark: '' };
  release: string | null = null;

  constructor(reach: Reach, base = 'http://localhost:3000') {
    this.#reach = reach;
    this.#base = base;
  }

  get device(): string {
    return this.enrolled.device;
  }

  async call(path: string, init: RequestInit = {}): Promise<Response> {
    // over a wire no request comes within the turn of the loop that answered the one before: an office that answers at
    // once would else be kept from its other work by a client that asks without end
    await new Promise((resolve) => setImmediate(resolve));
    const headers = new Headers(init.headers);
    if (this.cookie) headers.set('cookie', this.cookie);
    return this.#reach(new Request(`${this.#base}${path}`, { ...init, headers }));
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const init = { method: 'POST', body: JSON.stringify(body) };
    return this.call(path, { ...init, headers: { 'content-type': 'application/json', ...headers } });
  }

  async enrol(code: string, name = '窗口电脑'): Promise<Response> {
    this.#keys = await newKeys();
    const response = await this.post('/api/auth/enrol', { code, publicKey: this.#keys.publicKey, name });
    if (response.ok) this.enrolled = (await response.clone().json()) as EnrolResponse;
    return response;
  }

  async openSession(): Promise<Response> {
    const asked = await this.post('/api/auth/challenge', { device: this.device });
    const { challenge } = (await asked.json()) as { challenge: string };
    const signature = await this.#keys.sign(challengeMessage(this.device, challenge));
    const response = await this.post('/api/auth/session', { device: this.device, challenge, signature });
    const cookie = response.headers.get('set-cookie');
    if (cookie) this.cookie = cookie.split(';')[0] ?? '';
    return response;
  }

  async tiles(): Promise<StaffTile[]> {
    const response = await this.call('/api/auth/staff');
    return ((await response.json()) as { staff: StaffTile[] }).staff;
  }

  async signIn(staff: string, passphrase: string, kdf?: Kdf): Promise<Response> {
    const known = kdf ?? (await this.tiles()).find((tile) => tile.id === staff)?.kdf;
    if (!known) throw new Error(`no tile for ${staff}`);
    const keys = this.#people.get(staff) ?? (await newKeys());
    this.#people.set(staff, keys);
    const proof = await deriveProof(passphrase, known);
    return this.post('/api/auth/sign-in', { staff, proof, publicKey: keys.publicKey });
  }

  /** For tests that register a key beside the door. */
  async keysOf(staff: string): Promise<Keys> {
    const keys = this.#people.get(staff) ?? (await newKeys());
    this.#people.set(staff, keys);
    return keys;
  }

  /** Presses a button: the command is chained, signed and kept. It follows the actor's device's last one on it. */
  async press<K extends SentKind>(
    actor: SignedInStaff['id'],
    kind: K,
    body: Bodies[K],
    { applicationId = v7(), after, baseRev = 0, item, at, supersedes, spoil }: Making = {},
  ): Promise<WireCommand> {
    const command = {
      v: 1,
      id: v7(),
      device: this.device,
      n: this.#n + 1,
      actor,
      applicationId,
      after: after === undefined ? (this.#last.get(applicationId) ?? null) : after,
      baseRev,
      kind,
      body,
      at: at ?? '2026-09-18T01:30:00.000Z',
      ...(item ? { item } : {}),
      ...(supersedes ? { supersedes } : {}),
      ...spoil,
    } as WireCommand;
    this.#n += 1;
    this.#head = await nextHead(this.#head, command);
    const sig = await (await this.keysOf(actor)).sign(runMessage(this.device, actor, command.n, this.#head));
    this.#last.set(applicationId, command.id);
    this.kept.push({ command, head: this.#head, sig });
    return command;
  }

  request(kept: readonly Kept[], change: Partial<SyncRequest> = {}): SyncRequest {
    return {
      protocol: 1,
      ...this.position,
      release: this.release,
      keeps: this.kept[0]?.command.n ?? this.#n + 1,
      commands: kept.map(({ command }) => command),
      runs: runsOf(kept),
      ...change,
    };
  }

  send(request: unknown, { gzip = true } = {}): Promise<Response> {
    const text = JSON.stringify(request);
    const headers = { 'content-type': 'application/json', 'accept-encoding': 'identity' };
    const body = gzip ? new Uint8Array(gzipSync(text)) : text;
    return this.call('/api/sync', {
      method: 'POST',
      body,
      headers: gzip ? { ...headers, 'content-encoding': 'gzip' } : headers,
    });
  }

  /** Sends these (all that is kept, if not said), over a new session where the old one ran out. Throws unless 200. */
  async sync(kept: readonly Kept[] = this.kept, change: Partial<SyncRequest> = {}): Promise<SyncResponse> {
    const request = this.request(kept, change);
    let response = await this.send(request);
    if (response.status === 401 && (await this.openSession()).ok) response = await this.send(request);
    if (response.status !== 200)
      throw new Error(`sync answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as SyncResponse;
  }

  /** Sends all and returns the outcome of one. */
  async outcomeOf({ id }: WireCommand): Promise<Outcome> {
    const { outcomes } = await this.sync();
    const found = outcomes.find((outcome) => outcome.id === id);
    if (!found) throw new Error(`no outcome for ${id}`);
    return found;
  }

  /** Pulls until nothing more comes; returns what came. A reset begins anew. */
  async pull(): Promise<{ events: FeedEvent[]; snapshots: Snapshot[]; resets: string[] }> {
    const got = { events: [] as FeedEvent[], snapshots: [] as Snapshot[], resets: [] as string[] };
    for (let page: SyncRequest['page']; ;) {
      const { lineage, feed } = await this.sync([], page ? { page } : {});
      if (feed === null) return got;
      if ('reset' in feed) {
        if (!page) got.snapshots = [];
        got.resets.push(feed.reset);
        got.snapshots.push(...feed.page);
        this.position = { lineage, cursor: feed.at, mark: feed.mark };
        page = feed.next === null ? undefined : { at: feed.at, next: feed.next };
        if (!page) return got;
        continue;
      }
      got.events.push(...feed.events);
      this.position = { lineage, cursor: feed.to, mark: feed.mark };
      if (!feed.more) return got;
    }
  }
}

/** The last signature of each unbroken stretch of one person's commands. */
export function runsOf(kept: readonly Kept[]): Run[] {
  const runs: Run[] = [];
  for (const { command, head, sig } of kept) {
    const { actor, n } = command;
    const last = runs.at(-1);
    if (last?.actor === actor && last.to === n - 1) Object.assign(last, { to: n, head, sig });
    else runs.push({ actor, from: n, to: n, head, sig });
  }
  return runs;
}
