/**
 * A village's morning, for journeys that begin where it ends: a city of its own, an office, a computer that is enrolled
 * and somebody signed in at it. Everything goes away with it, however the journey ends.
 */
import type { Page } from '@playwright/test';
import { browserDevice, type BrowserDevice, type DeviceOptions } from './browser-device.ts';
import { demoCity, type DemoCity } from './demo-city.ts';
import { enrol, signIn } from './desk-steps.ts';
import { haltingLine, type HaltingLine } from './halting-line.ts';
import { runningOffice, type RunningOffice } from './office-process.ts';

export const VILLAGE = '410526102213';
export const TOWNSHIP = '410526102000';

export interface Station extends AsyncDisposable {
  city: DemoCity;
  office: RunningOffice;
  device: BrowserDevice;
  /** The address that the browser uses. */
  url: string;
  /** The first tab, on the desk. */
  page: Page;
  /** Who is signed in. */
  agent: string;
  /** The browser is closed and opened again, at the sign-in page that leads to `path`. */
  reopen(path: string): Promise<Page>;
}

export interface StationOptions extends DeviceOptions {
  buildDir?: string;
  /** Starts something between browser and office, and gives its address. */
  front?: (office: RunningOffice) => Promise<string>;
}

export async function openStation(options: StationOptions = {}): Promise<Station> {
  const { buildDir, front, ...browser } = options;
  const stack = new AsyncDisposableStack();
  try {
    const city = stack.use(await demoCity());
    const office = stack.use(
      await runningOffice({ dataDir: city.dataDir, ...(buildDir === undefined ? {} : { buildDir }) }),
    );
    const url = (await front?.(office)) ?? office.url;
    const device = stack.use(browserDevice(browser));
    const agent = personOf(city, VILLAGE);
    const page = await device.open();
    await enrol(page, url, (await city.issueCode(VILLAGE)).code);
    await signIn(page, agent, city.passphrase);
    const held = stack.move();
    return {
      city,
      office,
      device,
      url,
      page,
      agent,
      async reopen(path) {
        const again = await device.open();
        await again.goto(url + path);
        await again.waitForURL(/unlock/);
        await signIn(again, agent, city.passphrase);
        return again;
      },
      [Symbol.asyncDispose]: () => held.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** The name of whoever works at that site, or of the one who has just this role there. */
export function personOf(city: DemoCity, siteCode: string, role?: string): string {
  const found = city.accounts.find(
    ({ site, roles }) =>
      site.code === siteCode && (role === undefined || (roles.length === 1 && roles[0] === role)),
  );
  if (found === undefined) throw new Error(`nobody at ${siteCode} is ${role ?? 'staff'}`);
  return found.name;
}

/** The same with a line to the office that halts where a test wants something to die. */
export async function openStationOnLine(): Promise<Station & { line: HaltingLine }> {
  let line!: HaltingLine;
  const station = await openStation({
    front: async (office) => {
      line = await haltingLine(() => Number(new URL(office.url).port));
      return line.url;
    },
  });
  return {
    ...station,
    line,
    async [Symbol.asyncDispose]() {
      await station[Symbol.asyncDispose]();
      await line[Symbol.asyncDispose]();
    },
  };
}
