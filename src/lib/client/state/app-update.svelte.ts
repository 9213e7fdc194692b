/**
 * A new version of the program (新版程序): found by the browser, shown as a notice, taken only when the person agrees,
 * and never before every draft is on disk. All tabs reload then, so each registers what it must save first.
 */
import { dev } from '$app/environment';
import type { Workbox } from 'workbox-window';
import { trustedScriptUrl } from '#lib/client/sync/trusted-url.ts';

type Save = () => Promise<void>;

/** A desk stays open for days, and the browser by itself looks only when a page is loaded. */
const LOOK_MS = 60 * 60_000;

class AppUpdate {
  #waiting = $state(false);
  #controlled = $state(false);
  #workbox: Workbox | undefined;
  #saves = new Set<Save>();

  /** A new version is downloaded and waits for consent. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** The app shell is kept: this page would open again without a network. */
  get offlineReady(): boolean {
    return this.#controlled;
  }

  /** Runs before the page is replaced by a new version; returns how to forget it. */
  beforeReload(save: Save): () => void {
    this.#saves.add(save);
    return () => this.#saves.delete(save);
  }

  async start(): Promise<void> {
    if (dev || !('serviceWorker' in navigator) || this.#workbox) return;
    // only in a browser: it is no module that a server could load
    const { Workbox } = await import('workbox-window');
    this.#controlled = navigator.serviceWorker.controller !== null;
    const workbox = new Workbox(trustedScriptUrl('/service-worker.js'), { updateViaCache: 'none' });
    this.#workbox = workbox;
    workbox.addEventListener('waiting', () => (this.#waiting = true));
    workbox.addEventListener('controlling', (event) => {
      this.#controlled = true;
      if (event.isUpdate) void this.#saveAll().then(() => location.reload());
    });
    await workbox.register();
    setInterval(() => void this.look(), LOOK_MS);
  }

  /** Asks the office for a new version now; being offline is no error. */
  async look(): Promise<void> {
    await this.#workbox?.update().catch(() => undefined);
  }

  /** The person agreed: save, then let the waiting version take over; every tab reloads. */
  async accept(): Promise<void> {
    await this.#saveAll();
    this.#workbox?.messageSkipWaiting();
  }

  async #saveAll(): Promise<void> {
    await Promise.allSettled([...this.#saves].map((save) => save()));
  }
}

export const appUpdate = new AppUpdate();
