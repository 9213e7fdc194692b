/** What a thread has read means the same to the one that judges, and it is told no more than follows from the bytes. */
import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import { sha256Hex } from '#lib/catalogue/hash.ts';
import type { Item } from '#lib/domain/item.ts';
import { runMessage } from '#lib/protocol/chain.ts';
import type { Run } from '#lib/protocol/command.ts';
import { item, receiveBody } from '../../../../tests/support/builders.ts';
import { newKeys } from '../../../../tests/support/wire-client.ts';
import type { Brought } from '../sync/brought.ts';
import { commandBody, commandHash, commandText, hasPassed, type RawCommand } from '../sync/command-text.ts';
import { readCommand } from '../sync/read-command.ts';
import { signerOf } from '../sync/run-signature.ts';
import { fromWire, toWire, type Read } from './brought-wire.ts';

const DEVICE = 'd-1';
const HASH = 'ab'.repeat(32);
const HEAD = 'cd'.repeat(32);
const NOTHING: Read = { keysOf: () => [], items: new Map() };
const ITEM: Item = item();
const KNOWN: Read = { keysOf: () => [], items: new Map([[HASH, ITEM]]) };

const sent = (change: object = {}): RawCommand => {
  const command = {
    ...{ v: 1, id: v7(), device: DEVICE, n: 1, actor: 'agent-a1', applicationId: v7(), after: null },
    ...{ baseRev: 0, at: '2026-09-18T01:30:00.000Z', kind: 'receive', body: receiveBody() },
    item: { code: ITEM.code, hash: HASH },
    ...change,
  };
  const read = readCommand(command);
  if (read === null) throw new Error('no command');
  return read;
};

const brought = (commands: RawCommand[], runs: Run[] = []): Brought => ({
  device: { id: DEVICE } as Brought['device'],
  site: { township: 'T', path: '/T/A1', reach: null },
  request: { commands, runs, keeps: 1, release: null },
});

/** From one thread to the other, as messages go. */
const across = (one: Brought, read: Read): Brought => fromWire(structuredClone(toWire(one, read)));
const crossing = (command: RawCommand, read: Read = NOTHING): RawCommand =>
  across(brought([command]), read).request.commands[0]!;

describe('what a call brings, between threads', () => {
  test('is what it was: commands with their text and hash, runs, and what else the request says', async () => {
    const command = sent();
    const run: Run = { actor: 'agent-a1', from: 1, to: 1, head: HEAD, sig: 'A'.repeat(86) };
    const report = { waiting: 2, photos: 0 };
    const { device, site, request } = brought([command], [run]);
    const wired = across({ device, site, request: { ...request, report } }, NOTHING);
    expect(wired).toEqual({ device, site, request: { ...request, report } });
    const [taken] = wired.request.commands;
    expect(commandText(taken!)).toBe(canonicalJson(command));
    expect(commandHash(taken!)).toBe(await sha256Hex(new TextEncoder().encode(canonicalJson(command))));
    expect(commandBody(taken!)).toEqual({ kind: 'receive', body: command.body });
  });

  test('a receipt has passed only where its item lets it pass as it stands', () => {
    expect(hasPassed(crossing(sent(), KNOWN))).toBe(true);
    expect(hasPassed(crossing(sent(), NOTHING))).toBe(false);
    const bare = { ...receiveBody(), answers: {} };
    const other = { code: `${ITEM.code}9`, hash: HASH };
    for (const change of [{ body: bare }, { item: other }, { body: {} }, { kind: 'accept', body: {} }])
      expect(hasPassed(crossing(sent(change), KNOWN))).toBe(false);
  });

  test('a body with a key that schemas pass over is looked at again by who judges', () => {
    const body = JSON.parse('{"answers":{"__proto__":"x"}}') as { answers: object };
    const strange = sent({ kind: 'supplyCorrection', body });
    const wire = toWire(brought([strange]), KNOWN).commands[0]!;
    expect(wire).toMatchObject({ fits: false, passed: false });
    expect(commandText(crossing(strange))).toBe(commandText(strange));
  });

  test('one whose envelope has not the shape is none on the other side either, and keeps its text', () => {
    const misshapen = { ...sent(), kind: 'none', at: 1, actor: ['agent-a1'] };
    const command = readCommand(misshapen)!;
    const taken = crossing(command, KNOWN);
    expect(taken).toEqual(command);
    expect(commandText(taken)).toBe(canonicalJson(misshapen));
    expect([commandBody(taken), hasPassed(taken)]).toEqual([null, false]);
  });

  test('I14: a key that a thread found to have signed counts only where it counts for who judges', async () => {
    const keys = await newKeys();
    const sig = await keys.sign(runMessage(DEVICE, 'agent-a1', 1, HEAD));
    const run: Run = { actor: 'agent-a1', from: 1, to: 1, head: HEAD, sig };
    const forged: Run = { ...run, to: 2 };
    const known: Read = { keysOf: () => [keys.publicKey], items: new Map() };
    const wire = toWire(brought([], [run, forged]), known);
    expect(wire.runs.map(({ key }) => key)).toEqual([keys.publicKey, null]);
    const [taken, other] = fromWire(structuredClone(wire)).request.runs;
    expect(signerOf(DEVICE, taken!, known.keysOf)).toBe(keys.publicKey);
    expect(signerOf(DEVICE, taken!, () => [])).toBeNull();
    expect(signerOf('d-2', taken!, known.keysOf)).toBeNull();
    expect(signerOf(DEVICE, other!, known.keysOf)).toBeNull();
  });
});
