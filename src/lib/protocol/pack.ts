/**
 * A sync request packed: as columns, without what both sides know already, and then deflate. Lossless: the office gets
 * the very commands, to the canonical byte, which a check sum proves before anything is looked at (I1, I5: ids, hashes and
 * the chain are over these bytes). Bytes: version 1 ‖ 8 bytes of SHA-256 over the request's canonical JSON ‖ number of
 * items ‖ 5 bytes of each one's hash ‖ length of the raw section ‖ raw section ‖ the rest, raw deflate.
 */
import { canonicalBytes, canonicalJson } from '#lib/catalogue/canonical.ts';
import { fromHex, sha256, toHex, type Bytes } from '#lib/catalogue/hash.ts';
import type { Item } from '#lib/domain/item.ts';
import { BadPack, ByteReader, pushUint, Reading, Writing } from './pack-io.ts';
import { LIMITS } from './limits.ts';
import type { SyncRequest } from './sync.ts';
import { Walk, type KnownItem } from './pack-walk.ts';

/** Content type of a packed request. */
export const PACK_TYPE = 'application/vnd.jinban.sync';

const VERSION = 1;
const SUM = 8;
/** Bytes of a hash that tell an item's version from all others. Where they do not, the request comes as JSON. */
const BEGINNING = 5;
/** A request of 4 MB of JSON holds fewer values than this. */
const WALK = { values: LIMITS.inflated / 4, text: LIMITS.inflated };

/** Versions that the commands cite, as far as they are known, in the order of the commands. */
function cited(request: SyncRequest, items: ReadonlyMap<string, Item>): KnownItem[] {
  const hashes = new Set(request.commands.flatMap(({ item }) => (item ? [item.hash] : [])));
  return [...hashes].flatMap((hash) => {
    const item = items.get(hash);
    return item ? [{ hash, item }] : [];
  });
}

/** @throws where a value cannot be carried: then it goes as JSON. */
export async function pack(request: SyncRequest, items: ReadonlyMap<string, Item>): Promise<Bytes> {
  const known = cited(request, items);
  const writing = new Writing();
  new Walk(writing, known, { values: Infinity, text: Infinity }).request(request);
  const { raw, plain } = writing.sections();
  const head: number[] = [VERSION, ...(await sha256(canonicalBytes(request))).subarray(0, SUM)];
  pushUint(head, known.length);
  for (const { hash } of known) head.push(...fromHex(hash.slice(0, 2 * BEGINNING))!);
  pushUint(head, raw.length);
  const deflated = new Blob([plain]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const parts = new Blob([Uint8Array.from(head), raw, await new Response(deflated).blob()]);
  return new Uint8Array(await parts.arrayBuffer());
}

/** A pack before its items are looked up and its rest is inflated. */
export interface OpenedPack {
  sum: Bytes;
  /** Beginnings of hashes in hex. */
  items: string[];
  raw: Bytes;
  deflated: Bytes;
}

/** @throws BadPack */
export function openPack(bytes: Uint8Array): OpenedPack {
  const reader = new ByteReader(bytes);
  if (reader.byte() !== VERSION) throw new BadPack();
  const sum = reader.take(SUM).slice();
  const count = reader.uint();
  if (count > LIMITS.commands) throw new BadPack();
  const items = Array.from({ length: count }, () => toHex(reader.take(BEGINNING)));
  const raw = reader.take(reader.uint()).slice();
  return { sum, items, raw, deflated: reader.rest().slice() };
}

/** How a reader may go about it, where it has quicker ways, or will need again what is worked out here. */
export interface Tools {
  /** Canonical text of a command. */
  textOf: (command: object) => string;
  sha256: (text: string) => Bytes | Promise<Bytes>;
}
const TOOLS: Tools = {
  textOf: canonicalJson,
  sha256: (text) => sha256(new TextEncoder().encode(text)),
};

/** The canonical JSON of what may be a request, with its commands' texts as `textOf` says them. */
function requestText(request: unknown, textOf: Tools['textOf']): string {
  const { commands } = (request ?? {}) as { commands?: unknown };
  if (!Array.isArray(commands) || !commands.every((one) => typeof one === 'object' && one !== null))
    return canonicalJson(request);
  const members = Object.entries(request as object)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => {
      const text = key === 'commands' ? `[${commands.map(textOf).join()}]` : canonicalJson(value);
      return `${canonicalJson(key)}:${text}`;
    });
  return `{${members.join()}}`;
}

/**
 * The request, whose shape nobody has checked yet. `items`: as `openPack` names them, in that order.
 * @throws BadPack, TypeError for what is no UTF-8 or cannot be canonical
 */
export async function unpack(
  { sum, raw }: OpenedPack,
  plain: Bytes,
  items: readonly KnownItem[],
  tools: Tools = TOOLS,
): Promise<unknown> {
  const request = new Walk(new Reading({ raw, plain }), items, WALK).request();
  const own = await tools.sha256(requestText(request, tools.textOf));
  if (sum.some((byte, at) => byte !== own[at])) throw new BadPack();
  return request;
}
