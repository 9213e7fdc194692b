/**
 * The demo year (演示年): twelve months of one county's work before `now`, done by its people at their computers and judged
 * by the office by its own rules at the hours at which they happened. Nothing of it is written by hand but the plan.
 * Invariants: all of it is there, or nothing: it is one transaction. The same seed, city and `now` make the same year.
 */
import { v7 } from 'uuid';
import type { Bodies } from '#lib/domain/commands.ts';
import { addDays, chineseDay, type Day, type Instant } from '#lib/domain/day.ts';
import { TRAINING_PREFIX } from '#lib/domain/site.ts';
import type { State } from '#lib/domain/state.ts';
import { audit } from '../../audit.ts';
import type { Trx } from '../../db/dialect.ts';
import type { Store } from '../../db/store.ts';
import type { OfficeFiles } from '../../files/office-files.ts';
import { sweepClocks } from '../../sync/sweeper.ts';
import { chance, type Chance } from '../chance.ts';
import { DEMO_TOWNSHIPS } from '../demo-people.ts';
import { callsOf, type Call, type Done } from './calls.ts';
import { castLife, type Life, type Stage } from './cast.ts';
import { castYear, type Casting } from './casting.ts';
import { Computer, type Act } from './computer.ts';
import { callAt, instantAt, minutesLater, MOMENTS, workingDays, YEAR_DAYS } from './days.ts';
import { castExhibits } from './exhibits.ts';
import { readGround, type Ground } from './ground.ts';
import { officeInside, type SetClock } from './office-inside.ts';
import type { Picture } from '../pictures/draw.ts';
import { rate } from './rate.ts';
import { sendPictures } from './send-pictures.ts';
import { Villagers } from './villagers.ts';
import { workerFor } from './workers.ts';

/** Of the whole county in a year: enough to fill every list, and seeded while one fetches tea. */
export const YEAR_APPLICATIONS = 3_300;
const SEED = 20_260_923;
/** Terms of stories run on after today; nothing of that happens. */
const DAYS_AHEAD = 240;

export interface YearWanted {
  now: Instant;
  applications?: number;
  seed?: number;
  /** 12-digit codes; all of the county unless a test wants fewer. */
  townships?: readonly string[];
  /** Pictures for materials; none: no photos. */
  pictures?: (material: string, site: string, luck: Chance) => Picture[];
  /** What the office's log complains of. */
  complain?: (line: string) => void;
}

export interface YearReport {
  applications: number;
  commands: number;
  /** `kind reason` of what the office refused; such a story ends there. */
  refused: string[];
  photos: number;
}

/** Into a city that is empty of applications, on the calendar and the releases that it has. */
export function liveYear(store: Store, files: OfficeFiles, wanted: YearWanted): Promise<YearReport> {
  return store.write(async (trx) => {
    const year = await Year.begin(trx, files, wanted);
    await year.live();
    await audit(trx, wanted.now, [
      { who: 'office', what: 'seeded', detail: { part: 'year', applications: year.report.applications } },
    ]);
    return year.report;
  });
}

class Year {
  readonly report: YearReport = { applications: 0, commands: 0, refused: [], photos: 0 };
  readonly #wanted: YearWanted;
  readonly #clock: SetClock;
  readonly #ground: Ground;
  readonly #days: Day[];
  readonly #luck: Chance;
  readonly #computers = new Map<string, Computer>();
  readonly #photos = new Set<string>();

  private constructor(wanted: YearWanted, clock: SetClock, ground: Ground) {
    this.#wanted = wanted;
    this.#clock = clock;
    this.#ground = ground;
    const today = chineseDay(wanted.now);
    this.#days = workingDays(ground.calendar, addDays(today, -YEAR_DAYS), addDays(today, DAYS_AHEAD));
    this.#luck = chance(wanted.seed ?? SEED);
  }

  static async begin(trx: Trx, files: OfficeFiles, wanted: YearWanted): Promise<Year> {
    const ground = await readGround(trx, wanted.townships);
    const first = addDays(chineseDay(wanted.now), -YEAR_DAYS);
    const clock = officeInside(trx, files, instantAt(first, 6 * 60), wanted.complain ?? (() => undefined));
    return new Year(wanted, clock, ground);
  }

