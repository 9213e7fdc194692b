/**
 * Who this device is and who sits at it. The first sign-in of a person needs the office; later ones unlock offline with
 * the same passphrase. Locking, or five minutes without a key or a touch, locks every tab.
 */
import type { SiteName, StaffTile } from '#lib/protocol/auth.ts';
import {
  deviceWatch,
  listStaff,
  readDevice,
  readSiteNames,
  readTiles,
  type DeviceRecord,
  type StaffRecord,
} from '../store/device.ts';
import { watch } from '../store/watch.ts';
import type { EnrolmentPorts, OfficeFailure, SignIn } from '../sync/enrolment.ts';
import type { Store } from '../store/open-database.ts';
import { now } from './now.svelte.ts';
import { openedStore } from './opened-store.ts';
import { sync } from './sync-status.svelte.ts';

export type SessionPhase = 'starting' | 'noStorage' | 'notEnrolled' | 'locked' | 'open';
type Message = { is: 'ask' } | { is: 'unlocked'; staff: string } | { is: 'lock' };

export type { OfficeFailure, SignIn };

/** Enrolling and signing in, fetched when they are needed: whoever is signed in already opens the desk without them. */
const enrolment = () => import('../sync/enrolment.ts');
const ports = async (): Promise<EnrolmentPorts> => {
  const { browserHttp } = await import('../sync/http.ts');
  return { store: await openedStore(), http: browserHttp(), now };
};

const IDLE_MS = 5 * 60_000;
const KEPT = 'jinban-staff';

/** Asks the browser to clear nothing of ours when the disk runs short. It decides by itself; home and 同步 say how. */
async function askToKeep(): Promise<void> {
  if (!(await navigator.storage.persisted())) await navigator.storage.persist();
}

class Session {
  phase = $state<SessionPhase>('starting');
  device = $state.raw<DeviceRecord | null>(null);
  staff = $state.raw<StaffRecord | null>(null);
  tiles = $state.raw<StaffTile[]>([]);
  /** Names of the sites whose applications come here. */
  sites = $state.raw<SiteName[]>([]);

  #channel: BroadcastChannel | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #started: Promise<void> | undefined;

  start(): Promise<void> {
    return (this.#started ??= this.#start());
  }

  async #start(): Promise<void> {
    const store = await openedStore();
    if (store.state !== 'open') return void (this.phase = 'noStorage');
    this.#channel = new BroadcastChannel('jinban-session');
    this.#channel.onmessage = (event: MessageEvent<Message>) => void this.#hear(event.data);
    this.device = await readDevice(store);
    if (this.device === null) return void (this.phase = 'notEnrolled');
    await this.#afterEnrolment();
  }

  async #afterEnrolment(): Promise<void> {
    sync.start();
    this.#follow(await openedStore());
    // offline the tiles of last time serve; whoever signed in here before is always among them
    this.tiles = await readTiles(await openedStore());
    this.sites = await readSiteNames(await openedStore());
    const kept = sessionStorage.getItem(KEPT);
    if (kept !== null) await this.#admit(kept);
    if (this.staff !== null) return;
    // only now: a page that is loaded again must not show the sign-in for a moment and close what is open on it
    this.phase = 'locked';
    this.#say({ is: 'ask' });
  }

  /** The county may move this device to another site, or its site under another township. */
  #follow(store: Store): void {
    const onDevice = (device: DeviceRecord | null): void => {
      if (device && JSON.stringify(device.site) !== JSON.stringify(this.device?.site)) this.device = device;
    };
    // what cannot be read now is read at the next start
    watch(deviceWatch(store), onDevice, () => undefined);
  }

  /** Asks the office for the staff of this site; offline the known ones stay. */
  async refresh(): Promise<void> {
    const { fetchStaff } = await enrolment();
    this.tiles = (await fetchStaff(await ports())).staff;
    this.sites = await readSiteNames(await openedStore());
  }

  /** Ids of those who can unlock without a network. */
  async offlineStaff(): Promise<string[]> {
    return (await listStaff(await openedStore())).map((staff) => staff.id);
  }

  /** With the one-time code from the county. */
  async enrol(code: string, name: string): Promise<{ is: 'enrolled' } | OfficeFailure> {
    const result = await (await enrolment()).enrol(await ports(), code, name);
    if (result.is !== 'enrolled') return result;
    this.device = result.device;
    await this.#afterEnrolment();
    await this.refresh();
    return { is: 'enrolled' };
  }

  async signIn(staff: string, passphrase: string): Promise<SignIn> {
    const result = await (await enrolment()).signIn(await ports(), staff, passphrase);
    if (result.is === 'signedIn') {
      void askToKeep();
      await this.#admit(staff);
      this.#say({ is: 'unlocked', staff });
      // let in by the device alone: if the office says meanwhile that this person may not, the page locks again
      void result.confirmation.then((confirmation) => {
        if (confirmation !== 'confirmed' && confirmation.is === 'refused') this.lock();
      });
    }
    return result;
  }

  lock(): void {
    this.#say({ is: 'lock' });
    this.#lockHere();
  }

  #lockHere(): void {
    clearTimeout(this.#idle);
    sessionStorage.removeItem(KEPT);
    this.staff = null;
    if (this.phase === 'open') this.phase = 'locked';
  }

  async #admit(id: string): Promise<void> {
    const staff = (await listStaff(await openedStore())).find((one) => one.id === id);
    if (staff === undefined) return;
    this.staff = staff;
    this.phase = 'open';
    sessionStorage.setItem(KEPT, id);
    this.touch();
  }

  /** A key or a touch: the five minutes start anew. */
  touch(): void {
    if (this.phase !== 'open') return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.lock(), IDLE_MS);
  }

  async #hear(message: Message): Promise<void> {
    if (message.is === 'lock') this.#lockHere();
    if (message.is === 'ask' && this.staff !== null) this.#say({ is: 'unlocked', staff: this.staff.id });
    if (message.is === 'unlocked' && this.phase === 'locked') await this.#admit(message.staff);
  }

  #say(message: Message): void {
    this.#channel?.postMessage(message);
  }
}

export const session = new Session();

/** Where a person's work begins: agents at the desk, everybody else at the review. */
export const homeOf = (staff: { roles: readonly string[] } | null): '/desk' | '/review' =>
  staff === null || staff.roles.includes('agent') ? '/desk' : '/review';
