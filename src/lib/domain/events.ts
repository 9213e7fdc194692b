/**
 * What happened (事件): the closed list that `evolve` takes. Each event raises the revision by one, names nobody itself
 * (actor, command and office time travel beside it) and holds days of China, never instants of a device.
 */
import type { Bodies, Decision, Delivery } from './commands.ts';
import type { Day } from './day.ts';
import type { ItemRef } from './item.ts';

export type Event =
  | {
      is: 'received';
      item: ItemRef;
      body: Bodies['receive'];
      arrivedOn: Day;
      caseNumber: string | null;
      flags: string[];
    }
  | { is: 'amended'; fields: Bodies['amend']['fields'] }
  | { is: 'materialAdded'; material: Bodies['addMaterial'] }
  | { is: 'correctionSupplied'; answers: Record<string, string>; on: Day }
  | { is: 'withdrawn'; reason: string; on: Day }
  | { is: 'accepted'; on: Day; bySilence: boolean }
  | { is: 'correctionRequested'; notice: Bodies['requestCorrection']; on: Day }
  | { is: 'acceptanceRefused'; refusal: Bodies['refuseAcceptance']; on: Day }
  | { is: 'claimed'; on: Day }
  | { is: 'released' }
  | { is: 'assigned'; department: string; reviewer?: string }
  | { is: 'reviewed'; department: string; pass: boolean; opinion: string; on: Day }
  | { is: 'decided'; decision: Decision; on: Day }
  | { is: 'licenceMade'; licenceNumber: string }
  | { is: 'delivered'; delivery: Delivery; on: Day }
  | { is: 'forwarded'; organ: string; reason: string; on: Day }
  | { is: 'voided'; reason: string; on: Day }
  | { is: 'suspended'; procedure: string; reason: string; basis: string; days: number; on: Day }
  | { is: 'resumed'; result: string; on: Day }
  | { is: 'extended'; days: number; reason: string; basis: string }
  | { is: 'rated'; rating: Bodies['rate']; on: Day }
  | { is: 'lapsed'; due: Day; on: Day }
  | { is: 'overdueMarked'; clock: Bodies['overdue']['clock']; due: Day }
  | { is: 'photoVerified'; material: string; sha256: string };
export type EventKind = Event['is'];

/** An event with what the log knows of it: who, when by the office's clock. `rev` starts at 1 with `received`. */
export interface LoggedEvent {
  applicationId: string;
  rev: number;
  actor: { id: string; name: string };
  /** Office time; on a device, for events not yet confirmed, the device's own. */
  now: string;
  event: Event;
}

export const EVENT_NAMES: Record<EventKind, string> = {
  received: '收件',
  amended: '修改内容',
  materialAdded: '补交材料',
  correctionSupplied: '补正到齐',
  withdrawn: '申请人撤回',
  accepted: '受理',
  correctionRequested: '一次告知补正',
  acceptanceRefused: '不予受理',
  claimed: '认领',
  released: '放回',
  assigned: '分办',
  reviewed: '审查意见',
  decided: '作出决定',
  licenceMade: '制证出件',
  delivered: '送达',
  forwarded: '转报上级',
  voided: '作废',
  suspended: '启动特别程序',
  resumed: '特别程序结束',
  extended: '延长期限',
  rated: '群众评价',
  lapsed: '补正逾期，终止',
  overdueMarked: '超过期限',
  photoVerified: '照片已核验',
};
