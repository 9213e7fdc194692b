/**
 * A township with much to do: made-up applications of its villages and its own counter in every open state, put into a
 * closed office's database by the office's own writers, through the rulebook. The same number gives the same township.
 */
import { addDays, chineseDay, type Instant } from '#lib/domain/day.ts';
import type { Command } from '#lib/domain/commands.ts';
import { decide } from '#lib/domain/decide.ts';
import { receiveBodyOf } from '#lib/domain/draft.ts';
import { evolve } from '#lib/domain/evolve.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { Item } from '#lib/domain/item.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { Application } from '#lib/domain/state.ts';
import { databasePath } from '#lib/server/db/address.ts';
import type { Trx } from '#lib/server/db/dialect.ts';
import { openStore } from '#lib/server/db/store.ts';
import { Casebook } from '#lib/server/sync/casebook.ts';
import { nextLook } from '#lib/server/sync/clock-ticks.ts';
import { Docket } from '#lib/server/sync/docket.ts';
import { Rulebook, type CountyRules } from '#lib/server/sync/rulebook.ts';
import type { DemoCity } from './demo-city.ts';
import { sampleDraft } from './sample-draft.ts';
import { TOWNSHIP } from './station.ts';

const ITEMS = 40;
const BATCH = 250;

/** Valid UUIDv7: of the `n`th application, of its commands. */
const uuid = (n: number, step: number): string =>
  `01990000-${step.toString(16).padStart(4, '0')}-7000-8000-${n.toString(16).padStart(12, '0')}`;

interface Place {
  id: string;
  code: string;
  county: string;
  path: string;
}

interface Ground extends CountyRules {
  places: Place[];
  items: { item: Item; hash: string }[];
}

export interface Filling {
  /** 12-digit code of the township. */
  township: string;
  /** 12-digit code of the one site that received all of it; else every site of the township took its share. */
  site?: string;
  count: number;
  now: Instant;
  /** Staff ids by role, as they act. */
  people: Readonly<Record<'clerk' | 'reviewer' | 'head', { id: string; name: string }>>;
}

async function groundOf(trx: Trx, { township, site: only }: Filling): Promise<Ground> {
  const sites = await trx
    .selectFrom('site')
    .select(['id', 'code', 'county', 'path'])
    .where('township', '=', `S${township}`)
    .orderBy('id')
    .execute();
  const places = sites.flatMap(({ county, ...site }) =>
    county === null || (only !== undefined && site.code !== only) ? [] : [{ ...site, county }],
  );
  const county = places[0]!.county;
  const rows = await trx
    .selectFrom('item_release')
    .innerJoin('item_version', 'item_version.hash', 'item_release.hash')
    .select(['item_version.hash', 'item_version.data'])
    .where('item_release.county', '=', county)
    .where('item_release.level', '=', 'village')
    .orderBy('item_version.code')
    .execute();
  const all = rows.map(({ hash, data }) => ({ hash, item: JSON.parse(data) as Item }));
  const items = all.filter(({ item }) => item.levels.length > 1).slice(0, ITEMS);
  return { ...(await new Rulebook().rules(trx, county)), places, items };
}

/** What was done with the `n`th application after it was received. */
function wayOf(n: number, item: Item): [Role, Command][] {
  const assign: [Role, Command] = ['clerk', { kind: 'assign', body: { department: item.department } }];
  const accept: [Role, Command] = ['clerk', { kind: 'accept', body: {} }];
  const opinion = { department: item.department, pass: true, opinion: '材料齐全，符合条件' };
  const review: [Role, Command] = ['reviewer', { kind: 'review', body: opinion }];
  const decision = { granted: true, facts: '材料齐全，符合条件', basis: item.legalBasis[0] ?? '示例依据' };
  const target = item.materials[0]?.code ?? 'applicant';
  const kind = item.materials[0] ? 'material' : 'field';
  const defects = [{ id: 'd1', kind, target, problem: '看不清，请补交原件' } as const];
  const ask: [Role, Command] = ['clerk', { kind: 'requestCorrection', body: { defects } }];
  const answer: [Role, Command] = [
    'clerk',
    { kind: 'supplyCorrection', body: { answers: { d1: '已当面核对' } } },
  ];
  const ways: [Role, Command][][] = [
    [],
    [],
    [],
    [['clerk', { kind: 'claim', body: {} }]],
    [ask],
    [ask, answer],
    [accept],
    [accept, assign],
    [accept, assign, review],
    [accept, assign, review, ['head', { kind: 'decide', body: decision }]],
  ];
  return ways[n % ways.length] ?? [];
}

