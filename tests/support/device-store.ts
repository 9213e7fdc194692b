/** A real device store in the browser, enrolled, with real keys; a database of its own for each test. */
import { openStore, type Store } from '#lib/client/store/open-database.ts';
import { saveDevice, saveStaff, type DeviceRecord } from '#lib/client/store/device.ts';
import { createWrap } from '#lib/client/vault/device-key.ts';
import { createSigningKeys } from '#lib/client/vault/keys.ts';
import { NOW, SITE } from './builders.ts';
import { DEVICE } from './device-fixture.ts';
import { AGENT, CLERK } from './small-office.ts';

export const KDF = { salt: 'c2FsdHNhbHRzYWx0c2FsdA', memory: 1024, passes: 1, lanes: 1 };

let count = 0;
export const freshName = (): string => `test-${crypto.randomUUID()}-${count++}`;

export async function deviceRecord(change: Partial<DeviceRecord> = {}): Promise<DeviceRecord> {
  return {
    device: DEVICE,
    number: SITE.device,
    site: {
      id: SITE.id,
      code: SITE.code,
      name: '示例村',
      fullName: '滑县白道口镇示例村',
      level: 'village',
      path: `S410500000000/S410526000000/S410526102000/${SITE.id}/`,
    },
    releaseKeys: [],
    contact: { organ: '白道口镇便民服务中心', phone: '0372-0000001', supervision: '0372-0000002' },
    name: '窗口一',
    keys: await createSigningKeys(),
    enrolledAt: NOW,
    ...change,
  };
}

/** Enrols, and lets the agent and the clerk sign in. */
export async function enrolledStore(name = freshName(), change: Partial<DeviceRecord> = {}): Promise<Store> {
  const store = await openStore(name);
  await saveDevice(store, await deviceRecord(change));
  const wrapKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'wrapKey',
    'unwrapKey',
  ]);
  for (const { id, name: person, roles } of [AGENT, CLERK]) {
    const wrap = await createWrap(wrapKey, { device: DEVICE, staff: id });
    const keys = await createSigningKeys();
    await saveStaff(store, {
      id,
      name: person,
      roles: [...roles],
      department: null,
      keys,
      kdf: KDF,
      wrap,
      confirmedAt: NOW,
    });
  }
  return store;
}

/** Closes the store and deletes its database. */
export async function dropStore(store: Store): Promise<void> {
  store.close();
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(store.db.name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('not deleted'));
  });
}
