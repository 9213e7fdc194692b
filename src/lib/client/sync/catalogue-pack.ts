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
  const wrong = new AbortController();
  let total = Infinity;
  const request = http({
    method: 'GET',
    path: `/api/catalogue/${address}/pack`,
    timeoutMs: TIMEOUT_MS,
    signal: wrong.signal,
    onProgress(bytes, chunk) {
      inbox.put(chunk);
      onProgress(Math.min(1, bytes / total));
    },
  });
  void request.then(() => inbox.end());

  async function take(): Promise<boolean> {
    const [signature, raw] = [await inbox.line(), await inbox.line()];
    if (!signature || !raw) return false;
    const manifest = await announce(raw, new TextDecoder().decode(signature));
    if (!manifest) return false;
    total = PACK_ORDER.reduce((sum, name) => sum + manifest.parts[name].size, signature.length + raw.length);
    for (const name of PACK_ORDER) {
      const { sha256, size } = manifest.parts[name];
      const bytes = await inbox.take(size);
      if (!bytes || !(await verifyPart(bytes, { sha256, size }))) return false;
      if (!(await keep(name, sha256, bytes))) return false;
    }
    return true;
  }
  // the rest of what does not fit need not come; what did is read to its end, so that the line can be used again
  let whole = false;
  try {
    whole = await take();
  } finally {
    if (!whole) wrong.abort();
    await request;
  }
}
