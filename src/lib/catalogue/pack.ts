/**
 * A release in one piece, for a device that has none yet: one request, one brotli window over list and items. In the
 * order of use: the signature and the manifest, a line each, then the raw parts, so that a device searches the list while
 * the items are still on their way. Nothing in it is trusted before the manifest is verified.
 */
import type { Bytes } from './hash.ts';
import { joined } from './join.ts';
import type { PartName } from './release.ts';

/** What is here first can be used first. */
export const PACK_ORDER: readonly PartName[] = ['list', 'rules', 'items'];

const NEWLINE = 10;
/** No signature and no manifest is longer: somebody else's page has no end of line so soon. */
const LONGEST_LINE = 4096;

/** Raw bytes of the pack, and how many of them lead to the end of the list: what is packed must be readable that far. */
export function packOf(
  signature: string,
  manifestRaw: Bytes,
  parts: Record<PartName, Bytes>,
): { raw: Bytes; listEnds: number } {
  const head = [new TextEncoder().encode(`${signature}\n`), manifestRaw, Uint8Array.of(NEWLINE)];
  const pieces = [...head, ...PACK_ORDER.map((name) => parts[name])];
  const raw = joined(pieces);
  return { raw, listEnds: raw.length - parts.rules.length - parts.items.length };
}

/** Bytes as they arrive, for somebody who waits for a line or for so many. */
export interface Inbox {
  put(chunk: Uint8Array): void;
  /** Nothing more comes. */
  end(): void;
  /** The next line without its end; null when none comes. */
  line(): Promise<Bytes | null>;
  /** The next `count` bytes; null when fewer come. */
  take(count: number): Promise<Bytes | null>;
}

export function createInbox(): Inbox {
  let held = new Uint8Array(0);
  let ended = false;
  let tell: () => void = () => undefined;

  /** Waits until `found` gives the length of what is there, beside what ends it; null when it cannot come any more. */
  async function when(found: () => number | null): Promise<Bytes | null> {
    for (;;) {
      const length = found();
      if (length !== null) {
        const bytes = held.slice(0, length);
        held = held.subarray(length);
        return bytes;
      }
      if (ended) return null;
      await new Promise<void>((resolve) => (tell = resolve));
    }
  }
  return {
    put(chunk) {
      held = joined([held, chunk]);
      tell();
    },
    end() {
      ended = true;
      tell();
    },
    async line() {
      const bytes = await when(() => {
        const at = held.indexOf(NEWLINE);
        if (at < 0 && held.length > LONGEST_LINE) ended = true;
        return at < 0 ? null : at + 1;
      });
      return bytes && bytes.slice(0, -1);
    },
    take: (count) => when(() => (held.length >= count ? count : null)),
  };
}
