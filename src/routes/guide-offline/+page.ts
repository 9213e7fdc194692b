/** What the service worker shows for the guide while there is no network: prerendered, without a script. */
export const csr = false;
export const prerender = true;
