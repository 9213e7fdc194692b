/** No identity number, telephone number, name or address reaches the log, whatever is refused and whatever breaks. */
import { expect, test } from 'vitest';
import { readIdNumber } from '#lib/domain/identity.ts';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import { BODIES, delivery, receiveBody } from '../../../tests/support/builders.ts';
import { eachDatabase } from '../../../tests/support/each-database.ts';
import { foundTown, receive } from '../../../tests/support/town.ts';
import { createLog, errorFacts } from './log.ts';
import type { SENT_KINDS } from '#lib/domain/commands.ts';
import { SENT_KINDS as KINDS } from '#lib/domain/commands.ts';

const person = samplePerson(7);
const traces = [person.idNumber, person.phone, person.name, '示例路七号'];

eachDatabase('the log', ({ open }) => {
  test('holds nothing of a person after every refusal, quarantine, fault and malformed request', async () => {
    const town = await foundTown(await open());
    const client = await town.device('A1', 'agent-a1');
    const applicant = {
      ...receiveBody().applicant,
      ...person,
      kind: 'person' as const,
      address: '示例路七号',
    };
    expect(readIdNumber('residentId', person.idNumber, '2026-09-18').ok).toBe(true);

    const { applicationId } = await receive(town, client, 'agent-a1', { applicant });
    await receive(town, client, 'agent-a1', { applicant: { ...applicant, idNumber: `${person.idNumber}9` } });
    const collector = { ...delivery().collector, name: person.name, idNumber: person.idNumber };
    for (const kind of KINDS.filter((one): one is (typeof SENT_KINDS)[number] => one !== 'receive')) {
      const body = kind === 'deliver' ? delivery({ collector }) : BODIES[kind];
      await client.press('agent-a1', kind, body as never, { applicationId, after: null });
    }
    await client.press('agent-a1', 'amend', { wrong: person } as never, { applicationId, after: null });
    await client.sync();
    // another body under a known id
    const [first] = client.kept;
    const reused = { ...first!.command, at: '2026-09-18T01:31:00.000Z' };
    await client.sync([{ ...first!, command: reused as NonNullable<typeof first>['command'] }]);
    // a fault while judging, and while writing
    await receive(town, client, 'agent-a1', { applicant });
    await town.store.write((trx) =>
      trx
        .updateTable('item_version')
        .set({ data: JSON.stringify({ name: person.name }) })
        .execute(),
    );
    const faulty = {
      ...town.office,
      rulebook: Object.create(town.office.rulebook) as typeof town.office.rulebook,
    };
    faulty.rulebook.item = () => Promise.reject(new Error(`cannot read ${person.name} ${person.idNumber}`));
    const { handleSync } = await import('./sync/handle-sync.ts');
    const send = (body: string) =>
      handleSync({
        office: faulty,
        ip: '127.0.0.1',
        request: new Request('http://localhost:3000/api/sync', {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', cookie: client.cookie },
        }),
      });
    expect((await send(JSON.stringify(client.request(client.kept)))).status).toBe(200);
    expect((await send(`{"name":"${person.name}",${person.idNumber}`)).status).toBe(400);
    await town.store.write((trx) => trx.schema.alterTable('feed').renameTo('gone').execute());
    expect((await send(JSON.stringify(client.request(client.kept)))).status).toBe(500);

    const log = town.logged.join('');
    expect(log).toContain('parked');
    expect(log).toContain('idReused');
    expect(log).toContain('fault');
    for (const trace of traces) expect(log).not.toContain(trace);
    const audited = await town.store.read((trx) => trx.selectFrom('audit').selectAll().execute());
    for (const trace of traces) expect(JSON.stringify(audited)).not.toContain(trace);
  });
});

test('whatever is handed to the log by mistake is taken out', () => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => void lines.push(line) });
  log.warn(
    { what: 'x', idNumber: person.idNumber, deep: { name: person.name, list: [person.phone] } },
    'seen',
  );
  log.error(`${person.name} ${person.idNumber} +86 138 0000 0007`);
  log.error({ ...errorFacts(new TypeError(`bad value ${person.name}, ${person.phone}`)) }, 'broken');
  try {
    JSON.parse(`{"name": "${person.name}" ${person.idNumber}}`);
  } catch (error) {
    log.error({ ...errorFacts(error) }, 'no JSON');
  }
  const all = lines.join('');
  for (const trace of [...traces, '0000 0007']) expect(all).not.toContain(trace);
  expect(all).toContain('TypeError');
  expect(all).toContain('SyntaxError');
  // ids and codes stay readable
  log.info({ device: 'd-0123456789abcdef0123', site: 'S410526102201', code: '410526102201' }, 'ids');
  expect(lines.at(-1)).toContain('S410526102201');
});
