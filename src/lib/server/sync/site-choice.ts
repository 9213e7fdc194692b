/** What a device is told of its site's own choice (本站不办的事项): the whole of it, where it has another one. */
import { NO_CHOICE, type SiteChoice } from '#lib/protocol/station.ts';
import type { Trx } from '../db/dialect.ts';
import { prepared } from '../db/prepared.ts';

const choiceOf = prepared((trx, site: string) =>
  trx.selectFrom('site_choice').select(['mark', 'left_out']).where('site', '=', site),
);

/** @param held mark of the one it has; undefined: it takes none */
export async function newChoice(
  trx: Trx,
  site: string,
  held: string | undefined,
): Promise<SiteChoice | null> {
  if (held === undefined) return null;
  const [row] = await choiceOf(trx, site);
  if ((row?.mark ?? '') === held) return null;
  return row ? { mark: row.mark, leftOut: JSON.parse(row.left_out) as string[] } : NO_CHOICE;
}
