import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { contentSecurityPolicy } from './csp.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: ({ filename }) => (filename.split(/[/\\]/).includes('node_modules') ? undefined : true),
  },
  kit: {
    adapter: adapter({ out: process.env.BUILD_DIR ?? 'build', precompress: true }),
    csp: { mode: 'auto', directives: contentSecurityPolicy },
    // the shell answers every deep link, so its assets need absolute paths
    paths: { relative: false },
    serviceWorker: { register: false },
    files: { serviceWorker: 'src/service-worker' },
    prerender: { entries: ['/shell', '/guide-offline'] },
    typescript: {
      config: (config) => {
        config.include.push(
          '../scripts/**/*.ts',
          '../tests/**/*.ts',
          '../*.config.ts',
          '../*.js',
          '../scripts/**/*.js',
        );
        return config;
      },
    },
    version: { name: process.env.APP_VERSION ?? String(Date.now()), pollInterval: 0 },
  },
};
