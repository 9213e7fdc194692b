/**
 * The first load in one request: manifest, list, rules and items come one after the other, and each is verified and kept
 * as soon as it is here, so the list can be searched while the items are still on their way. What did not come or does not
 * fit is left to the load by parts (catalogue.ts), which finds here what did.
 */
import type { Bytes } from '#lib/catalogue/hash.ts';
import { createInbox, PACK_ORDER } from '#lib/catalogue/pack.ts';
import type { Manifest, PartName } from '#lib/catalogue/release.ts';
import { verifyPart } from '#lib/catalogue/verify.ts';
import type { Http } from './http.ts';

const TIMEOUT_MS = 30_000;

export interface PackTaker {
  /** Verifies a manifest and announces it; null when it is not the one that was asked for. */
  announce(raw: Bytes, signature: string): Promise<Manifest | null>;
  /** Keeps a verified part; false when it cannot. */
  keep(name: PartName, sha256: string, bytes: Bytes): Promise<boolean>;
  onProgress(share: number): void;
}

/** Fetches the pack of the release at this address, as far as it comes and fits. */
export async function loadPack(
  http: Http,
  address: string,
  { announce, keep, onProgress }: PackTaker,
): Promise<void> {
  const inbox = createInbox();
  const enough = new AbortController();
  let total = Infinity;
  const request = http({
    method: 'GET',
    path: `/api/catalogue/${address}/pack`,
    timeoutMs: TIMEOUT_MS,
    signal: enough.signal,
    onProgress(bytes, chunk) {
      inbox.put(chunk);
      onProgress(Math.min(1, bytes / total));
    },
  });
  void request.then(() => inbox.end());
  try {
    const signature = new TextDecoder().decode((await inbox.line()) ?? undefined);
    const raw = await inbox.line();
    const manifest = raw && (await announce(raw, signature));
    if (!manifest) return;
    total = PACK_ORDER.reduce((sum, name) => sum + manifest.parts[name].size, raw.length + signature.length);
    for (const name of PACK_ORDER) {
      const ref = manifest.parts[name];
      const bytes = await inbox.take(ref.size);
      if (!bytes || !(await verifyPart(bytes, ref))) return;
      if (!(await keep(name, ref.sha256, bytes))) return;
    }
  } finally {
    enough.abort();
    await request;
  }
}
