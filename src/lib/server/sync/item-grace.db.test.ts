/** The grace (宽限期) of an item version that was replaced: ten working days from when the newer one reached the site. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Item } from '#lib/domain/item.ts';
import { standingResponse } from '#lib/protocol/item-standing.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, foundTown, PERMIT, receive, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';

const CHANGED = { ...ALLOWANCE, conditions: '改过的条件' };
/** Replaced on Friday 18 September; the tenth working day after it, Mid-Autumn and National Day left out. */
const LAST_DAY = '2026-10-09';
const at = (day: string) => `${day}T02:00:00.000Z`;
const EXPIRED = { is: 'refused', code: 'itemExpired', reason: 'itemUnknown' };

/** A device that knows that the version is replaced. */
async function informed(town: Town): Promise<WireClient> {
  const client = await town.device('A1', 'agent-a1');
  client.release = 'S410526000000/village/2';
  await client.sync([]);
  return client;
}

const flagsOf = (town: Town) =>
  town.store.read(async (trx) =>
    (await trx.selectFrom('application').select('state_json').orderBy('id').execute()).map(
      ({ state_json }) => JSON.parse(state_json).flags as string[],
    ),
  );

eachDatabase('the grace of a replaced version', ({ open }) => {
  const start = async (items = [CHANGED, PERMIT]) => {
    const town = await foundTown(await open());
    await town.publish(items);
    return town;
  };

  test('is taken as that version until its last day, and says so to the township', async () => {
    const town = await start();
    const client = await informed(town);
    town.setClock(at(LAST_DAY));
    const command = await receive(town, client, 'agent-a1');
    expect(await client.outcomeOf(command)).toMatchObject({ is: 'applied' });
    expect(await flagsOf(town)).toEqual([['itemSuperseded']]);
    const hashes = await town.store.read((trx) =>
      trx.selectFrom('application').select('item_hash').execute(),
    );
    expect(hashes).toEqual([{ item_hash: (await town.refOf(ALLOWANCE)).hash }]);
  });

  test('the day after it is refused; the same form on the version in force is taken in its place', async () => {
    const town = await start();
    const client = await informed(town);
    town.setClock(at('2026-10-10'));
    const late = await receive(town, client, 'agent-a1');
    expect(await client.outcomeOf(late)).toMatchObject(EXPIRED);
    const again = await receive(
      town,
      client,
      'agent-a1',
      { item: CHANGED },
      { applicationId: late.applicationId, after: null, supersedes: late.id },
    );
    expect(await client.outcomeOf(again)).toMatchObject({ is: 'applied' });
    expect(await flagsOf(town)).toEqual([[]]);
  });

  test('what was filled in offline in time is taken when it arrives late', async () => {
    const town = await start();
    const client = await informed(town);
    town.setClock(at('2026-10-20'));
    const command = await receive(town, client, 'agent-a1', { receivedOn: LAST_DAY });
    expect(await client.outcomeOf(command)).toMatchObject({ is: 'applied' });
  });

  test('an earlier day does not lead back behind a contact after the grace', async () => {
    const town = await start();
    const client = await informed(town);
    town.setClock(at('2026-10-12'));
    await client.sync([]);
    const command = await receive(town, client, 'agent-a1', { receivedOn: LAST_DAY });
    expect(await client.outcomeOf(command)).toMatchObject(EXPIRED);
  });

  test('an item that is not offered any more (停办) has the same grace', async () => {
    const town = await start([PERMIT]);
    const client = await informed(town);
    town.setClock(at(LAST_DAY));
    const inTime = await receive(town, client, 'agent-a1');
    expect(await client.outcomeOf(inTime)).toMatchObject({ is: 'applied' });
    town.setClock(at('2026-10-10'));
    const late = await receive(town, client, 'agent-a1');
    expect(await client.outcomeOf(late)).toMatchObject(EXPIRED);
  });

  test('runs from the release that replaced it, not from the ones after', async () => {
    const town = await start();
    town.setClock(at('2026-10-08'));
    await town.publish([{ ...CHANGED, conditions: '又改过的条件' }, PERMIT]);
    const client = await town.device('A1', 'agent-a1');
    client.release = 'S410526000000/village/3';
    await client.sync([]);
    town.setClock(at('2026-10-10'));
    const [first, second] = [
      await receive(town, client, 'agent-a1'),
      await receive(town, client, 'agent-a1', { item: CHANGED }),
    ];
    expect((await client.sync()).outcomes).toMatchObject([
      { id: first.id, is: 'refused' },
      { id: second.id, is: 'applied' },
    ]);
  });

  test('a county without grace takes it on the day of the release only; beyond the calendar nothing is refused', async () => {
    const town = await start();
    const policy = (graceDays: number) =>
      town.store.write((trx) =>
        trx
          .updateTable('county')
          .set({ policy: JSON.stringify({ graceDays }) })
          .execute(),
      );
    const client = await informed(town);
    await policy(0);
    const same = await receive(town, client, 'agent-a1');
    expect(await client.outcomeOf(same)).toMatchObject({ is: 'applied' });
    town.setClock(at('2026-09-21'));
    const next = await receive(town, client, 'agent-a1');
    expect(await client.outcomeOf(next)).toMatchObject(EXPIRED);
    await policy(2000);
    const beyond = await receive(town, client, 'agent-a1');
    expect(await client.outcomeOf(beyond)).toMatchObject({ is: 'applied' });
  });

  test('a device is told the same beforehand', async () => {
    const town = await start();
    const client = await informed(town);
    const told = async (item: Item, release: string | null = client.release) => {
      const response = await client.post('/api/catalogue/standing', {
        item: (await town.refOf(item)).hash,
        release,
      });
      expect(response.status).toBe(200);
      return v.parse(standingResponse, await response.json());
    };
    expect(await told(ALLOWANCE)).toEqual({ is: 'superseded', until: LAST_DAY });
    expect(await told(ALLOWANCE, 'S410526000000/village/1')).toEqual({ is: 'superseded', until: null });
    expect(await told(CHANGED)).toEqual({ is: 'current', until: null });
    expect(await told({ ...ALLOWANCE, name: '从来没有发布过' })).toEqual({ is: 'expired', until: null });
    const bad = await client.post('/api/catalogue/standing', { item: 'x', release: null });
    expect(bad.status).toBe(400);
  });
});
