/**
 * Where a Chromium is, and how it must be started here. Order: CHROMIUM_PATH, the system's, Playwright's own.
 * `scripts/ensure-browser.ts` installs one when none is found.
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const candidates = (): (string | undefined)[] => [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  chromium.executablePath(),
];

/** The first Chromium that exists, or undefined. */
export const findChromium = (): string | undefined =>
  candidates().find((path) => path !== undefined && existsSync(path));

/** Like {@link findChromium}, but names the path that is expected when there is none. */
export const chromiumPath = (): string => findChromium() ?? '/usr/bin/chromium';

/** Root needs --no-sandbox; a container's /dev/shm is small; the rest keeps Chromium off the outside network. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
