/** Where an application came from (来自): the site's name, as the office told it; else what the receipt number shows. */
import { parseReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { Application } from '#lib/domain/state.ts';

export interface Place {
  /** Permanent id of the site. */
  site: string;
  /** Short, for a table cell. */
  name: string;
}

/** `own`: the site of this device. `sites`: the names it knows. */
export function placeOf(
  app: Pick<Application, 'site' | 'receiptNumber'>,
  own: { id: string } | null,
  sites: readonly { id: string; name: string }[],
): Place {
  if (app.site === own?.id) return { site: app.site, name: '本窗口' };
  const known = sites.find((site) => site.id === app.site)?.name.replace(/(便民)?服务站$/, '');
  const code = parseReceiptNumber(app.receiptNumber)?.site ?? app.site;
  // the last three digits tell villages of one township apart
  return { site: app.site, name: known ?? `${code.slice(-3)} 村站` };
}
