/** 拟定: what the working list would change, and whether the sites keep enough items. What was looked at is drawn up. */
import { fail, redirect } from '@sveltejs/kit';
import { shortSites } from '#lib/catalogue/minimum.ts';
import { compareOfferings, isUnchanged, summaryOf } from '#lib/catalogue/release-changes.ts';
import { changeRows, pageOf } from '#lib/catalogue/change-rows.ts';
import { noteProblem } from '#lib/catalogue/release-note.ts';
import { STEP_REFUSALS } from '#lib/catalogue/rollout-words.ts';
import { countSites, drawPlan } from '#lib/server/catalogue/draw-plan.ts';
import { planRows } from '#lib/server/catalogue/plan-rows.ts';
import { movedBy } from '#lib/server/county/moved-deadlines.ts';
import { nextOffering } from '#lib/server/county/next-offering.ts';
import { requirePerson } from '#lib/server/county/require-person.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const ON_A_PAGE = 50;

export const load: PageServerLoad = async (event) => {
  const { county } = await requirePerson(event);
  const { store } = theOffice();
  const { offering, next, mark } = await nextOffering(store, county);
  const changes = compareOfferings(offering, next);
  const { counts, drawn } = await store.read(async (trx) => ({
    counts: await countSites(trx, county, { offering, next }),
    drawn: (await planRows(trx, county)).find(({ stage }) => stage === 'drawn')?.id ?? null,
  }));
  const moved = await movedBy(theOffice(), county, { offering, next, changes });
  return {
    moved,
    mark,
    first: offering === null,
    unchanged: offering !== null && isUnchanged(changes),
    summary: summaryOf(changes),
    changes: pageOf(changeRows(changes), event.url.searchParams.get('page'), ON_A_PAGE),
    counts,
    short: shortSites(counts),
    /** Another plan that waits for its release: one at a time. */
    drawn,
  };
};

export const actions: Actions = {
  async default(event) {
    const person = await requirePerson(event);
    const form = await event.request.formData();
    const said = { note: textOf(form, 'note').trim(), shortfall: textOf(form, 'shortfall').trim() };
    const problems = { note: noteProblem(said.note), shortfall: noteProblem(said.shortfall) };
    const refuse = (status: number, why: { what: string; how: string } | null) =>
      fail(status, { said, problems, why });
    if (problems.note !== undefined || problems.shortfall !== undefined) return refuse(400, null);

    const { store, clock } = theOffice();
    const { next, mark } = await nextOffering(store, person.county);
    if (mark !== textOf(form, 'mark'))
      return refuse(409, {
        what: '您看的时候，清单或者现行的目录变了',
        how: '本页已换成新的差异，请再看一遍，然后拟定。写的说明都在。',
      });
    const outcome = await drawPlan(store, { person, now: clock.now(), next, ...said });
    switch (outcome.is) {
      case 'drawn':
        redirect(303, `/county/releases/${outcome.id}`);
        break;
      case 'unchanged':
        return refuse(409, { what: '和现行的没有不同', how: '请先在事项清单、日历规则里改好，再来拟定。' });
      case 'otherDrawn':
        return refuse(409, STEP_REFUSALS.otherDrawn);
      case 'unfit':
        return refuse(409, {
          what: '有一项还不能发布',
          how: `${outcome.where}，${outcome.text}。请到事项清单里改好，再来拟定。`,
        });
      case 'short':
        problems.shortfall = `有 ${outcome.sites} 个站点不够数量底线，要写明原因`;
        return refuse(400, null);
    }
  },
};
