/** 目录发布: every release of the county, the newest first, how far each has come; and the pilot sites. */
import { itemLevelOf } from '#lib/domain/site.ts';
import { numbersWords } from '#lib/server/catalogue/draw-plan.ts';
import { choosePilots } from '#lib/server/catalogue/move-plan.ts';
import { numbersInForce } from '#lib/server/catalogue/plan-contents.ts';
import { countySites, pilotSites } from '#lib/server/catalogue/plan-rows.ts';
import { viewPlans } from '#lib/server/catalogue/plan-views.ts';
import { searchSites } from '#lib/server/county/sites.ts';
import { requirePerson } from '#lib/server/county/require-person.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import { fail, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const ON_A_PAGE = 15;
const LONGEST_QUERY = 60;

export const load: PageServerLoad = async (event) => {
  const { county } = await requirePerson(event);
  const params = event.url.searchParams;
  const query = (params.get('q') ?? '').slice(0, LONGEST_QUERY);
  const page = Math.max(1, Math.trunc(Number(params.get('page'))) || 1);
  return theOffice().store.read(async (trx) => {
    const { plans, total } = await viewPlans(trx, county, { from: (page - 1) * ON_A_PAGE, most: ON_A_PAGE });
    const pilots = new Set(await pilotSites(trx, county));
    const sites = await countySites(trx, county);
    const found = await searchSites(trx, county, query);
    const numbers = await numbersInForce(trx, county);
    return {
      plans,
      total,
      page,
      pages: Math.max(1, Math.ceil(total / ON_A_PAGE)),
      inForce: Object.keys(numbers).length > 0 ? numbersWords(numbers) : null,
      pilots: sites.filter(({ id }) => pilots.has(id)).map(({ id, name }) => ({ id, name })),
      query,
      found: {
        total: found.total,
        gone: found.gone,
        sites: found.sites
          .filter(({ level }) => itemLevelOf(level) !== null)
          .map(({ id, code, fullName, devices }) => ({ id, code, fullName, devices, is: pilots.has(id) })),
      },
    };
  });
};

async function changePilots(event: RequestEvent, change: (pilots: Set<string>, site: string) => unknown) {
  const person = await requirePerson(event);
  const site = textOf(await event.request.formData(), 'site');
  const { store, clock } = theOffice();
  const known = await store.read((trx) => countySites(trx, person.county));
  // another county's site is told like one that does not exist
  const own = known.find(({ id }) => id === site);
  if (!own) return fail(404, { noSite: true } as const);
  const pilots = new Set(await store.read((trx) => pilotSites(trx, person.county)));
  change(pilots, site);
  const count = await choosePilots(store, { person, now: clock.now(), sites: [...pilots] });
  return { pilot: { name: own.name, is: pilots.has(site), count } };
}

export const actions: Actions = {
  addPilot: (event) => changePilots(event, (pilots, site) => pilots.add(site)),
  removePilot: (event) => changePilots(event, (pilots, site) => pilots.delete(site)),
};
