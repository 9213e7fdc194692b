/**
 * What people at the desks do: they look at what their device shows, choose something that fits, and fill it in. Now and
 * then one does what the page would not offer, as an old page might; the office has to say no.
 */
import type { Bodies, SentKind } from '#lib/domain/commands.ts';
import { addDays, chineseDay } from '#lib/domain/day.ts';
import { decide } from '#lib/domain/decide.ts';
import { readField } from '#lib/domain/evolve.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { ItemRef } from '#lib/domain/item.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import type { Application } from '#lib/domain/state.ts';
import { tableVerdict } from '#lib/domain/transitions.ts';
import type { SentCommand, WireCommand } from '#lib/protocol/command.ts';
import type { Press } from '#lib/client/store/enqueue.ts';
import { foldPending, type Folded } from '#lib/client/store/fold.ts';
import { HOLD_MS } from '#lib/client/store/hold.ts';
import { BODIES, calendar, receiveBody } from '../support/builders.ts';
import { asPhoto, named, pdf, type SamplePhoto } from '../support/photo-files.ts';
import type { Device } from './device.ts';
import type { Luck } from './luck.ts';
import type { Person, Plan } from './plan.ts';

export interface Deed {
  press: Press;
  photos: SamplePhoto[];
}

/** What is done with an application that exists, and how often. */
const DEEDS: readonly (readonly [SentKind, number])[] = [
  ['amend', 6],
  ['addMaterial', 4],
  ['supplyCorrection', 3],
  ['withdraw', 2],
  ['accept', 6],
  ['requestCorrection', 3],
  ['refuseAcceptance', 1],
  ['claim', 2],
  ['release', 1],
  ['assign', 4],
  ['review', 4],
  ['decide', 4],
  ['deliver', 4],
  ['forward', 1],
  ['void', 1],
  ['suspend', 1],
  ['resume', 2],
  ['extend', 1],
];
const MODES = ['独居', '与配偶居住', '其他'];
const RELATIVES = ['王样本', '李样本', '赵样本', '陈样本'];
/** Few people, so that some come twice. */
const APPLICANTS = 12;

/** An application as the device shows it (I6). */
export interface Seen {
  id: string;
  folded: Folded;
  confirmedRev: number;
}

export class People {
  readonly #plan: Plan;
  /** Of whatever is made in this run. */
  #count = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** A UUID of version 7 that is later than those before. */
  newId(at: number): string {
    this.#count += 1;
    const time = Math.floor(at).toString(16).padStart(12, '0');
    const count = this.#count.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${count}`;
  }

