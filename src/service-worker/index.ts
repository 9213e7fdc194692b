/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/// <reference types="@sveltejs/kit" />
/**
 * Keeps the app shell (Workbox) so that any deep link opens with the office down. Never data: /api is not touched, no
 * answer of the office is stored, so no person's data can end up in a cache. WebAssembly (400 KB for scanning) is not waited
 * for: it is kept when a page first asks for it, which the desk does when nothing else is going on.
 * An update waits until a person agrees (SKIP_WAITING); until then every tab stays on the version it started with.
 */
import { build, files, prerendered, version } from '$service-worker';
import { clientsClaim, setCacheNameDetails } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

const worker = globalThis.self as unknown as ServiceWorkerGlobalScope;

/** Pages that run without the office, matched with their query. The county's pages are rendered by it and need it. */
const OFFLINE_PAGES = [/^\/(\?|$)/, /^\/(desk|review|enrol|unlock)(\/|\?|$)/];

setCacheNameDetails({ prefix: 'jinban' });
const isWasm = (url: string): boolean => url.endsWith('.wasm');
precacheAndRoute(
  [
    ...build.filter((url) => !isWasm(url)).map((url) => ({ url, revision: null })), // content-hashed names
    ...files.map((url) => ({ url, revision: version })),
    ...prerendered.map((url) => ({ url, revision: version })),
  ],
  { cleanURLs: false, directoryIndex: null as unknown as string, ignoreURLParametersMatching: [] },
);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/shell'), { allowlist: OFFLINE_PAGES }));

// the public guide is the office's, always as it is now; only that it cannot be reached is said from here
const noNetwork = createHandlerBoundToURL('/guide-offline');
registerRoute(
  new NavigationRoute((call) => fetch(call.request).catch(() => noNetwork(call)), {
    allowlist: [/^\/guide(\/|\?|$)/],
  }),
);
clientsClaim();

const WASM = 'jinban-wasm';
const wasm = new Set(build.filter(isWasm));
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && wasm.has(url.pathname),
  async ({ request }) => {
    const cache = await caches.open(WASM);
    const kept = await cache.match(request.url);
    if (kept) return kept;
    const fetched = await fetch(request);
    if (fetched.ok) await cache.put(request.url, fetched.clone());
    return fetched;
  },
);
worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.open(WASM).then(async (cache) => {
      for (const { url } of await cache.keys()) if (!wasm.has(new URL(url).pathname)) await cache.delete(url);
    }),
  );
});

worker.addEventListener('message', (event) => {
  const message: unknown = event.data;
  if (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'SKIP_WAITING'
  ) {
    void worker.skipWaiting();
  }
});
