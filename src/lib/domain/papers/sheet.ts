/** What builders are given, and the sheet around what they build: copy, 补打, QR, telephones. */
import type { Calendar } from '../calendar.ts';
import { chineseDay, formatTime, type Instant } from '../day.ts';
import type { Item } from '../item.ts';
import type { Policy } from '../policy.ts';
import type { Application } from '../state.ts';
import { copyName } from './copies.ts';
import type { Office } from './office.ts';
import type { Copy, Paper, PaperKind } from './paper.ts';

export interface PaperFacts {
  state: Application;
  item: Item;
  office: Office;
  calendar: Calendar;
  policy: Pick<Policy, 'correctionDays' | 'toleranceDays'>;
  copy: Copy;
  reprint: boolean;
  /** When it is printed. */
  now: Instant;
  /** When it was received, by the station's clock; left out where nobody knows, then the day alone is said. */
  receivedAt?: Instant;
}

/** Tells our codes from any other QR code; no address, so that every station reads it without a network. */
export const QR_PREFIX = 'JB1:';

/** What is filled in by the caller of `sheet`. */
export interface Sheet extends Pick<Paper, 'title' | 'number' | 'blocks'> {
  kind: PaperKind;
  issuer?: string;
  subtitle?: string;
  qr?: null;
  masked?: boolean;
}

/** The paper around its blocks. */
export function sheet(
  facts: Omit<PaperFacts, 'state' | 'item' | 'calendar' | 'policy'> & Partial<Pick<PaperFacts, 'state'>>,
  parts: Sheet,
): Paper {
  const { office, copy, now, reprint, state } = facts;
  const { issuer = office.organ, masked = copy === 'archive', qr, ...rest } = parts;
  return {
    ...rest,
    issuer,
    station: issuer === office.station,
    copy: copyName(parts.kind, copy),
    reprint,
    practice: office.practice,
    qr: state === undefined || qr === null ? null : `${QR_PREFIX}${state.queryToken}`,
    phones: [
      { name: '咨询', number: office.phone },
      { name: '监督', number: office.supervision },
    ].filter(({ number }) => number !== ''),
    printedAt: `${chineseDay(now)} ${formatTime(now)}`,
    masked,
  };
}
