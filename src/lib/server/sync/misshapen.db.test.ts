/** Commands that have not the shape: each is refused or kept alone, in its place in the chain, and holds up nobody. */
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { SentKind } from '#lib/domain/commands.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { foundTown, receive, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';

const receipts = (town: Town) =>
  town.store.read((trx) => trx.selectFrom('command').selectAll().orderBy('n').execute());

const refused = { is: 'refused', code: 'invalid', reason: 'text' };
const lost = { is: 'quarantined', why: 'brokenChain' };

eachDatabase('misshapen commands', ({ open }) => {
  const start = async (): Promise<{ town: Town; client: WireClient }> => {
    const town = await foundTown(await open());
    return { town, client: await town.device('A1', 'agent-a1') };
  };

  test('I7 I10: one that has not the shape is refused alone and kept in its place; the others go through', async () => {
    const { town, client } = await start();
    await receive(town, client, 'agent-a1');
    const applicationId = v7();
    const bad = await client.press('agent-a1', 'beckon' as SentKind, { name: '示例' } as never, {
      applicationId,
    });
    await client.press(
      'agent-a1',
      'withdraw',
      { reason: '不办了', signature: { kind: 'paper', by: '示例' } },
      { applicationId },
    );
    await receive(town, client, 'agent-a1');
    const { outcomes, chain } = await client.sync();
    const predecessor = { is: 'refused', code: 'predecessor' };
    expect(outcomes).toMatchObject([
      { is: 'applied' },
      { ...refused, id: bad.id },
      predecessor,
      { is: 'applied' },
    ]);
    expect(chain).toBe(4);
    const rows = await receipts(town);
    expect(rows.map(({ head }) => head)).toEqual(client.kept.map(({ head }) => head));
    expect(rows[1]).toMatchObject({ id: bad.id, kind: '', body: canonicalJson(bad), status: 'refused' });
    expect((await client.sync()).outcomes).toEqual(outcomes);
    await receive(town, client, 'agent-a1');
    expect((await client.sync()).outcomes[4]).toMatchObject({ is: 'applied' });
  });

  test.each<[string, Record<string, unknown>, object]>([
    ['version', { v: 2 }, refused],
    ['time', { at: 'yesterday' }, refused],
    ['revision', { baseRev: -1 }, refused],
    ['item', { item: { code: 1, hash: null } }, refused],
    ['predecessor', { after: { id: 1 } }, refused],
    ['application', { applicationId: '\u0000' }, refused],
    ['key that nobody knows', { more: 1 }, refused],
    ['field that is none', { kind: null }, refused],
    ['actor', { actor: ['agent-a1'] }, lost],
  ])('I7: a wrong %s concerns that command only', async (_, change, expected) => {
    const { town, client } = await start();
    const bad = await receive(town, client, 'agent-a1', {}, { spoil: change });
    await receive(town, client, 'agent-a1');
    const { outcomes } = await client.sync();
    expect(outcomes).toMatchObject([{ ...expected, id: bad.id }, { is: 'applied' }]);
    expect((await receipts(town))[0]).toMatchObject({ body: canonicalJson(bad), n: 1 });
  });

  test('a run that has not the shape vouches for nobody: what it was for is kept for people', async () => {
    const { town, client } = await start();
    await receive(town, client, 'agent-a1');
    const [run] = client.request(client.kept).runs;
    const { outcomes } = await client.sync(client.kept, { runs: [{ ...run!, sig: '?' }] });
    expect(outcomes).toMatchObject([lost]);
    await receive(town, client, 'agent-a1');
    expect((await client.sync()).outcomes[1]).toMatchObject({ is: 'applied' });
  });

  test('I7: a command that its device cannot read any more: from its signed head the chain goes on', async () => {
    const { town, client } = await start();
    for (let i = 0; i < 4; i++) await receive(town, client, 'agent-a1');
    const { runs } = client.request([client.kept[1]!]);
    const sent = [client.kept[0]!, ...client.kept.slice(2)];
    const request = client.request(sent, { keeps: 3 });
    const { outcomes, chain } = await client.sync(sent, { keeps: 3, runs: [...request.runs, ...runs] });
    expect(outcomes.map(({ is }) => is)).toEqual(['applied', 'applied', 'applied']);
    expect(chain).toBe(4);
    expect((await receipts(town)).map(({ n, head }) => [n, head])).toEqual(
      sent.map(({ command, head }) => [command.n, head]),
    );
    // an unsigned head closes no hole
    for (let i = 0; i < 3; i++) await receive(town, client, 'agent-a1');
    const [forged] = client.request([client.kept[4]!]).runs;
    const later = client.kept.slice(5);
    const own = client.request(later).runs;
    const answer = await client.sync(later, { keeps: 6, runs: [...own, { ...forged!, sig: own[0]!.sig }] });
    expect(answer.outcomes).toMatchObject([lost, lost]);
  });

  test('what has no id, device or number, or text that is none, is the whole request’s fault', async () => {
    const { town, client } = await start();
    await receive(town, client, 'agent-a1');
    const { id: _, ...nameless } = client.kept[0]!.command;
    const strange = [nameless, { ...nameless, id: 'x' }, { ...client.kept[0]!.command, n: 0 }, null, 7];
    for (const one of [...strange, { ...client.kept[0]!.command, device: '' }])
      expect((await client.send({ ...client.request([]), commands: [one] })).status).toBe(400);
    expect(await receipts(town)).toEqual([]);
  });
});