  async live(): Promise<void> {
    const { now } = this.#wanted;
    await this.#enrol();
    const calls = callsOf(this.#cast(), this.#days, now);
    let day = this.#days[0]!;
    for (const call of calls) {
      day = await this.#sweepThrough(day, chineseDay(call.at));
      this.#clock.setClock(call.at);
      if (call.site === null) await this.#rated(call);
      else await this.#handIn(this.#computers.get(call.site)!, call);
    }
    await this.#sweepThrough(day, chineseDay(now));
    await this.#callOnce(now);
    this.#clock.setClock(now);
    await sweepClocks(this.#clock.office);
  }

  async #enrol(): Promise<void> {
    const { admin, townships, lists } = this.#ground;
    for (const place of townships.flatMap(({ counter, stations }) => [counter, ...stations])) {
      const name = place.level === 'village' ? '站里的电脑' : '窗口电脑';
      const wanted = {
        site: place.id,
        by: admin,
        name,
        release: lists[place.level],
        luck: this.#luck.apart(),
      };
      this.#computers.set(place.id, await Computer.enrol(this.#clock.office, wanted));
    }
  }

  /** Every story, told to its end; what lies after `now` does not happen. */
  #cast(): Life[] {
    const { townships } = this.#ground;
    const { now, applications = YEAR_APPLICATIONS, pictures } = this.#wanted;
    const days = this.#days;
    let last = days.length * MOMENTS - 1;
    while (callAt(days, last, 'counter', 1) >= now) last -= 1;
    const castings: Casting[] = [
      ...castYear(townships, { days, from: 0, to: last, count: applications }, this.#luck.apart()),
      ...castExhibits(townships, last, DEMO_TOWNSHIPS[0]),
    ].sort((a, b) => a.moment - b.moment);
    const stage: Stage = {
      ground: this.#ground,
      days,
      villagers: new Villagers(this.#luck.apart()),
      luck: this.#luck.apart(),
      computerAt: (site) => this.#computers.get(site)!,
      picturesFor: ({ township, place, moment }, material, luck) => {
        const shown = township.counter.code === DEMO_TOWNSHIPS[0] && moment > last - PHOTO_DAYS * MOMENTS;
        return shown && pictures ? pictures(material, place.id, luck) : [];
      },
      named: new Map(),
    };
    return castings.map((casting) => castLife(stage, casting));
  }

  /** What is received goes first and at once: its pictures are there when somebody goes on with it. */
  async #handIn(computer: Computer, { at, done }: Call): Promise<void> {
    if (done.length === 0) return computer.call(this.#clock.office);
    const going = done.filter(({ life }) => !life.over);
    const arriving = going.filter(({ step }) => step.kind === 'receive');
    await this.#send(computer, at, arriving);
    for (const { life } of arriving) if (!life.over) await this.#received(computer, life);
    await this.#send(
      computer,
      at,
      going.filter(({ life, step }) => !life.over && step.kind !== 'receive'),
    );
  }

  async #send(computer: Computer, at: Instant, done: readonly Done[]): Promise<void> {
    if (done.length === 0) return;
    const all = done
      .map(({ life, step }) => ({ life, step, actor: workerFor(life, step.doer as 'clerk').id }))
      // whoever sits there does all of his before the next one; of one case nobody does two people's work at a moment
      .sort((a, b) => (a.actor < b.actor ? -1 : a.actor > b.actor ? 1 : 0));
    const acts = all.map(({ life, step, actor }, n): Act => ({
      actor,
      applicationId: life.id,
      kind: step.kind,
      body: step.kind === 'assign' ? assignment(life, step.body as Bodies['assign']) : step.body,
      baseRev: life.rev,
      item: step.kind === 'receive' ? life.ref : undefined,
      at: minutesLater(at, Math.round(((n - all.length) * 30) / (all.length + 1)) - 1),
    }));
    const outcomes = await computer.handIn(this.#clock.office, acts);
    this.report.commands += acts.length;
    for (const [n, { life, step }] of all.entries()) {
      const outcome = outcomes[n]!;
      if (outcome.is === 'applied') life.rev = outcome.rev;
      else {
        life.over = true;
        const why = outcome.is === 'refused' ? `${outcome.reason} ${outcome.at?.join() ?? ''}` : outcome.is;
        this.report.refused.push(`${step.kind} ${why}`.trimEnd());
      }
    }
  }

  async #received(computer: Computer, { id, pictures }: Life): Promise<void> {
    this.report.applications += 1;
    if (pictures.length === 0) return;
    const from = { site: computer.site.id, device: computer.id, application: id };
    await sendPictures(this.#clock.office, from, pictures, this.#photos);
    this.report.photos = this.#photos.size;
  }

  async #rated({ done }: Call): Promise<void> {
    const { office } = this.#clock;
    for (const { life, step } of done) {
      const id = v7({ msecs: Date.parse(office.clock.now()), random: life.luck.bytes(16) });
      if (!life.over) await rate(office, life.id, step.body as Bodies['rate'], id);
    }
  }

  /** The office's clock looks every minute of its life; here once a day, before anybody comes. */
  async #sweepThrough(from: Day, to: Day): Promise<Day> {
    for (let day = from; day < to;) {
      day = addDays(day, 1);
      this.#clock.setClock(instantAt(day, 10));
      await sweepClocks(this.#clock.office);
    }
    return to;
  }

  /** Most computers are on; of twenty one has been silent since it last had something to say. */
  async #callOnce(now: Instant): Promise<void> {
    const luck = this.#luck.apart();
    for (const computer of this.#computers.values()) {
      if (luck.happens(0.05)) continue;
      this.#clock.setClock(minutesLater(now, -luck.whole(1, 40)));
      await computer.call(this.#clock.office);
    }
  }
}

/** Working days before the end in which photos are taken: older ones nobody opens in a demo. */
const PHOTO_DAYS = 25;

/** Half of the cases go to a reviewer by name. */
const assignment = (life: Life, body: Bodies['assign']): Bodies['assign'] =>
  life.id.charCodeAt(35) % 2 === 0 ? body : { ...body, reviewer: workerFor(life, 'reviewer').id };

/** How many applications there are in each state; practice (练习) is counted nowhere. */
export async function statesIn(trx: Trx): Promise<Partial<Record<State, number>>> {
  const rows = await trx
    .selectFrom('application')
    .select(['state', ({ fn }) => fn.countAll().as('count')])
    .where('site', 'not like', `${TRAINING_PREFIX}%`)
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state as State, Number(count)]));
}
