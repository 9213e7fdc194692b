/** Runs a module of ours inside a page of the built application, bundled, so that a test can do there what pages do. */
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import type { Presses } from './in-page/many-presses.ts';

const bundles = new Map<string, Promise<string>>();

async function bundle(entry: string): Promise<string> {
  const root = resolve(import.meta.dirname, '../..');
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { dexie: resolve(root, 'node_modules/dexie/dist/modern/dexie.mjs') } },
    build: {
      write: false,
      minify: false,
      lib: { entry: resolve(import.meta.dirname, 'in-page', entry), formats: ['iife'], name: 'inPage' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [output] = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  const [chunk] = output!.output;
  return `(() => { ${chunk.code}\n globalThis.inPage = inPage; })()`;
}

/** Presses 提交 many times in this page; returns the milliseconds that one took. */
export async function pressMany(page: Page, presses: Presses): Promise<number> {
  const entry = 'many-presses.ts';
  const code = bundles.get(entry) ?? bundle(entry);
  bundles.set(entry, code);
  await page.evaluate(await code);
  return page.evaluate(
    (asked) =>
      (
        globalThis as unknown as { inPage: { pressMany(presses: Presses): Promise<number> } }
      ).inPage.pressMany(asked),
    presses,
  );
}
