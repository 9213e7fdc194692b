/**
 * A second computer of the village, over the wire and without a browser: it takes applications as its agent does, for
 * journeys in which something has to come from elsewhere, or is handed in while the office dies.
 */
import { v7 } from 'uuid';
import { chineseDay } from '#lib/domain/day.ts';
import { receiveBodyOf } from '#lib/domain/draft.ts';
import type { Item, ItemRef } from '#lib/domain/item.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { Trx } from '#lib/server/db/dialect.ts';
import type { DemoCity } from './demo-city.ts';
import { sampleDraft } from './sample-draft.ts';
import { VILLAGE } from './station.ts';
import { WireClient } from './wire-client.ts';

const ALLOWANCE = '410511005000';

/** The version that villages of the county fill in. */
export async function allowance(trx: Trx): Promise<{ item: Item; ref: ItemRef }> {
  const { hash, data } = await trx
    .selectFrom('item_release')
    .innerJoin('item_version', 'item_version.hash', 'item_release.hash')
    .select(['item_version.hash', 'item_version.data'])
    .where('item_release.code', '=', ALLOWANCE)
    .where('item_release.level', '=', 'village')
    .executeTakeFirstOrThrow();
  return { item: JSON.parse(data) as Item, ref: { code: ALLOWANCE, hash } };
}

export class VillageHand {
  readonly client: WireClient;
  readonly #agent: string;
  readonly #given: { item: Item; ref: ItemRef };

  private constructor(client: WireClient, agent: string, given: { item: Item; ref: ItemRef }) {
    this.client = client;
    this.#agent = agent;
    this.#given = given;
  }

  static async at(city: DemoCity, url: string): Promise<VillageHand> {
    const client = new WireClient((request) => fetch(request), url);
    await client.enrol((await city.issueCode(VILLAGE)).code);
    await client.openSession();
    const agent = city.accounts.find(({ site }) => site.code === VILLAGE)!;
    await client.signIn(agent.id, city.passphrase);
    return new VillageHand(client, agent.id, await city.read(allowance));
  }

  /** Takes an application of somebody new; it is not sent yet. Gives its id. */
  async take(): Promise<string> {
    const { client } = this;
    const { item, ref } = this.#given;
    const now = new Date().toISOString();
    const [id, today, serial] = [v7(), chineseDay(now), client.kept.length + 1];
    const { draft } = sampleDraft({ id, item, ref, seed: serial, now, today });
    const { site, number: device } = client.enrolled;
    const body = receiveBodyOf(draft, item, {
      receiptNumber: buildReceiptNumber({ site: site.code, day: today, device, serial }),
      queryToken: v7().replaceAll('-', '').slice(-22),
      site: site.id,
      receivedOn: today,
      signature: draft.signature!,
    });
    await client.press(this.#agent, 'receive', body, { applicationId: id, item: ref, at: now });
    return id;
  }

  /** Takes one and hands it in. @throws when the office does not take it */
  async hand(): Promise<string> {
    const id = await this.take();
    const { outcomes } = await this.client.sync(this.client.kept.slice(-1));
    if (outcomes[0]?.is !== 'applied') throw new Error(JSON.stringify(outcomes));
    return id;
  }
}
