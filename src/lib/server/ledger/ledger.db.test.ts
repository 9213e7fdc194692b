/** The ledger of a month: right in every month, masked, no wider than the device's scope, and in full only with a reason. */
import { beforeEach, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { BODIES } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { foundTown, receive, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { LEDGER_PAGE, ledgerResponse, type LedgerResponse } from '#lib/protocol/ledger.ts';

eachDatabase('ledger', ({ open }) => {
  let town: Town;
  let village: WireClient;
  beforeEach(async () => {
    town = await foundTown(await open());
    village = await town.device('A1', 'agent-a1', 'second-a1');
  });

  const read = async (response: Response): Promise<LedgerResponse> => {
    expect(response.status).toBe(200);
    return v.parse(ledgerResponse, await response.json());
  };
  const month = async (client: WireClient, asked: string): Promise<LedgerResponse> =>
    read(await client.call(`/api/ledger?month=${asked}`));

  test('what happened in one month and ended in the next is in both', async () => {
    const { applicationId } = await receive(town, village, 'agent-a1');
    await village.sync();
    const counter = await town.device('A', 'clerk-a');
    const accept = await counter.press('clerk-a', 'accept', {}, { applicationId });
    expect(await counter.outcomeOf(accept)).toMatchObject({ is: 'applied' });
    town.setClock('2026-10-12T02:00:00.000Z');
    const withdraw = await village.press('agent-a1', 'withdraw', BODIES.withdraw, { applicationId });
    expect(await village.outcomeOf(withdraw)).toMatchObject({ is: 'applied' });
    const september = await month(village, '2026-09');
    expect(september.counts).toMatchObject({ lines: 1, received: 1, accepted: 1, withdrawn: 0 });
    expect(september.lines).toMatchObject([
      {
        id: applicationId,
        itemName: '老年人高龄津贴认定',
        agent: { id: 'agent-a1', name: '张样本' },
        state: 'withdrawn',
        receivedOn: '2026-09-18',
        closedOn: '2026-10-12',
      },
    ]);
    expect((await month(village, '2026-10')).counts).toMatchObject({ lines: 1, received: 0, withdrawn: 1 });
    for (const quiet of ['2026-08', '2026-11']) {
      expect(await month(village, quiet)).toMatchObject({ lines: [], next: null, counts: { lines: 0 } });
    }
  });

  test('names and numbers are masked; neither an answer nor the log holds them', async () => {
    const { body } = await receive(town, village, 'agent-a1');
    await village.sync();
    const response = await village.call('/api/ledger?month=2026-09');
    const text = await response.text();
    const { applicant } = body as { applicant: { name: string; idNumber: string; phone: string } };
    for (const secret of [applicant.name, applicant.idNumber, applicant.phone]) {
      expect(text).not.toContain(secret);
      expect(town.logged.join()).not.toContain(secret);
    }
    expect(text).toContain('王*例');
  });

  test('a village has its own, a township its villages’, a neighbour nothing', async () => {
    await receive(town, village, 'agent-a1');
    await village.sync();
    const lines = async (client: WireClient): Promise<number> =>
      (await month(client, '2026-09')).lines.length;
    expect(await lines(village)).toBe(1);
    expect(await lines(await town.device('A'))).toBe(1);
    for (const site of ['A2', 'B', 'B1'] as const) expect(await lines(await town.device(site))).toBe(0);
  });

  test('a long month comes in pages, each line once, with the sums on the first', async () => {
    const count = LEDGER_PAGE + 25;
    for (let n = 0; n < count; n++) await receive(town, village, 'agent-a1');
    await village.sync();
    const first = await month(village, '2026-09');
    expect(first.counts).toMatchObject({ lines: count, received: count });
    expect(first.lines).toHaveLength(LEDGER_PAGE);
    const second = await read(
      await village.call(`/api/ledger?month=2026-09&after=${encodeURIComponent(first.next ?? '')}`),
    );
    expect(second.counts).toBe(undefined);
    expect(second.next).toBe(null);
    expect(new Set([...first.lines, ...second.lines].map(({ id }) => id)).size).toBe(count);
  });

  describe('in full', () => {
    const ask = (client: WireClient, change: Record<string, unknown> = {}): Promise<Response> =>
      client.post('/api/ledger', { month: '2026-09', staff: 'agent-a1', reason: 'inspection', ...change });
    const audited = () =>
      town.store.read((trx) =>
        trx.selectFrom('audit').select(['who', 'detail']).where('what', '=', 'ledgerRevealed').execute(),
      );

    test('for a reason, which is written down with who and which month, once a showing', async () => {
      await receive(town, village, 'agent-a1');
      await village.sync();
      const { lines } = await read(await ask(village));
      expect(lines[0]?.name).toBe('王示例');
      await read(await ask(village, { after: lines[0]!.id }));
      expect((await audited()).map(({ who, detail }) => [who, JSON.parse(detail)])).toEqual([
        [
          'agent-a1',
          { device: village.device, site: 'S410526102201', month: '2026-09', reason: 'inspection' },
        ],
      ]);
    });

    test.each([
      ['no reason', { reason: undefined }, 400],
      ['a reason of one’s own', { reason: '看看' }, 400],
      ['somebody of another village', { staff: 'agent-a2' }, 403],
      ['nobody', { staff: 'nobody' }, 403],
    ])('not for %s', async (_, change, status) => {
      expect((await ask(village, change)).status).toBe(status);
      expect(await audited()).toEqual([]);
    });
  });

  test.each(['2026-13', '2026-9', '', '2026-09&x=1'])('month %s is no month', async (asked) => {
    expect((await village.call(`/api/ledger?month=${asked}`)).status).toBe(400);
  });

  test('nothing without a session, and nothing for a device that was taken out of use', async () => {
    const stranger = await town.device('A1');
    stranger.cookie = '';
    expect((await stranger.call('/api/ledger?month=2026-09')).status).toBe(401);
    await town.store.write((trx) =>
      trx.updateTable('device').set({ status: 'revoked' }).where('id', '=', village.device).execute(),
    );
    expect((await village.call('/api/ledger?month=2026-09')).status).toBe(403);
    expect((await village.post('/api/ledger', {})).status).toBe(403);
  });
});
