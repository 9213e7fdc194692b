/** From a code to the application that it belongs to: on this device first, then at the office. */
import { lookUp } from '#lib/client/state/ask.ts';
import type { ApplicationView } from '#lib/client/state/applications.svelte.ts';
import type { ReceiptCode } from '#lib/domain/receipt-code.ts';

/** `notOurs` says the same of what is another station's and of what does not exist. */
export type Found =
  { is: 'found'; id: string } | { is: 'notOurs' } | { is: 'offline' } | { is: 'busy' } | { is: 'refused' };

export async function findReceipt(
  code: ReceiptCode,
  here: readonly Pick<ApplicationView, 'id' | 'state'>[],
): Promise<Found> {
  const own = here.find(({ state }) =>
    code.is === 'token' ? state?.queryToken === code.token : state?.receiptNumber === code.receiptNumber,
  );
  if (own) return { is: 'found', id: own.id };
  const asked = await lookUp(
    code.is === 'token' ? { token: code.token } : { receiptNumber: code.receiptNumber },
  );
  if (!asked.ok) return { is: asked.why };
  return asked.value === null ? { is: 'notOurs' } : { is: 'found', id: asked.value.id };
}

export const FIND_TROUBLES: Readonly<
  Record<Exclude<Found['is'], 'found'>, { what: string; why: string; remedy: string }>
> = {
  notOurs: {
    what: '这件不归本站',
    why: '它不是本站收的，或者不是近办的凭证',
    remedy: '请看凭证上写的是哪个站点，让申请人到那里问',
  },
  offline: {
    what: '本机没有这件',
    why: '它可能办完满七天，从本机清走了；现在没有连上乡镇，查不了',
    remedy: '联网以后再扫一次；着急请打乡镇窗口的电话',
  },
  busy: { what: '本机没有这件', why: '要向乡镇查，县里的服务正忙', remedy: '过一会儿再扫一次' },
  refused: {
    what: '本机没有这件',
    why: '要向乡镇查，乡镇不认这台电脑',
    remedy: '请联系县管理员重新登记这台电脑',
  },
};
