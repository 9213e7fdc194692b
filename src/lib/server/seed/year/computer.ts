/**
 * A computer of the demo year (设备): it enrols by the office's own door, numbers, chains and signs what its people do, and
 * hands it in as a device does. Its keys die with the seeding, so nobody can ever speak for it again.
 */
import { toBase64url } from '#lib/catalogue/hash.ts';
import type { Bodies, SentKind } from '#lib/domain/commands.ts';
import type { Day, Instant } from '#lib/domain/day.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { v7 } from 'uuid';
import type { ItemRef } from '#lib/domain/item.ts';
import { FIRST_HEAD, nextHead, P256, runMessage, SIGNING } from '#lib/protocol/chain.ts';
import type { EnrolResponse } from '#lib/protocol/auth.ts';
import type { Run, WireCommand } from '#lib/protocol/command.ts';
import type { Outcome } from '#lib/protocol/sync.ts';
import { audit } from '../../audit.ts';
import { handleEnrol, makeEnrolCode } from '../../auth/enrol.ts';
import type { Office } from '../../office.ts';
import { acceptCommands } from '../../sync/accept.ts';
import { noteCall } from '../../sync/contact.ts';
import type { Chance } from '../chance.ts';

const { subtle } = globalThis.crypto;

interface Key {
  publicKey: string;
  sign: (message: Uint8Array<ArrayBuffer>) => Promise<string>;
}

async function newKey(): Promise<Key> {
  const pair = await subtle.generateKey(P256, false, ['sign', 'verify']);
  return {
    publicKey: toBase64url(new Uint8Array(await subtle.exportKey('raw', pair.publicKey))),
    sign: async (message) =>
      toBase64url(new Uint8Array(await subtle.sign(SIGNING, pair.privateKey, message))),
  };
}

/** One act of one person, before it has a number. */
export interface Act {
  actor: string;
  applicationId: string;
  kind: SentKind;
  body: Bodies[SentKind];
  baseRev: number;
  item?: ItemRef | undefined;
  at: Instant;
}

export class Computer {
  readonly id: string;
  readonly site: { id: string; code: string; path: string };
  readonly number: string;
  readonly #release: string;
  readonly #luck: Chance;
  readonly #keys = new Map<string, Key>();
  readonly #last = new Map<string, string>();
  readonly #serials = new Map<Day, number>();
  #n = 0;
  #head = FIRST_HEAD;

  private constructor(enrolled: EnrolResponse, release: string, luck: Chance) {
    this.id = enrolled.device;
    this.site = enrolled.site;
    this.number = enrolled.number;
    this.#release = release;
    this.#luck = luck;
  }

  /** `release`: address of the list that it works with. */
  static async enrol(
    office: Office,
    {
      site,
      by,
      name,
      release,
      luck,
    }: { site: string; by: string; name: string; release: string; luck: Chance },
  ): Promise<Computer> {
    const { store, clock } = office;
    const { code } = await makeEnrolCode(store, { site, by, now: clock.now() });
    const { publicKey } = await newKey();
    const request = new Request('http://office/api/auth/enrol', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, publicKey, name }),
    });
    const answer = await handleEnrol({ office, request, ip: '127.0.0.1' });
    if (!answer.ok) throw new Error(`a computer of ${site} could not be enrolled: ${answer.status}`);
    return new Computer((await answer.json()) as EnrolResponse, release, luck);
  }

  nextReceiptNumber(day: Day): string {
    const serial = (this.#serials.get(day) ?? 0) + 1;
    this.#serials.set(day, serial);
    return buildReceiptNumber({ site: this.site.code, day, device: this.number, serial });
  }

  /** A person's key, registered at first use. The passphrase that a sign-in proves costs a twentieth of a second each. */
  async #keyOf({ store, clock }: Office, staff: string): Promise<Key> {
    const known = this.#keys.get(staff);
    if (known) return known;
    const key = await newKey();
    this.#keys.set(staff, key);
    await store.write(async (trx) => {
      const row = { device: this.id, staff, public_key: key.publicKey, registered_at: clock.now() };
      await trx.insertInto('staff_key').values(row).execute();
      await audit(trx, clock.now(), [{ who: staff, what: 'signedIn', detail: { device: this.id } }]);
    });
    return key;
  }

  /** Hands in what its people did, in their order; whoever acts several times in a row signs once. */
  async handIn(office: Office, acts: readonly Act[]): Promise<Outcome[]> {
    const commands: WireCommand[] = [];
    const runs: Run[] = [];
    for (const [at, act] of acts.entries()) {
      const command = this.#chained(act);
      this.#head = await nextHead(this.#head, command);
      commands.push(command);
      const from =
        runs.at(-1)?.to === command.n - 1 && acts[at - 1]?.actor === act.actor ? runs.pop()!.from : command.n;
      runs.push({ actor: act.actor, from, to: command.n, head: this.#head, sig: '' });
    }
    for (const run of runs) {
      const key = await this.#keyOf(office, run.actor);
      run.sig = await key.sign(runMessage(this.id, run.actor, run.to, run.head));
    }
    const position = { protocol: 1, lineage: '', cursor: 0, mark: '', release: this.#release } as const;
    const keeps = commands[0]?.n ?? this.#n + 1;
    const own = { id: this.id };
    const { outcomes } = await acceptCommands(office, own, { ...position, keeps, commands, runs });
    await this.call(office);
    return outcomes;
  }

  /** Calls without a command, as it does all day. */
  async call({ store, clock }: Office): Promise<void> {
    const before = { id: this.id, last_contact: null, drained_at: null, release: null, scope: null };
    const call = { now: clock.now(), drained: true, release: this.#release, reach: this.site.path };
    await store.write((trx) => noteCall(trx, before, call));
  }

  #chained({ applicationId, item, ...act }: Act): WireCommand {
    this.#n += 1;
    const command = {
      v: 1,
      id: v7({ msecs: Date.parse(act.at), random: this.#luck.bytes(16) }),
      device: this.id,
      n: this.#n,
      applicationId,
      after: this.#last.get(applicationId) ?? null,
      ...act,
      ...(item ? { item } : {}),
    } as WireCommand;
    this.#last.set(applicationId, command.id);
    return command;
  }
}
