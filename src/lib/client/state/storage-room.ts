/** How much room the browser gives this device, and asking it to keep what is here. Null where it does not say. */
import type { SyncStatus } from '../sync/status.ts';

export async function roomHere(): Promise<SyncStatus['storage']> {
  try {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    return { usage, quota, persisted: await navigator.storage.persisted() };
  } catch {
    return null;
  }
}

/** True when the browser promises not to clear it by itself. */
export async function askToKeep(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}
