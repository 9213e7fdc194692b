/** The reader behind a program on this computer: a real socket, a service that comes, goes and talks nonsense. */
import { afterEach, expect, test } from 'vitest';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import { contentSecurityPolicy } from '../../../../csp.js';
import { cardService } from '../../../../tests/support/card-service.ts';
import type { Card, ReaderStatus } from './reader-port.ts';
import { READER_PORTS, readerUrl, SocketReader } from './socket.ts';

const PORT = READER_PORTS[3];
const { name, idNumber, birthDate, sex } = samplePerson(5);
let reader: SocketReader | undefined;
afterEach(() => reader?.close());

function listen(): { cards: Card[]; statuses: ReaderStatus[] } {
  reader = new SocketReader(PORT, () => '2026-09-18');
  const [cards, statuses]: [Card[], ReaderStatus[]] = [[], []];
  reader.onCard((card) => cards.push(card));
  reader.onStatus((status) => statuses.push(status));
  reader.connect();
  reader.connect();
  return { cards, statuses };
}

test('a card comes as it is laid down; what is no card is passed over', async () => {
  await using service = await cardService(PORT);
  const { cards, statuses } = listen();
  await service.listening(1);
  await expect.poll(() => statuses).toEqual(['connecting', 'ready']);
  for (const message of ['{', 'null', { idNumber: '1' }, { idNumber, name }]) service.send(message);
  await expect.poll(() => cards).toEqual([{ idNumber, birthDate, sex, name }]);
});

test('without a service it says so and goes on trying; when it comes, it is found', async () => {
  const { cards, statuses } = listen();
  await expect.poll(() => statuses).toEqual(['connecting', 'broken']);
  await using service = await cardService(PORT);
  reader!.read();
  await service.listening(1);
  await expect.poll(() => statuses.at(-1)).toBe('ready');
  service.send({ idNumber });
  await expect.poll(() => cards.length).toBe(1);
});

test('closed, it hears nothing more', async () => {
  await using service = await cardService(PORT);
  const { statuses } = listen();
  await service.listening(1);
  reader!.close();
  await expect.poll(() => statuses.at(-1)).toBe('off');
});

test('each port that can be chosen is one that the policy of pages allows', () => {
  expect(contentSecurityPolicy['connect-src']).toEqual(['self', ...READER_PORTS.map(readerUrl)]);
});
