/** 扫码 for pages: the scanner of this tab, and its program, fetched beforehand so that it is there without a network. */
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import scanWorkerUrl from '../scan/scan-worker.ts?worker&url';
import { createScanner } from '../scan/scanner.ts';
import { trustedScriptUrl } from '../sync/trusted-url.ts';

export type { Scanned, Scanner } from '../scan/scanner.ts';

/** No worker is started before the first picture. */
export const scanner = createScanner({
  spawn: () => new Worker(trustedScriptUrl(scanWorkerUrl), { type: 'module', name: 'jinban-scan' }),
  wasmUrl,
});

/** The service worker keeps what passes through it. 400 KB: asked for when nothing else is going on. */
export const fetchScanner = (): Promise<unknown> => fetch(wasmUrl).catch(() => undefined);
