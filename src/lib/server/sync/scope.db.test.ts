/** Who may touch and see what: a village its own, a township its villages', and nothing tells whether more exists. */
import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import { BODIES } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { foundTown, receive, type SiteName } from '../../../../tests/support/town.ts';

eachDatabase('scope', ({ open }) => {
  const start = async () => foundTown(await open());
  const withdraw = BODIES.withdraw;

  const strangers: [SiteName, string][] = [
    ['A2', 'agent-a2'],
    ['B1', 'agent-b1'],
    ['B', 'clerk-b'],
  ];
  test.each(strangers)(
    'an application of A1 looks to %s exactly like one that does not exist',
    async (site, actor) => {
      const town = await start();
      const village = await town.device('A1', 'agent-a1');
      const { applicationId } = await receive(town, village, 'agent-a1');
      await village.sync();
      const stranger = await town.device(site, actor);
      const real = await stranger.press(actor, 'withdraw', withdraw, { applicationId });
      const unknown = await stranger.press(actor, 'withdraw', withdraw, { applicationId: v7() });
      const { outcomes } = await stranger.sync();
      const [onReal, onUnknown] = outcomes.map((outcome) => JSON.stringify({ ...outcome, id: '' }));
      expect(onReal).toBe(onUnknown);
      expect(outcomes[0]).toEqual({
        id: real.id,
        is: 'refused',
        code: 'forbidden',
        reason: 'unknownApplication',
      });
      expect(outcomes[1]?.id).toBe(unknown.id);
      const { snapshots } = await stranger.pull();
      expect(snapshots).toEqual([]);
      const { rev } = await town.store.read((trx) =>
        trx.selectFrom('application').select('rev').where('id', '=', applicationId).executeTakeFirstOrThrow(),
      );
      expect(rev).toBe(1);
      const attempts = await town.store.read((trx) =>
        trx.selectFrom('audit').select('detail').where('what', '=', 'outOfScope').execute(),
      );
      expect(attempts.map(({ detail }) => JSON.parse(detail).command)).toEqual([real.id]);
    },
  );

  test('the township acts on its villages’ applications', async () => {
    const town = await start();
    const village = await town.device('A1', 'agent-a1');
    const { applicationId } = await receive(town, village, 'agent-a1');
    await village.sync();
    const counter = await town.device('A', 'clerk-a');
    const accept = await counter.press('clerk-a', 'accept', {}, { applicationId });
    expect(await counter.outcomeOf(accept)).toMatchObject({ is: 'applied', rev: 2 });
  });

  test('a person’s scope and a device’s must both cover it', async () => {
    const town = await start();
    const village = await town.device('A2', 'clerk-a', 'agent-a1');
    const neighbour = await town.device('A1', 'agent-a1');
    const { applicationId } = await receive(town, neighbour, 'agent-a1');
    await neighbour.sync();
    // a township clerk at a device of another village, and the village's own agent away from home
    const clerk = await village.press('clerk-a', 'accept', {}, { applicationId });
    const agent = await village.press('agent-a1', 'withdraw', withdraw, { applicationId, after: null });
    const { outcomes } = await village.sync();
    for (const { id } of [clerk, agent]) {
      expect(outcomes.find((outcome) => outcome.id === id)).toMatchObject({ reason: 'unknownApplication' });
    }
  });

  test('nothing is received under the id of another site’s application, nor at a site that is not the device’s', async () => {
    const town = await start();
    const village = await town.device('A1', 'agent-a1');
    const { applicationId } = await receive(town, village, 'agent-a1');
    await village.sync();
    const stranger = await town.device('B1', 'agent-b1');
    const stolen = await receive(town, stranger, 'agent-b1', {}, { applicationId });
    const elsewhere = await receive(town, stranger, 'agent-b1', { site: village.enrolled.site.id });
    const away = await receive(town, stranger, 'agent-a1');
    await stranger.keysOf('agent-a1');
    const { outcomes } = await stranger.sync();
    expect(outcomes).toMatchObject([
      { id: stolen.id, is: 'refused', code: 'forbidden', reason: 'unknownApplication' },
      { id: elsewhere.id, is: 'refused', code: 'invalid', reason: 'site' },
      // no key of that person on this device
      { id: away.id, is: 'quarantined', why: 'brokenChain' },
    ]);
    const count = await town.store.read((trx) => trx.selectFrom('application').select('id').execute());
    expect(count).toHaveLength(1);
  });

  test('the role that counts is the one of now', async () => {
    const town = await start();
    const counter = await town.device('A', 'clerk-a');
    const { applicationId } = await receive(town, counter, 'clerk-a');
    await counter.sync();
    await town.store.write((trx) =>
      trx.updateTable('staff').set({ roles: '["agent"]' }).where('id', '=', 'clerk-a').execute(),
    );
    const accept = await counter.press('clerk-a', 'accept', {}, { applicationId });
    expect(await counter.outcomeOf(accept)).toMatchObject({
      is: 'refused',
      code: 'forbidden',
      reason: 'notAllowed',
    });
  });
});
