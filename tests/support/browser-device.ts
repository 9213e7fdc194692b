/** A station's computer: a real Chromium on a profile of its own, which survives closing and being killed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.ts';

export interface BrowserDevice extends AsyncDisposable {
  /** Opens the browser on the profile, as after switching the computer on. */
  open(): Promise<Page>;
  context(): BrowserContext;
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
      context.setDefaultTimeout(20_000);
      return context.pages()[0] ?? context.newPage();
    },
    context() {
      if (context === undefined) throw new Error('the browser is closed');
      return context;
    },
    close,
    async [Symbol.asyncDispose]() {
      await close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
