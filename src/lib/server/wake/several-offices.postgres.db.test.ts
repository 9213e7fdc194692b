/** Streams at one office process hear of what another has written. */
import { expect, test } from 'vitest';
import { isWake } from '#lib/protocol/wake.ts';
import { onPostgres } from '../../../../tests/support/each-database.ts';
import { foundTown, receive } from '../../../../tests/support/town.ts';
import { twinOf } from '../../../../tests/support/twin-office.ts';
import { handleWake } from './handle-wake.ts';
import { startWatch } from './start-watch.ts';

onPostgres('the held stream of one office process', ({ open, openBeside }) => {
  test('wakes for what another process has committed', async () => {
    const town = await foundTown(await open());
    const agent = await town.device('A1', 'agent-a1');
    const clerk = await town.device('A', 'clerk-a');
    const twin = twinOf(town.office, await openBeside());
    const request = new Request('http://localhost:3000/api/wake', { headers: { cookie: clerk.cookie } });
    const response = await handleWake({ office: twin, request, ip: '' });
    const stop = startWatch(twin);
    const reader = response.body!.getReader();
    await reader.read();
    await receive(town, agent, 'agent-a1');
    await agent.sync();
    const { value } = await reader.read();
    expect(isWake(value!)).toBe(true);
    stop();
    expect((await reader.read()).done).toBe(true);
  });
});
