/**
 * 导出诊断: what helps whoever looks after the program, without anything about a person. By construction: every value that
 * goes into the file is a number, a word of a closed list, a time, or has a form that no name and no identity number has.
 */
import { isInstant, type Instant } from '#lib/domain/day.ts';
import { takeCensus, type Census } from '../store/census.ts';
import { readDevice } from '../store/device.ts';
import type { Store } from '../store/open-database.ts';
import { ALARM_CODES, PHASES, type SyncStatus } from '../sync/status.ts';
import { syncWorker } from '../sync/worker-client.ts';
import { readLog, type LogLine } from '../sync/worker-log.ts';
import { now } from './now.svelte.ts';
import { openedStore } from './opened-store.ts';
import { roomHere } from './storage-room.ts';

type Plain = number | boolean | string | null;
type Section = Record<string, Plain>;

interface Diagnosis {
  format: 'jinban-diagnosis-2';
  at: Instant;
  program: Section;
  browser: Section;
  sync: Section;
  storage: Section;
  /** Milliseconds. */
  timings: Section;
  census: Census | null;
  log: readonly LogLine[];
}

export interface DiagnosisFacts {
  program: string;
  status: SyncStatus;
  log: unknown;
  userAgent: string;
}

const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const oneOf = (value: unknown, list: readonly string[]): string | null =>
  typeof value === 'string' && list.includes(value) ? value : null;
const time = (value: unknown): string | null => (isInstant(value) ? value : null);
/** The first match of a form that only our own words have. */
const formed = (value: unknown, form: RegExp): string | null =>
  typeof value === 'string' ? (form.exec(value)?.[0] ?? null) : null;

const BROWSER = /Chrom(e|ium)\/[\d.]{1,20}|Firefox\/[\d.]{1,20}/;
const SYSTEM = /Windows NT [\d.]{1,6}|Android [\d.]{1,6}|Linux|Mac OS X/;
const RELEASE = /^[SL]\d{12}\/(township|subdistrict|village)\/\d{1,6}$/;
const DEVICE = /^[Dd]-?[0-9a-f-]{8,40}$/;
const PROGRAM = /^[0-9a-f]{12}$|^\d+(\.\d+){1,3}$/;
/** A status and our own error code, or the kind of an error; never its words. */
const DETAIL = /^[1-5]\d\d( [A-Za-z]{1,40})?$|^(full|reloadNeeded|unavailable|[A-Za-z]{0,30}Error)(?![^:\s])/;

const syncSection = ({ phase, alarm, photos, release, ...rest }: SyncStatus): Section => ({
  phase: oneOf(phase, PHASES),
  alarm: oneOf(alarm?.code, ALARM_CODES),
  alarmDetail: formed(alarm?.detail, DETAIL),
  alarmSince: time(alarm?.since),
  waiting: number(rest.waiting),
  applications: number(rest.applications),
  bytesLeft: number(rest.bytesLeft),
  sentBytes: number(rest.sentBytes),
  troubles: number(rest.troubles),
  lastSuccess: time(rest.lastSuccess),
  clockSkewMs: number(rest.clockSkewMs),
  leader: rest.leader === true,
  photosWaiting: number(photos.waiting),
  photosBytesLeft: number(photos.bytesLeft),
  photosRefused: number(photos.refused),
  photoSent: number(photos.sending?.sent),
  releaseHere: formed(release?.have, RELEASE),
  releaseOffered: formed(release?.newest, RELEASE),
  releaseProgress: number(release?.progress),
});

function timingSection(censusMs: number): Section {
  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return {
    readingDatabase: Math.round(censusMs),
    pageInteractive: number(load && Math.round(load.domInteractive)),
    pageLoaded: number(load && Math.round(load.loadEventEnd)),
    pageOpenFor: Math.round(performance.now()),
  };
}

/** Whatever cannot be read is null: a station in trouble must still give its diagnosis. */
export async function diagnose(store: Store, facts: DiagnosisFacts): Promise<Diagnosis> {
  const { program, status, log, userAgent } = facts;
  const began = performance.now();
  const census = await takeCensus(store, now()).catch(() => null);
  const device = await readDevice(store).catch(() => null);
  const room = await roomHere();
  const { hardwareConcurrency, deviceMemory } = navigator as Navigator & { deviceMemory?: number };
  return {
    format: 'jinban-diagnosis-2',
    at: now(),
    program: {
      version: formed(program, PROGRAM),
      device: formed(device?.device, DEVICE),
      deviceNumber: formed(device?.number, /^\d{3}$/),
      store: oneOf(store.state, ['open', 'reloadNeeded', 'unavailable']),
    },
    browser: {
      name: formed(userAgent, BROWSER),
      system: formed(userAgent, SYSTEM),
      online: navigator.onLine,
      processors: number(hardwareConcurrency),
      memoryGB: number(deviceMemory),
      width: number(screen.width),
      height: number(screen.height),
      serviceWorker: navigator.serviceWorker?.controller != null,
      utcOffsetMinutes: -new Date().getTimezoneOffset(),
    },
    sync: syncSection(status),
    storage: {
      usage: number(room?.usage),
      quota: number(room?.quota),
      persisted: room?.persisted === true,
    },
    timings: timingSection(performance.now() - began),
    census,
    log: readLog(log),
  };
}

/** The file of this device. `program`: the version of the page. */
export async function diagnosisFile(program: string, status: SyncStatus): Promise<Blob> {
  const facts = { program, status, log: await syncWorker.log(), userAgent: navigator.userAgent };
  const report = await diagnose(await openedStore(), facts);
  return new Blob([JSON.stringify(report, null, 1)], { type: 'application/json' });
}
