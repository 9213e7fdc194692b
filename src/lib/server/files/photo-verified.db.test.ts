/** An application learns of its photos once, whichever came first, and however often the office was killed between. */
import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { MaterialEntry, Photo } from '#lib/domain/materials.ts';
import type { Application } from '#lib/domain/state.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { named, picture } from '../../../../tests/support/photo-files.ts';
import { PhotoSender } from '../../../../tests/support/photo-sender.ts';
import { foundTown, receive, SITES, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { missingPhotos } from './photo-uses.ts';
import { sweepPhotos } from './sweep-photos.ts';

const site = SITES.A1.id;

const materials = (...photos: Photo[]): MaterialEntry[] => [
  {
    code: 'M0001',
    status: 'received',
    kind: '原件',
    copies: 1,
    ...(photos.length > 0 ? { photos: photos.map(named) } : {}),
  },
  { code: 'M0002', status: 'received', kind: '原件', copies: 1 },
  { code: 'M0026', status: 'notNeeded', kind: '原件', copies: 0 },
];

eachDatabase('photoVerified', ({ open }) => {
  let town: Town;
  let agent: WireClient;
  let photos: PhotoSender;

  async function start(): Promise<void> {
    town = await foundTown(await open());
    agent = await town.device('A1', 'agent-a1');
    photos = new PhotoSender(agent, site);
  }
  afterEach(() => rmSync(town.office.files.folder, { recursive: true, force: true }));

  /** An application whose identity card is these photos. Returns its id. */
  async function apply(...named: Photo[]): Promise<string> {
    const command = await receive(town, agent, 'agent-a1', { materials: materials(...named) });
    expect(await agent.outcomeOf(command)).toMatchObject({ is: 'applied' });
    return command.applicationId;
  }
  const stateOf = async (id: string): Promise<Application> => {
    const { state_json } = await town.store.read((trx) =>
      trx.selectFrom('application').select('state_json').where('id', '=', id).executeTakeFirstOrThrow(),
    );
    return JSON.parse(state_json) as Application;
  };
  const verifiedOf = async (id: string) => (await stateOf(id)).materials.M0001?.verified ?? [];
  const confirmations = (id: string) =>
    town.store.read((trx) =>
      trx
        .selectFrom('command')
        .select(['actor', 'status'])
        .where('application', '=', id)
        .where('kind', '=', 'photoVerified')
        .execute(),
    );
  const missing = (id: string) => town.store.read((trx) => missingPhotos(trx, id));
  /** While it is away nobody is told of it: as if the office were killed before it could. */
  const setAside = (status: 'missing' | 'verified') =>
    town.store.write((trx) => trx.updateTable('photo').set({ status }).execute());

  test('the command first: acceptance waits for the photo, then goes', async () => {
    await start();
    const photo = await picture(1);
    const id = await apply(photo);
    expect(await missing(id)).toEqual([{ material: 'M0001', ...named(photo) }]);
    const clerk = await town.device('A', 'clerk-a');
    const accept = () => clerk.press('clerk-a', 'accept', {}, { applicationId: id, after: null });
    const early = await clerk.outcomeOf(await accept());
    expect(early).toMatchObject({ is: 'refused', reason: 'photosMissing', at: ['M0001'] });
    await photos.send(photo);
    expect(await missing(id)).toEqual([]);
    expect(await verifiedOf(id)).toEqual([photo.sha256]);
    expect(await clerk.outcomeOf(await accept())).toMatchObject({ is: 'applied' });
  });

  test('the photo first: the answer to the command already brings it', async () => {
    await start();
    const photo = await picture(2);
    await photos.send(photo);
    await apply();
    await agent.pull();
    const id = await apply(photo);
    const { events } = await agent.pull();
    expect(events.map(({ event, applicationId }) => [event.is, applicationId])).toEqual([
      ['received', id],
      ['photoVerified', id],
    ]);
    expect(await verifiedOf(id)).toEqual([photo.sha256]);
  });

  test('a photo of several applications counts for each, once', async () => {
    await start();
    const [photo, other] = [await picture(3), await picture(4)];
    const ids = [await apply(photo), await apply(photo, other), await apply(other)];
    await photos.send(photo);
    await photos.send(photo);
    await sweepPhotos(town.office);
    for (const id of ids.slice(0, 2)) {
      expect(await verifiedOf(id)).toEqual([photo.sha256]);
      expect(await confirmations(id)).toEqual([{ actor: 'office', status: 'applied' }]);
    }
    expect(await verifiedOf(ids[2]!)).toEqual([]);
    expect(await missing(ids[1]!)).toEqual([{ material: 'M0001', ...named(other) }]);
  });

  test('I13: another size, another type, another site: the hash alone counts for nothing', async () => {
    await start();
    const photo = await picture(5);
    const wrong = [
      await apply({ ...named(photo), size: photo.size + 1 }),
      await apply({ ...named(photo), type: 'png' }),
    ];
    const elsewhere = await town.device('A2', 'agent-a2');
    const foreign = await receive(town, elsewhere, 'agent-a2', { materials: materials(photo) });
    await elsewhere.outcomeOf(foreign);
    await photos.send(photo);
    await sweepPhotos(town.office);
    for (const id of [...wrong, foreign.applicationId]) expect(await verifiedOf(id)).toEqual([]);
    // the other village has its own
    await new PhotoSender(elsewhere, SITES.A2.id).send(photo);
    expect(await verifiedOf(foreign.applicationId)).toEqual([photo.sha256]);
  });

  test('a refused file verifies nothing', async () => {
    await start();
    const good = await picture(6);
    const id = await apply(good);
    const bytes = Buffer.from(good.bytes);
    bytes[99] = bytes[99]! ^ 255;
    expect(await photos.send({ ...good, bytes })).toMatchObject({ error: 'wrongHash' });
    await sweepPhotos(town.office);
    expect(await missing(id)).toHaveLength(1);
  });

  test('killed between the file and the word of it: the sweep says it, once', async () => {
    await start();
    const photo = await picture(7);
    await photos.send(photo);
    await setAside('missing');
    const id = await apply(photo);
    expect(await verifiedOf(id)).toEqual([]);
    await setAside('verified');
    await Promise.all([sweepPhotos(town.office), sweepPhotos(town.office)]);
    expect(await verifiedOf(id)).toEqual([photo.sha256]);
    expect(await confirmations(id)).toHaveLength(1);
  });

  test('handed in anew with other photos: the old ones are waited for no more; given back, they count', async () => {
    await start();
    const [front, back] = [await picture(8), await picture(9)];
    const id = await apply(front);
    await photos.send(front);
    const again = async (...named: Photo[]): Promise<void> => {
      const [body] = materials(...named);
      const command = await agent.press('agent-a1', 'addMaterial', body!, { applicationId: id });
      expect(await agent.outcomeOf(command)).toMatchObject({ is: 'applied' });
    };
    await again(back);
    expect(await missing(id)).toEqual([{ material: 'M0001', ...named(back) }]);
    await again(front);
    expect(await missing(id)).toEqual([]);
    expect(await verifiedOf(id)).toEqual([front.sha256]);
    await again(front, back);
    expect(await verifiedOf(id)).toEqual([front.sha256]);
    await photos.send(back);
    expect(await verifiedOf(id)).toEqual([front.sha256, back.sha256]);
  });

  test('twenty photos, and one lacks: acceptance waits for that one', async () => {
    await start();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) => picture(100 + i, { width: 24, height: 16 })),
    );
    const id = await apply(...all);
    for (const photo of all.slice(1)) await photos.send(photo);
    expect((await missing(id)).map(({ sha256 }) => sha256)).toEqual([all[0]!.sha256]);
  });

  test('a photo that arrives after its application is closed is still noted', async () => {
    await start();
    const photo = await picture(10);
    const id = await apply(photo);
    const clerk = await town.device('A', 'clerk-a');
    const voided = await clerk.press(
      'clerk-a',
      'void',
      { reason: '重复收件' },
      { applicationId: id, after: null },
    );
    expect(await clerk.outcomeOf(voided)).toMatchObject({ is: 'applied' });
    await photos.send(photo);
    expect(await verifiedOf(id)).toEqual([photo.sha256]);
  });
});
