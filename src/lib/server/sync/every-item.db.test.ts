/**
 * Each of the 298 items, end to end at the real office: filled in as a draft, sent over the wire, judged by the people
 * whose work it is, and handed over. Each engine gets other forms, so that together they cover more.
 */
import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import { actingFor } from '#lib/domain/applicant.ts';
import type { Bodies } from '#lib/domain/commands.ts';
import { isVillageOnly } from '#lib/domain/clocks.ts';
import { draftSteps, receiveBodyOf } from '#lib/domain/draft.ts';
import { FIELD_TYPES, type Item, type Level } from '#lib/domain/item.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { Application } from '#lib/domain/state.ts';
import { NOW, TODAY } from '../../../../tests/support/builders.ts';
import { chance } from '../seed/chance.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { sampleDraft, sampleSignature, type SampleDraft } from '../../../../tests/support/sample-draft.ts';
import type { When } from '../../../../tests/support/sample-answers.ts';
import { WRONG_ANSWERS } from '../../../../tests/support/wrong-answers.ts';
import {
  foundWholeCatalogue,
  LEVELS,
  personAt,
  type WholeCatalogue,
} from '../../../../tests/support/whole-catalogue.ts';
import type { Kept, WireClient } from '../../../../tests/support/wire-client.ts';

interface Case {
  id: string;
  item: Item;
  sample: SampleDraft;
  body: Bodies['receive'];
  /** Where it is taken, and where it is settled. */
  taken: Level;
  settled: Level;
}

/** Receives of one request: 256 KB packed is the limit. */
const BATCH = 60;

/** Every form is sent with the questions that depend on others, and without. */
const WAYS: readonly When[] = ['asked', 'hidden'];

let serial = 0;

function caseOf(
  { refs }: WholeCatalogue,
  devices: Map<Level, WireClient>,
  item: Item,
  seed: number,
  when: When = 'any',
): Case {
  const luck = chance(seed + 77);
  const taken = luck.pick(
    item.levels.filter(
      (level) => level !== 'village' || !item.levels.includes('township') || luck.happens(0.7),
    ),
  );
  const settled = taken === 'village' && !isVillageOnly(item) ? 'township' : taken;
  const id = v7();
  const sample = sampleDraft({ id, item, ref: refs.get(item.code)!, seed, now: NOW, today: TODAY, when });
  const { site, number: device } = devices.get(taken)!.enrolled;
  serial += 1;
  const body = receiveBodyOf(sample.draft, item, {
    receiptNumber: buildReceiptNumber({ site: site.code, day: TODAY, device, serial }),
    queryToken: v7().replaceAll('-', '').slice(-22),
    site: site.id,
    receivedOn: TODAY,
    signature: sample.draft.signature!,
  });
  return { id, item, sample, body, taken, settled };
}

async function send(client: WireClient, kept: readonly Kept[]): Promise<string[]> {
  const wrong: string[] = [];
  for (let at = 0; at < kept.length; at += BATCH) {
    const { outcomes } = await client.sync(kept.slice(at, at + BATCH));
    for (const outcome of outcomes) {
      if (outcome.is === 'applied') continue;
      const { command } = kept.find((one) => one.command.id === outcome.id)!;
      wrong.push(`${command.kind} ${command.applicationId}: ${JSON.stringify(outcome)}`);
    }
  }
  return wrong;
}

/** Everything from acceptance to delivery, in the order of the office's work. */
async function settle(
  client: WireClient,
  { id, item, body, settled, taken }: Case,
  seed: number,
): Promise<void> {
  const luck = chance(seed + 99);
  const making = { applicationId: id };
  const decision = { granted: true, facts: '符合条件，材料齐全', basis: item.legalBasis[0] ?? '相关规定' };
  const licence = item.resultType === 'licence' ? `示例证 ${seed}` : undefined;
  const { handler, applicant } = body;
  const collector =
    handler.kind === 'proxy'
      ? { name: handler.name, idKind: handler.idKind, idNumber: handler.idNumber, relation: handler.relation }
      : actingFor(applicant);
  const delivery: Bodies['deliver'] = {
    mode: taken === 'village' ? 'village' : 'window',
    collector,
    signature: sampleSignature(collector.name, luck),
    ...(luck.happens(0.2) && settled !== 'village'
      ? { mode: 'post' as const, trackingNumber: 'EMS0000000001' }
      : {}),
  };
  if (settled === 'village') {
    await client.press(personAt('village', 'agent'), 'settle', { decision, delivery }, making);
    return;
  }
  const by = (role: 'clerk' | 'reviewer' | 'head') => personAt(settled, role);
  if (item.handling === '即办件') {
    await client.press(
      by('clerk'),
      'settle',
      { decision, delivery, ...(licence === undefined ? {} : { licenceNumber: licence }) },
      making,
    );
    return;
  }
  await client.press(by('clerk'), 'accept', {}, making);
  await client.press(
    by('clerk'),
    'assign',
    { department: item.department, reviewer: by('reviewer') },
    making,
  );
  await client.press(
    by('reviewer'),
    'review',
    { department: item.department, pass: true, opinion: '符合条件' },
    making,
  );
  await client.press(by('head'), 'decide', decision, making);
  if (licence !== undefined)
    await client.press(by('clerk'), 'makeLicence', { licenceNumber: licence }, making);
  await client.press(by('clerk'), 'deliver', delivery, making);
}

