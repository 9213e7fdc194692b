import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import { itemHash } from '#lib/catalogue/hash.ts';
import { SENT_KINDS } from '#lib/domain/commands.ts';
import type { Item } from '#lib/domain/item.ts';
import { readItems } from '#lib/server/seed/read-data.ts';
import { itemsOfCounty } from '#lib/server/seed/task-codes.ts';
import { receivings, syntheticItems } from '../../../tests/support/bytes-workload.ts';
import { readPack } from '../../../tests/support/packed.ts';
import type { WireCommand } from './command.ts';
import { pack } from './pack.ts';
import { BadPack } from './pack-io.ts';
import type { SyncRequest } from './sync.ts';

const requestOf = (commands: unknown[]): SyncRequest => ({
  protocol: 1,
  lineage: '01995a6b-7c00-7000-8000-0000000000ff',
  cursor: 12,
  mark: '00112233aabbccdd',
  release: '410526/village/2',
  keeps: 3,
  commands: commands as WireCommand[],
  runs: [{ actor: 'P1', from: 1, to: commands.length, head: 'ab'.repeat(32), sig: `${'A'.repeat(85)}Q` }],
});
const known = async (items: readonly Item[]): Promise<Map<string, Item>> =>
  new Map(await Promise.all(items.map(async (item) => [await itemHash(item), item] as const)));
const counter = { siteId: 'S410526102201', siteCode: '410526102201', deviceNumber: '001' };
const made = (how: 'synthetic' | 'real', items: ReadonlyMap<string, Item>, seed: number, count = 40) =>
  receivings(
    how,
    [...items].map(([hash, item]) => ({ item, ref: { code: item.code, hash } })),
    counter,
    {
      count,
      until: '2026-09-23T01:00:00.000Z',
      seed,
    },
  ).map((one, at) => ({
    v: 1,
    device: 'D410526102201-001',
    n: at + 1,
    actor: 'P410526102201-1',
    after: null,
    baseRev: 0,
    ...one,
  }));

/** Comes out as it went in, to the canonical byte; returns the bytes that travel. */
async function travels(request: SyncRequest, items: ReadonlyMap<string, Item>): Promise<number> {
  const bytes = await pack(request, items);
  expect(canonicalJson(await readPack(bytes, items))).toBe(canonicalJson(request));
  return bytes.length;
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^\d{0,30}$/),
  fc.stringMatching(/^[0-9a-f]{14,40}$/),
  fc.stringMatching(/^[\w-]{18,30}$/),
  fc.uuid(),
  fc.constantFrom(
    ...['', '\0', 'a\0b', '2026-09-18', '1899-12-31', '2026-09-18T02:00:00.000Z', '2026-09-18T02:00:00Z'],
    ...['41052619500101900X', '410526195001019006', '00000000-0000-7000-8000-000000000000', '__proto__'],
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, 0.1, 1e300, 2 ** 53, -(2 ** 53), 2 ** 31),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.oneof(number, fc.integer())),
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(fc.constantFrom('name', 'by', 'kind', 'answers', 'materials', '__proto__'), text),
      tie('value'),
    ),
  ),
}));

describe('a packed request', () => {
  const real = itemsOfCounty(readItems(), '410526', 'village');

  test('holds whole applications of every item unchanged, in a fraction of the bytes', async () => {
    const items = await known(real);
    for (const seed of [1, 1000, 2000]) {
      const request = requestOf(made('real', items, seed));
      expect(await travels(request, items)).toBeLessThan(JSON.stringify(request).length / 7);
    }
  });

  test('holds them unchanged where the device does not know the item, or only some', async () => {
    const items = await known(syntheticItems('village', 12));
    const request = requestOf(made('synthetic', items, 7));
    const few = new Map([...items].slice(0, 5));
    await travels(request, few);
    await travels(request, new Map());
  });

  test('holds whatever JSON a command of any kind may have for a body, however it breaks what is foreseen', async () => {
    const items = await known(real.slice(0, 6));
    const refs = [...items].map(([hash, { code }]) => ({ code, hash }));
    const plain = made('real', items, 3, 3);
    const command = fc.record(
      {
        v: fc.constant(1),
        id: fc.oneof(fc.uuid({ version: 7 }), fc.constant(plain[0]!.id)),
        device: text,
        n: fc.nat(),
        actor: text,
        applicationId: fc.oneof(fc.uuid({ version: 7 }), fc.constant(plain[1]!.applicationId)),
        after: fc.option(fc.uuid({ version: 7 })),
        baseRev: fc.nat(),
        item: fc.oneof(fc.constantFrom(...refs), fc.constant({ code: '410511005000', hash: refs[0]!.hash })),
        at: fc.constantFrom('2026-09-18T02:00:00.000Z', '2026-09-18T10:00:00+08:00', '2026-09-18T02:00:00Z'),
        supersedes: fc.uuid({ version: 7 }),
        kind: fc.constantFrom(...SENT_KINDS),
        body: fc.oneof(
          value,
          fc.constantFrom(...plain.map(({ body }) => body)),
          fc
            .tuple(
              fc.constantFrom(...plain),
              fc.dictionary(fc.constantFrom(...Object.keys(plain[0]!.body)), value),
            )
            .map(([one, change]) => ({ ...one.body, ...change })),
        ),
      },
      { requiredKeys: ['id', 'n', 'applicationId', 'at', 'kind', 'body', 'device', 'actor', 'v'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 6 }), async (commands) => {
        await travels(requestOf(commands), items);
      }),
      { numRuns: 300 },
    );
  });

  test('a changed byte is noticed: another request never comes out of it', async () => {
    const items = await known(real.slice(0, 6));
    const request = requestOf(made('real', items, 5, 4));
    const [bytes, canonical] = [await pack(request, items), canonicalJson(request)];
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const spoilt = bytes.slice();
        spoilt[at]! ^= change;
        const told = await readPack(spoilt, items).catch(() => null);
        expect(told === null || canonicalJson(told) === canonical).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('what unfolds without end is cut off', async () => {
    const items = new Map<string, Item>();
    const long = 'long enough to be seen again '.repeat(2000);
    const bomb = requestOf(
      Array.from({ length: 40 }, () => ({ body: Array.from({ length: 40 }, () => ({ long })) })),
    );
    const bytes = await pack(bomb, items);
    expect(bytes.length).toBeLessThan(5_000);
    await expect(readPack(bytes, items)).rejects.toThrow(BadPack);
  });
});