  /** Everything that a device shows. */
  see(device: Device): Seen[] {
    const confirmed = new Map(device.storage.confirmed().map((one) => [one.applicationId, one]));
    const pending = new Map<string, WireCommand[]>();
    for (const { command, status, pulled } of device.storage.outbox()) {
      if (pulled === 1 || status === 'refused') continue;
      pending.set(command.applicationId, [...(pending.get(command.applicationId) ?? []), command]);
    }
    return [...new Set([...confirmed.keys(), ...pending.keys()])].sort().map((id) => {
      const held = confirmed.get(id);
      const factsFor = (command: WireCommand, state: Application | null): Facts =>
        this.#facts(
          device,
          this.#plan.people.get(command.actor)!,
          command.at,
          command.item ?? state?.item ?? null,
        );
      const folded = foldPending(held?.state ?? null, pending.get(id) ?? [], factsFor);
      return { id, folded, confirmedRev: held?.rev ?? 0 };
    });
  }

  #facts({ desk }: Device, actor: Person, now: string, itemRef: ItemRef | null): Facts {
    const { site, number } = desk;
    const { policy, items } = this.#plan;
    return {
      now,
      actor,
      item: (itemRef && items.get(itemRef.hash)) ?? null,
      itemRef,
      itemStanding: 'current',
      calendar,
      policy,
      site: { id: site.id, code: site.code, device: number },
      lastContact: null,
      similar: 0,
      caseNumber: null,
    };
  }

  /** null: there is nothing that this person can do there. */
  choose(device: Device, person: Person, luck: Luck): Deed | null {
    const seen = this.see(device).filter(({ folded }) => folded.state !== null);
    const receives = person.roles.some((role) => role === 'agent' || role === 'clerk');
    if (receives && (seen.length === 0 || luck.happens(0.3))) return this.#receive(device, person, luck);
    if (seen.length === 0) return null;
    const careless = luck.happens(0.1);
    for (let tries = 0; tries < 12; tries++) {
      const { id, folded, confirmedRev } = luck.pick(seen);
      const state = folded.state!;
      const kind = weighted(luck);
      const offered = tableVerdict(state.state, kind, person.roles);
      if (offered === 'forbidden' || (offered === 'state' && !careless)) continue;
      const photos: SamplePhoto[] = [];
      const command = { kind, body: this.#body(kind, state, luck, photos) } as SentCommand;
      const facts = this.#facts(device, person, device.instant(), state.item);
      if (!careless && isRefusal(decide(state, command, facts))) continue;
      const press = {
        ...command,
        ...this.#signedBy(device, person),
        applicationId: id,
        baseRev: confirmedRev,
      };
      const mends = device.storage.outbox().find((row) => this.#isOpenRefusal(row, id, person));
      const holds = photos.length === 0 && luck.happens(0.2);
      const more = {
        ...(mends && luck.happens(0.5) ? { supersedes: mends.id } : {}),
        ...(holds ? { holdMs: HOLD_MS } : {}),
      };
      return { press: { ...press, ...more }, photos };
    }
    return null;
  }

  #isOpenRefusal(
    row: { status: string; aside: number; applicationId: string; actor: string },
    id: string,
    { id: actor }: Person,
  ): boolean {
    return row.status === 'refused' && row.aside === 0 && row.applicationId === id && row.actor === actor;
  }

  #signedBy(device: Device, { id: actor }: Person): Pick<Press, 'id' | 'actor' | 'at'> {
    return { id: this.newId(device.timeline.now), actor, at: device.instant() };
  }

  #receive(device: Device, person: Person, luck: Luck): Deed {
    const { site, number } = device.desk;
    const today = chineseDay(device.instant());
    const receivedOn = luck.happens(0.1) ? addDays(today, -1) : today;
    device.serial += 1;
    const applicant = samplePerson(luck.below(APPLICANTS));
    const photos = luck.happens(0.25) ? [this.#photo(luck)] : [];
    const plain = receiveBody();
    const [first, ...rest] = plain.materials;
    const pictured = photos.length > 0 ? { ...first!, photos: photos.map(named) } : first!;
    const body: Bodies['receive'] = {
      ...plain,
      applicant: { ...plain.applicant, ...applicant },
      answers: { livingMode: luck.pick(MODES), liaisonName: luck.pick(RELATIVES) },
      materials: [pictured, ...rest],
      site: site.id,
      receivedOn,
      capacity: luck.pick(['proxy', 'receivingPoint']),
      receiptNumber: buildReceiptNumber({
        site: site.code,
        day: receivedOn,
        device: number,
        serial: device.serial,
      }),
      queryToken: `${device.desk.id.replaceAll('-', '_')}_${device.serial}_`.padEnd(22, 'x').slice(0, 22),
    };
    const applicationId = this.newId(device.timeline.now);
    const item = luck.pick(this.#plan.refs);
    const press = {
      kind: 'receive',
      body,
      applicationId,
      item,
      baseRev: 0,
      ...this.#signedBy(device, person),
    } as const;
    return { press, photos };
  }

  #photo(luck: Luck): SamplePhoto {
    this.#count += 1;
    const filler = 'x'.repeat(luck.pick([50, 3_000, 90_000]));
    return asPhoto(pdf(`<< /Root 1 0 R /Size 2 /Made (${this.#count} ${filler}) >>`), 'pdf');
  }

  #body(kind: SentKind, state: Application, luck: Luck, photos: SamplePhoto[]): unknown {
    switch (kind) {
      case 'amend': {
        const [field, values] = luck.happens(0.6)
          ? (['answers.livingMode', MODES] as const)
          : (['answers.liaisonName', RELATIVES] as const);
        const from = readField(state, field);
        return { fields: { [field]: { from, to: luck.pick(values.filter((value) => value !== from)) } } };
      }
      case 'addMaterial': {
        const code = luck.pick(['M0001', 'M0002']);
        if (luck.happens(0.4)) photos.push(this.#photo(luck));
        const pages = photos.length > 0 ? { photos: photos.map(named) } : {};
        return { code, status: 'received', kind: '原件', copies: 1 + luck.below(2), ...pages };
      }
      case 'supplyCorrection': {
        const notice = state.notices.at(-1);
        return { answers: Object.fromEntries((notice?.defects ?? []).map(({ id }) => [id, '已当面核对'])) };
      }
      case 'suspend':
        return { ...BODIES.suspend, days: 1 + luck.below(9) };
      case 'review':
        return { ...BODIES.review, department: luck.pick(['民政局', '公安局']) };
      case 'refuseAcceptance':
        return { ...BODIES.refuseAcceptance, ground: luck.pick(['notNeeded', 'notOurs', 'unfit']) };
      default:
        return BODIES[kind];
    }
  }
}

function weighted(luck: Luck): SentKind {
  const total = DEEDS.reduce((sum, [, weight]) => sum + weight, 0);
  let left = luck.next() * total;
  for (const [kind, weight] of DEEDS) {
    left -= weight;
    if (left < 0) return kind;
  }
  return 'amend';
}
