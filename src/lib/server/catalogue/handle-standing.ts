/**
 * POST /api/catalogue/standing: until which day a version of an item is still taken at the device's site (宽限期). For a draft
 * that was begun before the newer release came; judged again when it arrives.
 */
import { itemLevelOf } from '#lib/domain/site.ts';
import { standingRequest, type StandingResponse } from '#lib/protocol/item-standing.ts';
import { findSession } from '../auth/sessions.ts';
import { answering, type Call } from '../call.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { readAs } from '../http/read-json.ts';
import { itemStandings, UNKNOWN_VERSION } from '../sync/item-standing.ts';
import { addressNumber } from './current-release.ts';

export const handleStanding = answering('standing', async ({ office, request }: Call) => {
  const session = await findSession(office, request);
  if (session === null) return errorAnswer('noSession');
  if (session.access === 'pushOnly') return errorAnswer('unknownDevice');
  const read = await readAs(request, standingRequest);
  if (!read.ok) return errorAnswer(read.error);
  const { item, release } = read.value;
  const { site } = session;
  const { itemStanding: is, itemUntil: until = null } = await office.store.read(async (trx) => {
    const offered = addressNumber(release, site.county, itemLevelOf(site.level));
    const rules = await office.rulebook.rules(trx, site.county);
    return (await itemStandings(trx, { site, offered, rules }, [item])).get(item) ?? UNKNOWN_VERSION;
  });
  return jsonAnswer({ is, until } satisfies StandingResponse, request);
});
