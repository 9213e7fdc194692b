/** A device's loads of a catalogue, with the product's modules and without a database: how many bytes, and how long. */
import { performance } from 'node:perf_hooks';
import type { Bytes } from '#lib/catalogue/hash.ts';
import { rebuildRelease, type WholeRelease } from '#lib/catalogue/rebuild.ts';
import { unpackItems, unpackList, type Manifest, type PartName } from '#lib/catalogue/release.ts';
import { createSearch } from '#lib/catalogue/search.ts';
import { openTight } from '#lib/catalogue/tight-patch.ts';
import { verifyManifest } from '#lib/catalogue/verify.ts';
import { loadPack } from '#lib/client/sync/catalogue-pack.ts';
import type { Offered } from '#lib/client/sync/catalogue.ts';
import type { Http } from '#lib/client/sync/http.ts';
import { round } from '#lib/client/sync/round.ts';
import { memoryStorage } from '#lib/client/sync/storage-memory.ts';
import { systemClock } from '#lib/client/sync/system.ts';
import { httpTransport } from '#lib/client/sync/transport-http.ts';
import type { Level } from '#lib/domain/item.ts';
import type { BytesOffice } from './catalogue-bytes-office.ts';
import { DEVICE, signAlways } from './device-fixture.ts';
import { COUNTY } from './town.ts';

export interface Load {
  bytes: number;
  ms: number;
}
export interface FirstLoad extends Load {
  /** Until the list could be searched. */
  listMs: number;
  release: WholeRelease;
}

const verified = async (
  { releaseKeys }: BytesOffice,
  level: Level,
  raw: Bytes,
  signature: string,
): Promise<Manifest | null> => {
  const verdict = await verifyManifest(raw, signature, releaseKeys, { county: COUNTY, level, newest: null });
  return verdict.ok ? verdict.manifest : null;
};
const bytesOf = ({ line }: BytesOffice): number => line.up + line.down;

/** From nothing, without a connection, until everything is verified and unpacked. */
export async function firstLoad(office: BytesOffice, level: Level, address: string): Promise<FirstLoad> {
  office.line.reset();
  const start = performance.now();
  let [manifest, listMs]: [Manifest | null, number] = [null, NaN];
  const parts = {} as Record<PartName, Bytes>;
  const http = office.http();
  let reply = '';
  const heard: Http = async (request) => {
    const answer = await http(request);
    reply = answer.is;
    return answer;
  };
  await loadPack(heard, address, {
    announce: async (raw, signature) => (manifest = await verified(office, level, raw, signature)),
    async keep(name, _, bytes) {
      parts[name] = bytes;
      if (name === 'list') {
        createSearch(unpackList(bytes)).search('低保', 10);
        listMs = performance.now() - start;
      }
      return true;
    },
    onProgress: () => undefined,
  });
  if (!manifest || !('items' in parts)) {
    throw new Error(`of the pack came ${Object.keys(parts).join()}, the line said ${reply}`);
  }
  unpackItems(parts.items);
  return { bytes: bytesOf(office), ms: performance.now() - start, listMs, release: { manifest, parts } };
}

/** One poll of a device whose line is open and whose feed is quiet, before and after a release. */
export async function polls(
  office: BytesOffice,
  level: Level,
  { manifest, parts }: WholeRelease,
  release: () => Promise<unknown>,
): Promise<{ idle: Load; patched: Load }> {
  const storage = memoryStorage(DEVICE, signAlways);
  await storage.lead('t');
  const { county, number } = manifest;
  storage.setRelease(`${county}/${level}/${number}`);
  let offered: Offered | null = null;
  const ports = {
    storage,
    transport: httpTransport(office.http(), async () => null, null),
    clock: systemClock,
    token: 't',
    onPatch: (address: string, patch: Offered['patch']) => void (offered = { address, patch }),
  };
  const poll = async (): Promise<Load> => {
    office.line.reset();
    const start = performance.now();
    const result = await round(ports, {
      batchBytes: 65_536,
      asking: false,
      signal: new AbortController().signal,
    });
    if (result.is !== 'done') throw new Error(`the poll ended with ${result.is}`);
    if (offered) {
      const { address, patch } = offered;
      const opened = patch instanceof Uint8Array ? await openTight({ manifest, parts }, patch) : patch;
      const next = await rebuildRelease({ manifest, parts }, Number(address.split('/')[2]), opened);
      if (!(await verified(office, level, next.raw, opened.signature))) throw new Error('not signed');
    }
    return { bytes: bytesOf(office), ms: performance.now() - start };
  };
  // the first one opens the line and reads the feed from its beginning
  await poll();
  await poll();
  const idle = await poll();
  await release();
  const patched = await poll();
  if (!offered) throw new Error('no patch came');
  return { idle, patched };
}
