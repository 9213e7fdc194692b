/**
 * Where an application came from (来自), as far as this device knows. It knows its own site by name; of a village it knows
 * the code, from the receipt number, and who received. One place to change when the names of sites are sent to devices.
 */
import { parseReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { Application } from '#lib/domain/state.ts';

export interface Place {
  /** Permanent id of the site. */
  site: string;
  /** Short, for a table cell. */
  name: string;
}

/** `own`: the site of this device. */
export function placeOf(
  app: Pick<Application, 'site' | 'receiptNumber' | 'history'>,
  own: { id: string } | null,
): Place {
  if (app.site === own?.id) return { site: app.site, name: '本窗口' };
  const code = parseReceiptNumber(app.receiptNumber)?.site ?? app.site;
  const agent = app.history[0]?.actor.name;
  // the last three digits tell villages of one township apart
  return { site: app.site, name: `${code.slice(-3)} 村站${agent ? `·${agent}` : ''}` };
}
