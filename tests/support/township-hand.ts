/**
 * The township's side of a village's journey, over the wire and without a browser: whoever has the right acts, so that a
 * journey of the village sees its application come back for correction, decided, settled.
 */
import type { Bodies, SentKind } from '#lib/domain/commands.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { Application } from '#lib/domain/state.ts';
import type { DemoCity } from './demo-city.ts';
import { TOWNSHIP } from './station.ts';
import { WireClient } from './wire-client.ts';

export class TownshipHand {
  readonly #client: WireClient;
  readonly #people: ReadonlyMap<Role, string>;

  private constructor(client: WireClient, people: ReadonlyMap<Role, string>) {
    this.#client = client;
    this.#people = people;
  }

  /** Enrols a device there and signs in a clerk, a reviewer and a head. */
  static async at(city: DemoCity, url: string): Promise<TownshipHand> {
    const client = new WireClient((request) => fetch(request), url);
    await client.enrol((await city.issueCode(TOWNSHIP)).code);
    await client.openSession();
    const people = new Map<Role, string>();
    for (const role of ['clerk', 'reviewer', 'head'] as const) {
      const person = city.accounts.find(
        ({ site, roles }) => site.code === TOWNSHIP && roles.length === 1 && roles[0] === role,
      );
      if (!person) throw new Error(`nobody is ${role} there`);
      await client.signIn(person.id, city.passphrase);
      people.set(role, person.id);
    }
    return new TownshipHand(client, people);
  }

  /** @throws when the office does not take it */
  async act<K extends SentKind>(role: Role, applicationId: string, kind: K, body: Bodies[K]): Promise<void> {
    const command = await this.#client.press(this.#people.get(role) ?? '', kind, body, { applicationId });
    const outcome = await this.#client.outcomeOf(command);
    if (outcome.is !== 'applied') throw new Error(`${kind}: ${JSON.stringify(outcome)}`);
  }

  /** As the office holds it, with its item. */
  async look(application: string): Promise<{ state: Application; item: Item }> {
    const answer = await this.#client.post('/api/lookup', { application });
    const { found } = (await answer.json()) as { found: { state: Application } };
    const item = await this.#client.call(`/api/catalogue/item/${found.state.item.hash}`);
    return { state: found.state, item: (await item.json()) as Item };
  }

  /** 一次告知: what is marked 缺 has to come. */
  async askForMissing(id: string): Promise<void> {
    const { state } = await this.look(id);
    const missing = Object.values(state.materials).filter(({ status }) => status === 'missing');
    const defects = missing.map(({ code }, at) => ({
      id: `d${at + 1}`,
      kind: 'material' as const,
      target: code,
      problem: '缺首页和本人页',
    }));
    await this.act('clerk', id, 'requestCorrection', { defects });
  }

  /** From 待受理 to 待送达, granted. */
  async decide(id: string): Promise<void> {
    const { item } = await this.look(id);
    const { department } = item;
    await this.act('clerk', id, 'accept', {});
    await this.act('clerk', id, 'assign', { department });
    await this.act('reviewer', id, 'review', { department, pass: true, opinion: '材料齐全，符合条件' });
    const decision = {
      granted: true,
      facts: '年满八十周岁，户籍在本镇',
      basis: '《河南省老年人权益保障条例》',
    };
    await this.act('head', id, 'decide', decision);
  }
}
