/** Finding one application by its receipt: by whoever may see it, and for all others it does not exist. */
import { beforeEach, expect, test } from 'vitest';
import * as v from 'valibot';
import { v7 } from 'uuid';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { foundTown, receive, type SiteName, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { buildReceiptNumber, formatReceiptNumber } from '#lib/domain/receipt-number.ts';
import { lookupResponse, type LookupRequest, type LookupResponse } from '#lib/protocol/ledger.ts';

eachDatabase('lookup', ({ open }) => {
  let town: Town;
  let village: WireClient;
  let asked: { token: string; receiptNumber: string; application: string };
  beforeEach(async () => {
    town = await foundTown(await open());
    village = await town.device('A1', 'agent-a1');
    const { applicationId, body } = await receive(town, village, 'agent-a1');
    const { queryToken: token, receiptNumber } = body as { queryToken: string; receiptNumber: string };
    asked = { token, receiptNumber, application: applicationId };
    await village.sync();
  });

  const look = async (client: WireClient, request: LookupRequest): Promise<LookupResponse> => {
    const response = await client.post('/api/lookup', request);
    expect(response.status).toBe(200);
    return v.parse(lookupResponse, await response.json());
  };

  test.each(['token', 'receiptNumber', 'application'] as const)('by its %s', async (key) => {
    const { found } = await look(village, { [key]: asked[key] } as LookupRequest);
    expect(found).toMatchObject({ applicationId: asked.application, rev: 1, state: { state: 'pending' } });
  });

  test('a number is found as it is printed, in groups', async () => {
    const receiptNumber = formatReceiptNumber(asked.receiptNumber);
    expect((await look(village, { receiptNumber })).found?.applicationId).toBe(asked.application);
  });

  const strangers: SiteName[] = ['A2', 'B', 'B1'];
  test.each(strangers)('to %s it is as if it did not exist', async (site) => {
    const stranger = await town.device(site);
    for (const key of ['token', 'receiptNumber', 'application'] as const) {
      expect(await look(stranger, { [key]: asked[key] } as LookupRequest)).toEqual({ found: null });
    }
    expect(await look(stranger, { application: v7() })).toEqual({ found: null });
    expect(await look(stranger, { token: 'A'.repeat(22) })).toEqual({ found: null });
    const number = { site: '410526102201', day: '2026-09-18', device: '999', serial: 1 };
    expect(await look(stranger, { receiptNumber: buildReceiptNumber(number) })).toEqual({ found: null });
    expect(town.logged.join()).not.toContain(asked.token);
  });

  test('the township finds it', async () => {
    expect((await look(await town.device('A'), { token: asked.token })).found?.applicationId).toBe(
      asked.application,
    );
  });

  test.each([
    ['a number with a wrong digit', { receiptNumber: '4105261022012026091800100019' }],
    ['two ways at once', { token: 'A'.repeat(22), application: v7() }],
    ['nothing', {}],
    ['no token', { token: '../../etc' }],
  ])('%s is malformed', async (_, request) => {
    expect((await village.post('/api/lookup', request)).status).toBe(400);
  });

  test('nothing without a session', async () => {
    village.cookie = '';
    expect((await village.post('/api/lookup', { token: asked.token })).status).toBe(401);
  });
});
