/**
 * Content-Security-Policy of every page, written once: SvelteKit puts it in the prerendered shell's
 * <meta> (with hashes), hooks.server.ts sends the same as a header, because frame-ancestors is ignored
 * in a <meta>. `unsafe-inline` for styles only: Svelte sets style attributes.
 * 'wasm-unsafe-eval': Argon2id runs as WebAssembly.
 * @type {NonNullable<NonNullable<import('@sveltejs/kit').KitConfig['csp']>['directives']>}
 */
export const contentSecurityPolicy = {
  'default-src': ['none'],
  'script-src': ['self', 'wasm-unsafe-eval'],
  'style-src': ['self', 'unsafe-inline'],
  'img-src': ['self', 'blob:', 'data:'],
  'font-src': ['self'],
  // identity-card readers: a program on the same computer, on one of four ports (client/reader/socket.ts)
  'connect-src': [
    'self',
    'ws://127.0.0.1:19196',
    'ws://127.0.0.1:19197',
    'ws://127.0.0.1:19198',
    'ws://127.0.0.1:19199',
  ],
  'worker-src': ['self'],
  'manifest-src': ['self'],
  'frame-ancestors': ['none'],
  'base-uri': ['none'],
  'form-action': ['self'],
  'object-src': ['none'],
  'require-trusted-types-for': ['script'],
  'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url', 'jinban-url'],
};