eachDatabase('every item', ({ open, engine }) => {
  const base = engine === 'sqlite' ? 0 : 10_000;

  test('298 items: filled in, received, accepted, examined, decided, licensed, delivered; the answers as given', async () => {
    const whole = await foundWholeCatalogue(await open());
    const devices = new Map<Level, WireClient>();
    for (const level of LEVELS) devices.set(level, await whole.deviceAt(level));
    const cases = WAYS.flatMap((when, way) =>
      whole.items.map((item, at) => caseOf(whole, devices, item, base + way * 1000 + at, when)),
    );
    expect(cases).toHaveLength(298 * WAYS.length);

    const unready = cases.filter(({ sample, item }) =>
      draftSteps(sample.draft, item, TODAY).some(
        ({ name, is }) => is !== (name === 'sign' ? 'todo' : 'done'),
      ),
    );
    expect(unready.map(({ item }) => item.name)).toEqual([]);

    // each station sends what it took, before anybody else may act on it
    for (const [level, client] of devices) {
      for (const one of cases.filter(({ taken }) => taken === level)) {
        const { id: applicationId, item } = one;
        const actor = level === 'village' ? personAt(level, 'agent') : personAt(level, 'clerk');
        await client.press(actor, 'receive', one.body, { applicationId, item: whole.refs.get(item.code)! });
      }
      expect(await send(client, client.kept)).toEqual([]);
    }
    for (const [level, client] of devices) {
      const taken = client.kept.length;
      for (const [at, one] of cases.entries())
        if (one.settled === level) await settle(client, one, base + at);
      expect(await send(client, client.kept.slice(taken))).toEqual([]);
    }

    const rows = await whole.town.store.read((trx) =>
      trx.selectFrom('application').select(['id', 'state', 'state_json']).execute(),
    );
    const kept = new Map(rows.map((row) => [row.id, JSON.parse(row.state_json) as Application]));
    const differences = cases.flatMap(({ id, item, sample }) => {
      const app = kept.get(id);
      if (app?.state !== 'settled') return [`${item.name} is ${app?.state ?? 'not there'}`];
      return JSON.stringify(app.answers) === JSON.stringify(sample.stored)
        ? []
        : [`${item.name}: other answers`];
    });
    expect(differences).toEqual([]);
    expect(rows).toHaveLength(298 * WAYS.length);
    // the list has all of them, else this proves less than it says
    const seen = (test: (app: Application) => boolean): number => [...kept.values()].filter(test).length;
    expect(seen(({ applicant }) => applicant.kind === 'legal')).toBeGreaterThan(20);
    expect(seen(({ applicant }) => applicant.guardian !== undefined)).toBeGreaterThan(10);
    expect(seen(({ handler }) => handler.kind === 'proxy')).toBeGreaterThan(50);
    expect(seen(({ signature }) => signature.kind === 'fingerprint')).toBeGreaterThan(20);
    expect(seen(({ licenceNumber }) => licenceNumber !== null)).toBeGreaterThan(40);
  }, 120_000);

  test('a wrong answer of each kind is refused at the office, and the question is named', async () => {
    const whole = await foundWholeCatalogue(await open());
    const client = await whole.deviceAt('township');
    const devices = new Map<Level, WireClient>([['township', client]]);
    const asked = FIELD_TYPES.map((type, at) => {
      const item = whole.items.find(
        ({ levels, form }) =>
          levels.includes('township') && form.some((field) => field.type === type && !field.visibleIf),
      )!;
      const { key } = item.form.find((field) => field.type === type && !field.visibleIf)!;
      const one = caseOf(whole, devices, { ...item, levels: ['township'] }, base + 500 + at);
      return {
        type,
        key,
        item,
        body: { ...one.body, answers: { ...one.body.answers, [key]: WRONG_ANSWERS[type] } },
      };
    });
    for (const { item, body } of asked) {
      await client.press('clerk-a', 'receive', body as Bodies['receive'], {
        item: whole.refs.get(item.code)!,
      });
    }
    const { outcomes } = await client.sync();
    const told = outcomes.map((outcome, at) => {
      const places = outcome.is === 'refused' ? new Set(outcome.at) : [];
      return [asked[at]!.type, outcome.is, 'reason' in outcome && outcome.reason, ...places];
    });
    expect(told).toEqual(asked.map(({ type, key }) => [type, 'refused', 'answers', key]));
  });
});