/** One application as far as the rules let it come. */
function make(
  n: number,
  ground: Ground,
  filling: Filling,
): { state: Application; docket: Docket; place: Place; feed: string } {
  const place = ground.places[n % ground.places.length]!;
  const { item, hash } = ground.items[(n * 7) % ground.items.length]!;
  const today = chineseDay(filling.now);
  const day = addDays(today, -(n % 9));
  const at = `${day}T0${1 + (n % 8)}:${String(n % 60).padStart(2, '0')}:00.000Z`;
  const id = uuid(n, 0);
  const ref = { code: item.code, hash };
  const { draft } = sampleDraft({ id, item, ref, seed: n, now: at, today: day });
  const receiptNumber = buildReceiptNumber({ site: place.code, day, device: '900', serial: (n % 9999) + 1 });
  const paper = {
    receiptNumber,
    queryToken: String(n).padStart(22, 'A'),
    site: place.id,
    receivedOn: day,
  };
  const body = receiveBodyOf(draft, item, { ...paper, signature: draft.signature! });
  const docket = new Docket();
  const feed = `S${filling.township}`;
  let state: Application | null = null;
  const steps: [Role, Command][] = [['agent', { kind: 'receive', body }], ...wayOf(n, item)];
  for (const [step, [role, command]] of steps.entries()) {
    const person =
      role in filling.people
        ? filling.people[role as keyof Filling['people']]
        : { id: 'P-agent', name: '孙示例' };
    const facts: Facts = {
      now: at,
      actor: { ...person, roles: [role] },
      item,
      itemRef: ref,
      itemStanding: 'current',
      calendar: ground.calendar,
      policy: ground.policy,
      site: { id: place.id, code: place.code, device: '900' },
      lastContact: null,
      similar: n % 25 === 3 ? 1 : 0,
      caseNumber: `${item.taskCode}${String(n).padStart(12, '0')}`,
    };
    const verdict = decide(state, command, facts);
    if (isRefusal(verdict)) {
      if (step === 0)
        throw new Error(`application ${n} was not received: ${verdict.reason} ${verdict.at ?? ''}`);
      break;
    }
    for (const event of verdict) {
      const logged = { applicationId: id, rev: (state?.rev ?? 0) + 1, actor: person, now: at, event };
      state = evolve(state, logged);
      docket.events.push({ ...logged, feed, site: place.id, command: uuid(n, step + 1) });
    }
  }
  return { state: state!, docket, place, feed };
}

/** Only while no office has the database open. */
export async function fillTownship(dataDir: string, filling: Filling): Promise<void> {
  const store = await openStore({ path: databasePath(dataDir) });
  try {
    const ground = await store.read((trx) => groundOf(trx, filling));
    for (let from = 0; from < filling.count; from += BATCH) {
      await store.write(async (trx) => {
        const all = new Docket();
        const casebook = await Casebook.open(trx, filling.now, { ids: [] });
        for (let n = from; n < Math.min(from + BATCH, filling.count); n++) {
          const { state, docket, place, feed } = make(n, ground, filling);
          const item = ground.items.find(({ hash }) => hash === state.item.hash)!.item;
          const look = nextLook(state, { item, ...ground }, chineseDay(filling.now));
          const { id: site, county, path } = place;
          const received = docket.events[0]!.event;
          const { taskCode } = item;
          casebook.add({ state, feed, site, county, path }, look, { taskCode, received });
          all.events.push(...docket.events);
        }
        await all.close(trx, filling.now, casebook);
      });
    }
  } finally {
    await store.destroy();
  }
}

/** Who acts in a filled township: those of the demo city. */
export function peopleOf(city: DemoCity): Filling['people'] {
  const person = (role: Role) => {
    const found = city.accounts.find(
      ({ site, roles }) => site.code === TOWNSHIP && roles.length === 1 && roles[0] === role,
    );
    if (found === undefined) throw new Error(`nobody at ${TOWNSHIP} is ${role}`);
    return { id: found.id, name: found.name };
  };
  return { clerk: person('clerk'), reviewer: person('reviewer'), head: person('head') };
}
