/**
 * Every paper word by word, in golden/*.txt: read by a person against design domain.md §3, and changed only when somebody
 * means to change what is printed. The applications are made by the rulebook (tests/support/paper-cases.ts).
 */
import { describe, expect, test } from 'vitest';
import {
  applicationAfter,
  APPLICANTS,
  itemFor,
  paperFacts,
  COUNTER,
  VILLAGE,
  WAYS,
} from '../../../../tests/support/paper-cases.ts';
import { paperText } from '../../../../tests/support/paper-text.ts';
import { samplePeople } from '../../../routes/dev/parts/sample-people.ts';
import type { Handler } from '../commands.ts';
import { authorisationOf, type AuthorisationFacts } from './authorisation.ts';
import { COPIES } from './copies.ts';
import { guidePaper } from './guide.ts';
import { handoverPaper } from './handover.ts';
import type { Paper } from './paper.ts';
import { buildPaper } from './papers-of.ts';
import type { PaperFacts } from './sheet.ts';

type Way = keyof typeof WAYS;
const ways = Object.keys(WAYS) as Way[];
const CASES = ways.flatMap((name) =>
  APPLICANTS.filter((who) => name !== 'authorisation' || who === 'proxy').map((who) => ({ name, who })),
);

const golden = (papers: readonly (Paper | null)[], file: string) =>
  expect(
    papers.map((paper) => (paper === null ? '没有这张文书\n' : paperText(paper))).join('\n'),
  ).toMatchFileSnapshot(`./golden/${file}.txt`);

test.each(CASES)('$name of $who, every copy', async ({ name, who }) => {
  const facts = paperFacts(applicationAfter(WAYS[name], who), { item: itemFor(who) });
  await golden(
    COPIES[name].map((copy) => buildPaper(name, { ...facts, copy })),
    `${name}-${who}`,
  );
});

describe('less usual turns', () => {
  const made = (name: string, state: PaperFacts['state'], change: Partial<PaperFacts> = {}) =>
    golden(
      [buildPaper(name, paperFacts(state, change))],
      `turn-${name}-${Object.keys(change).join('-') || 'plain'}`,
    );
  const { decision, notice, acceptance, refusal } = WAYS;

  test('a document that the village prints says that it is not the sealed one', () =>
    made('notice', applicationAfter(notice), { office: VILLAGE }));

  test('a second notice has its own number and says why it was not told at once', async () => {
    const twice = applicationAfter([
      ...WAYS.supplement,
      ['requestCorrection', 'clerk', '2026-09-23T02:00:00.000Z'],
    ]);
    await made('notice-2', twice);
  });

  test('acceptance by silence says so; tolerated materials have their day', async () => {
    const item = itemFor('legal');
    const state = applicationAfter(acceptance, 'legal');
    const materials = {
      ...state.materials,
      M0002: { ...state.materials.M0002!, status: 'tolerated' as const },
    };
    const silent = { ...state, materials, acceptedBySilence: true };
    await golden(
      [{ ...state, materials }, silent].map((one) => buildPaper('acceptance', paperFacts(one, { item }))),
      'turn-acceptance',
    );
  });

  test('where the calendar does not reach, no day is guessed', async () => {
    const calendar = { validFrom: '2026-01-01', validThrough: '2026-09-30', off: [], work: [] };
    await made('acceptance', applicationAfter(acceptance), { calendar });
  });

  test('each ground of a refusal to accept has its own words', async () => {
    const state = applicationAfter(refusal);
    const papers = (['notNeeded', 'notOurs'] as const).flatMap((ground) =>
      (['person', 'legal'] as const).map((who) => {
        const told = { ...state.refusal!, ground, ...(ground === 'notOurs' ? { organ: '滑县民政局' } : {}) };
        return buildPaper('refusal', paperFacts({ ...state, refusal: told }, { item: itemFor(who) }));
      }),
    );
    await golden(papers, 'turn-refusal');
  });

  test('a refusing decision gives reasons and remedies', async () => {
    const state = applicationAfter(decision);
    await made('decision', {
      ...state,
      decision: { ...state.decision!, granted: false, facts: '户籍不在本地' },
    });
  });

  test('a 送达回证 is blank before delivery, and by post has the number and no signature', async () => {
    const waiting = applicationAfter(decision);
    const sent = applicationAfter(WAYS.delivery);
    const byPost = { ...sent.delivery!, mode: 'post' as const, trackingNumber: 'EMS0000000001' };
    await golden(
      [waiting, { ...sent, delivery: byPost }].map((state) =>
        buildPaper('delivery', paperFacts(state, { copy: 'archive' })),
      ),
      'turn-delivery',
    );
  });

  test('it ends without a result: not supplied in time, or another organ decides', async () => {
    const lapsed = applicationAfter([
      ...notice,
      ['lapse', 'office', '2026-12-01T02:00:00.000Z', { due: '2026-10-19' }],
    ]);
    const forwarded = applicationAfter([...acceptance, ['forward', 'clerk', '2026-09-24T02:00:00.000Z']]);
    await golden(
      [lapsed, forwarded].map((state) => buildPaper('closing', paperFacts(state))),
      'turn-closing',
    );
  });
});

describe('papers of no one application', () => {
  const common = { now: '2026-10-13T06:30:00.000Z', reprint: false };

  test('a handover list counts every sheet, in full for the receiver and masked for the sender', async () => {
    const applications = (['person', 'legal'] as const).map((who) => ({
      state: applicationAfter(WAYS.supplement, who),
      item: itemFor(who),
    }));
    const facts = { ...common, applications, office: VILLAGE, siteCode: '410526102201', device: '001' };
    await golden(
      COPIES.handover.map((copy) => handoverPaper({ ...facts, copy })),
      'handover',
    );
  });

  test('a blank guide names nobody', async () => {
    const facts = { item: itemFor('person'), version: 'a1b2c3d4e5f6a7b8', now: common.now };
    await golden(
      [VILLAGE, COUNTER].map((office) => guidePaper({ ...facts, office })),
      'guide',
    );
  });

  test('a draft gives a 委托书 to sign: with gaps, with a place for a fingerprint, for a firm', async () => {
    const { applicant, handler } = samplePeople('proxy');
    const proxy = handler as Extract<Handler, { kind: 'proxy' }>;
    const facts: AuthorisationFacts = {
      ...common,
      parties: { applicant, handler: proxy },
      item: itemFor('proxy'),
      materials: [],
      signature: null,
      illiterate: false,
      receiptNumber: null,
      office: VILLAGE,
      copy: 'organ',
    };
    const firm = { applicant: samplePeople('legal').applicant, handler: { ...proxy, relation: '其他' } };
    const begun = {
      applicant: { ...applicant, name: '', idNumber: '' },
      handler: { ...proxy, name: '', idNumber: '', phone: '', relation: '', acts: [] },
    };
    await golden(
      [
        authorisationOf(facts),
        authorisationOf({ ...facts, illiterate: true }),
        authorisationOf({ ...facts, parties: firm }),
        authorisationOf({ ...facts, parties: begun }),
      ],
      'authorisation-draft',
    );
  });
});
