/**
 * The page that answers every navigation when there is no network: prerendered, precached by the service worker.
 * Invariant: it needs no data; the router in it then opens the address that was asked for.
 */
export const ssr = false;
export const prerender = true;
