/**
 * What the 收件凭证 of an application says: masked, in the words of the counter, the same however often it is printed. The
 * QR holds the random token of the application and no address, so that it can be read by any station, with no network.
 */
import { ACCEPTANCE_DAYS, isVillageOnly } from '#lib/domain/clocks.ts';
import { chineseDay, formatDay, formatTime, type Instant } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import { maskIdNumber, maskName } from '#lib/domain/masking.ts';
import { formatReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { Application } from '#lib/domain/state.ts';
import type { Receipt, ReceiptMaterial } from '#lib/ui/receipt.ts';

export interface ReceiptFacts {
  state: Application;
  item: Item;
  station: string;
  /** 代办员 at a village, 收件人 at a counter. */
  receiver: string;
  contact: { organ: string; phone: string; supervision: string };
  toleranceDays: number;
  /** By this device's clock; null when this device no longer knows, then the day alone is said. */
  receivedAt: Instant | null;
  now: Instant;
  reprint: boolean;
}

export const QR_PREFIX = 'JB1:';

/** Without the copy's name (第一联 …), which the page adds. */
export function receiptOf(facts: ReceiptFacts): Receipt {
  const { state, item, receivedAt, contact } = facts;
  const receiver = `${facts.receiver} ${state.history[0]?.actor.name ?? ''}`.trimEnd();
  const number = formatReceiptNumber(state.receiptNumber).split(' ');
  const time = receivedAt === null ? '' : ` ${formatTime(receivedAt)}`;
  const name = maskName(state.applicant.name);
  const { handler } = state;
  return {
    title: '收件凭证',
    station: facts.station,
    number,
    item: item.name,
    facts: [
      { name: '申请人', value: `${name}\u3000${maskIdNumber(state.applicant.idNumber)}`, short: name },
      ...(handler.kind === 'proxy'
        ? [
            {
              name: '受托人',
              value: `${maskName(handler.name)}（${handler.relation}）`,
              short: maskName(handler.name),
            },
          ]
        : []),
      {
        name: '收件',
        value: `${formatDay(state.receivedOn)}${time}\u3000${receiver}`,
        short: `${state.receivedOn}${time} ${receiver}`,
      },
    ],
    materials: item.materials.flatMap((material) => materialOf(facts, material.code)),
    qr: `${QR_PREFIX}${state.queryToken}`,
    warning: isVillageOnly(item)
      ? `本凭证不代表受理。村里收到后 ${item.promisedDays} 个工作日内办好。`
      : `本凭证不代表受理。乡镇收到后 ${ACCEPTANCE_DAYS} 个工作日内告知是否受理。`,
    notes: [`查进度：扫码，或到任何一个便民服务站报凭证号。${promise(item)}${fee(item)}`],
    phones: [
      { name: '咨询', number: contact.phone },
      { name: '监督', number: contact.supervision },
    ],
    printedAt: `${chineseDay(facts.now)} ${formatTime(facts.now)}`,
    reprint: facts.reprint,
    masked: true,
  };
}

function materialOf({ state, item, toleranceDays }: ReceiptFacts, code: string): ReceiptMaterial[] {
  const held = state.materials[code];
  const name = item.materials.find((material) => material.code === code)?.name ?? code;
  switch (held?.status) {
    case 'received':
      return [{ name, form: held.kind, copies: String(held.copies) }];
    case 'tolerated':
      return [{ name, note: `容缺，受理后 ${toleranceDays} 个工作日内补` }];
    case 'missing':
      return [{ name, note: '缺，等乡镇一次告知' }];
    case 'waived':
      return [{ name, note: '免提交，用电子证照' }];
    default:
      return [];
  }
}

const promise = (item: Item): string =>
  isVillageOnly(item) || item.promisedDays === 0 ? '' : `受理后 ${item.promisedDays} 个工作日办好，`;

const fee = (item: Item): string => (item.fee === '不收费' ? '不收任何费用。' : `收费：${item.fee}。`);
