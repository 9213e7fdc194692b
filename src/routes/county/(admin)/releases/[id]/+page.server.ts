/** One release: another person looks at it and releases it, leads it ring by ring, holds it, or takes it back. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { shortSites } from '#lib/catalogue/minimum.ts';
import { compareOfferings } from '#lib/catalogue/release-changes.ts';
import { changeRows, pageOf } from '#lib/catalogue/change-rows.ts';
import { noteProblem } from '#lib/catalogue/release-note.ts';
import { STEP_REFUSALS } from '#lib/catalogue/rollout-words.ts';
import {
  countSites,
  drawUndo,
  withdrawPlan,
  type Person,
  type PlanOutcome,
} from '#lib/server/catalogue/draw-plan.ts';
import { movePlan, type Move } from '#lib/server/catalogue/move-plan.ts';
import {
  offeringInForce,
  type Numbers,
  planContents,
  releasedOffering,
  unpackOffering,
} from '#lib/server/catalogue/plan-contents.ts';
import { viewPlan, type PlanView } from '#lib/server/catalogue/plan-views.ts';
import { signingKey } from '#lib/server/catalogue/release-keys.ts';
import { releasePlan } from '#lib/server/catalogue/release-plan.ts';
import { townshipsOf } from '#lib/server/catalogue/townships.ts';
import { movedBy } from '#lib/server/county/moved-deadlines.ts';
import { requirePerson } from '#lib/server/county/require-person.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import type { Instant } from '#lib/domain/day.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import type { Store } from '#lib/server/db/store.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const NOT_HERE = '本县没有这一版';
const ON_A_PAGE = 50;

export const load: PageServerLoad = async (event) => {
  const person = await requirePerson(event);
  const { county } = person;
  const { store } = theOffice();
  const { id } = event.params;
  const contents = await store.read((trx) => planContents(trx, county, id));
  if (!contents) error(404, NOT_HERE);
  const next = await unpackOffering(contents);
  const { offering } = await offeringInForce(store, county);
  const { counts, townships, view } = await store.read(async (trx) => {
    const counted = await countSites(trx, county, { offering, next });
    return {
      counts: counted,
      townships: await townshipsOf(trx, county),
      view: await viewPlan(trx, person, id, shortSites(counted)),
    };
  });
  if (!view) error(404, NOT_HERE);
  const { plan } = view;
  const base =
    plan.stage === 'drawn' && plan.undoes === null
      ? offering
      : await releasedOffering(store, county, comparedWith(plan));
  const changes = compareOfferings(base, next);
  const moved =
    plan.stage === 'drawn' ? await movedBy(theOffice(), county, { offering, next, changes }) : null;
  return {
    moved,
    ...view,
    /** Counted against what is in force: of use before it is released. */
    counts: plan.stage === 'drawn' ? counts : [],
    townships,
    changes: pageOf(changeRows(changes), event.url.searchParams.get('page'), ON_A_PAGE),
  };
};

/** What takes a release back is compared with that one, an edit with what was in force when it was drawn up. */
function comparedWith({ base, undone_number }: PlanView): Numbers {
  return undone_number === null ? base : Object.fromEntries(LEVELS.map((level) => [level, undone_number]));
}

interface Asked {
  store: Store;
  person: Person;
  id: string;
  now: Instant;
  note: string;
}

interface Said {
  what: string;
  how: string;
}

/** Takes a step; what refuses it is told on the page, which then shows how the plan stands now. */
async function step(
  event: RequestEvent<{ id: string }>,
  take: (
    asked: Asked,
    form: FormData,
  ) => Promise<PlanOutcome<{ id?: string }> | { is: 'noTownship' } | { is: 'said'; said: Said }>,
) {
  const person = await requirePerson(event);
  const form = await event.request.formData();
  const note = textOf(form, 'note').trim();
  const problem = noteProblem(note);
  if (problem !== undefined) return fail(400, { why: { what: '说明要改', how: problem }, note });
  const { store, clock } = theOffice();
  const { id } = event.params;
  const outcome = await take({ store, person, id, now: clock.now(), note }, form);
  switch (outcome.is) {
    case 'done':
      redirect(303, `/county/releases/${outcome.id ?? id}`);
      break;
    case 'unknown':
      return error(404, NOT_HERE);
    case 'noTownship':
      return fail(400, { why: { what: '没有选乡镇', how: '请选一个乡镇或街道，再放。' }, note });
    case 'said':
      return fail(409, { why: outcome.said, note });
    case 'refused':
      return fail(409, { why: STEP_REFUSALS[outcome.why], note });
  }
}

const move = (event: RequestEvent<{ id: string }>, name: Move['step']) =>
  step(event, async ({ store, ...asked }, form) => {
    const township = name === 'township' ? textOf(form, 'township') : undefined;
    return movePlan(store, { ...asked, step: name, township });
  });

export const actions: Actions = {
  release: (event) =>
    step(event, async ({ store, person, id, now }) => {
      const key = await store.read((trx) => signingKey(trx, person.county));
      if (!key)
        return {
          is: 'said',
          said: { what: '本县还没有签名的密钥', how: '请让装系统的人给本县生成密钥，再来发布。拟定还在。' },
        };
      const outcome = await releasePlan(store, { person, id, now });
      return outcome.is === 'done' ? { is: 'done' } : outcome;
    }),
  withdraw: (event) => step(event, ({ store, ...asked }) => withdrawPlan(store, asked)),
  township: (event) => move(event, 'township'),
  all: (event) => move(event, 'all'),
  hold: (event) => move(event, 'hold'),
  resume: (event) => move(event, 'resume'),
  undo: (event) => step(event, ({ store, ...asked }) => drawUndo(store, asked)),
};
