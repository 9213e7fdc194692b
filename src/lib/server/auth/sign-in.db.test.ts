/** Signing in: the right proof opens, a wrong one slows down, and the person's key vouches from then on. */
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { foundTown, PASSPHRASE, receive } from '../../../../tests/support/town.ts';
import { deriveProof, setPassphrase } from './passphrase.ts';

eachDatabase('signing in', ({ open }) => {
  const start = async () => {
    const town = await foundTown(await open());
    return { town, client: await town.device('A1') };
  };
  const errorOf = async (response: Response): Promise<string> =>
    `${response.status} ${((await response.json()) as { error: string }).error}`;

  test('the tiles are the site’s people who can sign in, and hold nothing that opens', async () => {
    const { town, client } = await start();
    await town.store.write(async (trx) => {
      await trx.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'second-a1').execute();
    });
    const tiles = await client.tiles();
    expect(tiles).toEqual([{ id: 'agent-a1', name: '张样本', roles: ['agent'], kdf: tiles[0]!.kdf }]);
    expect(Object.keys(tiles[0]!.kdf).sort()).toEqual(['lanes', 'memory', 'passes', 'salt']);
    const counter = await town.device('A');
    expect((await counter.tiles()).map((tile) => tile.id)).toEqual(['clerk-a', 'reviewer-a']);
  });

  test('the right passphrase signs in, and what the person then signs is taken as theirs', async () => {
    const { town, client } = await start();
    const response = await client.signIn('agent-a1', PASSPHRASE);
    expect(await response.json()).toEqual({
      staff: { id: 'agent-a1', name: '张样本', roles: ['agent'], department: null },
    });
    const command = await receive(town, client, 'agent-a1');
    expect(await client.outcomeOf(command)).toMatchObject({ is: 'applied' });
  });

  test('a wrong passphrase, somebody unknown and somebody of another site get one answer', async () => {
    const { client } = await start();
    const [{ kdf } = { kdf: undefined }] = await client.tiles();
    for (const [staff, passphrase] of [
      ['agent-a1', '不是这个口令 一二三'],
      ['nobody', PASSPHRASE],
      ['agent-b1', PASSPHRASE],
    ] as const) {
      expect(await errorOf(await client.signIn(staff, passphrase, kdf))).toBe('403 badProof');
    }
  });

  test('wrong tries slow down further and further; the right one is refused while it waits, and then forgives', async () => {
    const { town, client } = await start();
    const wrong = async () => client.signIn('agent-a1', '不是这个口令 一二三');
    for (let i = 0; i < 4; i++) expect((await wrong()).status).toBe(403);
    const waits: number[] = [];
    let at = Date.parse('2026-09-18T02:00:00.000Z');
    for (let i = 0; i < 10; i++) {
      const waiting = await client.signIn('agent-a1', PASSPHRASE);
      expect(waiting.status).toBe(429);
      const seconds = Number(waiting.headers.get('retry-after'));
      waits.push(seconds);
      at += seconds * 1000;
      town.setClock(new Date(at).toISOString());
      expect((await wrong()).status).toBe(403);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    town.setClock(new Date(at + 900_000).toISOString());
    expect((await client.signIn('agent-a1', PASSPHRASE)).status).toBe(200);
    expect((await wrong()).status).toBe(403);
  }, 60_000);

  test('twenty tries at once are twenty tries', async () => {
    const { client } = await start();
    const [tile] = await client.tiles();
    const proof = await deriveProof('不是这个口令 一二三', tile!.kdf);
    const { publicKey } = await client.keysOf('agent-a1');
    const tries = Array.from({ length: 20 }, () =>
      client.post('/api/auth/sign-in', { staff: 'agent-a1', proof, publicKey }),
    );
    const statuses = (await Promise.all(tries)).map((response) => response.status);
    expect(statuses.filter((status) => status === 403)).toHaveLength(4);
    expect(statuses.filter((status) => status === 429)).toHaveLength(16);
  });

  test('a disabled account is told so, but only to who knows the passphrase', async () => {
    const { town, client } = await start();
    const [{ kdf } = { kdf: undefined }] = await client.tiles();
    await town.store.write((trx) => trx.updateTable('staff').set({ status: 'disabled' }).execute());
    expect(await errorOf(await client.signIn('agent-a1', PASSPHRASE, kdf))).toBe('403 staffDisabled');
    expect(await errorOf(await client.signIn('agent-a1', '不是这个口令 一二三', kdf))).toBe('403 badProof');
  });

  test('a new passphrase replaces the old one and has ten characters at least', async () => {
    const { town, client } = await start();
    const set = (passphrase: string) =>
      setPassphrase(town.store, { staff: 'agent-a1', passphrase, by: 'admin', now: town.office.clock.now() });
    await expect(set('一二三四五六七八九')).rejects.toThrow(RangeError);
    await set('一二三四五六七八九十');
    expect((await client.signIn('agent-a1', PASSPHRASE)).status).toBe(403);
    expect((await client.signIn('agent-a1', '一二三四五六七八九十')).status).toBe(200);
  });

  test('nobody signs in without a device’s session', async () => {
    const { client } = await start();
    const [{ kdf } = { kdf: undefined }] = await client.tiles();
    client.cookie = '';
    expect(await errorOf(await client.signIn('agent-a1', PASSPHRASE, kdf))).toBe('401 noSession');
    expect(await errorOf(await client.call('/api/auth/staff'))).toBe('401 noSession');
  });
});
