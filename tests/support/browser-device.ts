/** A station's computer: a real Chromium on a profile of its own, which survives closing and being killed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.ts';
import { familyOf, processes } from './processes.ts';

export interface BrowserDevice extends AsyncDisposable {
  /** Opens the browser on the profile, as after switching the computer on. */
  open(): Promise<Page>;
  context(): BrowserContext;
  /** SIGKILL for the browser and all its processes: as a power cut, to what runs. Resolves when they are gone. */
  kill(): Promise<void>;
  /** The folder of its profile. */
  profile: string;
  close(): Promise<void>;
}

export interface DeviceOptions {
  executablePath?: string;
  viewport?: { width: number; height: number };
  /** More arguments of Chromium: a false camera. */
  args?: readonly string[];
}

/** A camera that shows a moving picture, and is allowed without being asked for. */
export const FALSE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended with its parent
  }
}

export function browserDevice({
  executablePath,
  viewport = { width: 1366, height: 768 },
  args = [],
}: DeviceOptions = {}): BrowserDevice {
  const profile = mkdtempSync(join(tmpdir(), 'jinban-profile-'));
  let context: BrowserContext | undefined;

  async function close(): Promise<void> {
    await context?.close();
    context = undefined;
  }
  return {
    async open() {
      await close();
      context = await chromium.launchPersistentContext(profile, {
        executablePath: executablePath ?? chromiumPath(),
        args: [...chromiumArgs, ...args],
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        viewport,
        serviceWorkers: 'allow',
      });
      context.setDefaultTimeout(30_000);
      return context.pages()[0] ?? context.newPage();
    },
    context() {
      if (context === undefined) throw new Error('the browser is closed');
      return context;
    },
    async kill() {
      const gone = new Promise((resolve) => context?.once('close', resolve));
      const all = processes();
      const browsers = all.filter(({ command }) => command.includes(`--user-data-dir=${profile}`));
      for (const { pid } of browsers.flatMap((browser) => familyOf(browser.pid, all))) end(pid);
      await gone;
      context = undefined;
    },
    profile,
    close,
    async [Symbol.asyncDispose]() {
      await close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
