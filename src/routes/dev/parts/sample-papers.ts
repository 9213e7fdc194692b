/** Papers of made-up people, ordinary and extreme, for looking at and for printing in tests. All through the rulebook's own events. */
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Applicant, Bodies, Handler } from '#lib/domain/commands.ts';
import type { Event } from '#lib/domain/events.ts';
import { fold } from '#lib/domain/evolve.ts';
import type { Item } from '#lib/domain/item.ts';
import { guidePaper } from '#lib/domain/papers/guide.ts';
import { handoverPaper } from '#lib/domain/papers/handover.ts';
import { officeOf } from '#lib/domain/papers/office.ts';
import type { Copy, Paper } from '#lib/domain/papers/paper.ts';
import { buildPaper, papersOf } from '#lib/domain/papers/papers-of.ts';
import type { PaperFacts } from '#lib/domain/papers/sheet.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { Application } from '#lib/domain/state.ts';
import { sampleItem, samplePeople, SAMPLE_CASES, type SampleCase } from './sample-people.ts';

export { SAMPLE_CASES, type SampleCase };

const NOW = '2026-09-18T02:00:00.000Z';
const SITE = '410526102213';
const CALENDAR: Calendar = {
  validFrom: '2026-01-01',
  validThrough: '2026-12-31',
  off: ['2026-09-25', '2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  work: ['2026-09-20', '2026-10-10'],
};
const CONTACT = { organ: '白道口镇', phone: '0372-0000000', supervision: '0372-0000001' };
const OFFICE = officeOf({
  site: { fullName: '白道口镇', level: 'township' },
  contact: CONTACT,
  receivedBy: '许村便民服务站',
});

const drawn = (by: string) => ({
  kind: 'drawn' as const,
  by,
  width: 300,
  height: 110,
  strokes: [
    [30, 30, 110, 24],
    [36, 58, 104, 54],
    [70, 26, 68, 92],
    [24, 94, 116, 88],
    [150, 28, 190, 22, 196, 60, 160, 96],
    [210, 40, 262, 32, 240, 70, 226, 98, 270, 92],
  ],
});

function receiveBody(which: SampleCase, item: Item): Bodies['receive'] {
  const { applicant, handler }: { applicant: Applicant; handler: Handler } = samplePeople(which);
  const by = applicant.guardian?.name ?? applicant.representative?.name ?? applicant.name;
  return {
    applicant,
    handler,
    answers: {},
    materials: item.materials.map(({ code, kind, copies, tolerable }, at) => ({
      code,
      kind,
      ...(tolerable
        ? { status: 'tolerated', copies: 0 }
        : at === 1
          ? { status: 'missing', copies: 0 }
          : { status: 'received', copies }),
    })),
    site: `S${SITE}`,
    receiptNumber: buildReceiptNumber({ site: SITE, day: '2026-09-18', device: '001', serial: 7 }),
    queryToken: 'c2FtcGxlLXRva2VuLTAwMQ',
    signature: which === 'guardian' ? { kind: 'fingerprint', by, witness: drawn('张样本') } : drawn(by),
    present: true,
    capacity: 'proxy',
    receivedOn: '2026-09-18',
  };
}

function stateOf(which: SampleCase, item: Item, after: Event[]): Application {
  const received: Event = {
    is: 'received',
    item: { code: item.code, hash: 'a'.repeat(64) },
    body: receiveBody(which, item),
    arrivedOn: '2026-09-18',
    caseNumber: `${item.taskCode}202609180012`,
    flags: [],
  };
  const state = fold(
    [received, ...after].map((event, at) => ({
      applicationId: 'sample',
      rev: at + 1,
      actor: { id: 'p-1', name: at === 0 ? '赵示范' : '钱示范' },
      now: NOW,
      event,
    })),
  );
  if (state === null) throw new Error('no sample');
  return state;
}

/** Everything that can happen to one application, and then how it ends. */
function course(which: SampleCase, item: Item): Event[] {
  const [first, second] = item.materials;
  const many = which === 'extreme' ? item.materials.slice(2) : [];
  const defects = [
    {
      id: 'd1',
      kind: 'material' as const,
      target: second?.code ?? '',
      problem: '缺户主页和本人页，请补复印件，写明“与原件一致”并签名',
      basis: '《河南省老年人权益保障条例》第三十条',
    },
    { id: 'd2', kind: 'field' as const, target: 'signature', problem: '申请表没有签名' },
    ...many.map(({ code }, at) => ({
      id: `m${at}`,
      kind: 'material' as const,
      target: code,
      problem: '请补交原件。'.repeat(8),
    })),
  ];
  const decision = {
    granted: which !== 'legal',
    facts:
      which === 'legal'
        ? '经营场所不符合食品安全标准，现场核查两次均未整改到位'
        : '申请人年满八十周岁，户籍在本镇，材料齐全',
    basis: '《河南省老年人权益保障条例》第三十条',
  };
  return [
    { is: 'correctionRequested', notice: { defects }, on: '2026-09-21' },
    {
      is: 'materialAdded',
      material: { code: second?.code ?? '', status: 'received', kind: '复印件', copies: 2 },
    },
    { is: 'correctionSupplied', answers: { d2: '已当面补签' }, on: '2026-09-22' },
    { is: 'accepted', on: '2026-09-23', bySilence: false },
    { is: 'assigned', department: '民政局' },
    {
      is: 'suspended',
      procedure: '专家评审',
      reason: '需要现场核查并由专家出具意见',
      basis: '《中华人民共和国行政许可法》第四十五条',
      days: 5,
      on: '2026-09-24',
    },
    { is: 'resumed', result: '评审通过', on: '2026-10-08' },
    {
      is: 'extended',
      days: 3,
      reason: '情况复杂，需要入户核实',
      basis: '《中华人民共和国行政许可法》第四十二条',
    },
    { is: 'decided', decision, on: '2026-10-12' },
    {
      is: 'delivered',
      delivery: {
        mode: 'village',
        collector: {
          name: '王示例',
          idKind: 'residentId',
          idNumber: first ? samplePeople('person').applicant.idNumber : '',
          relation: '本人',
        },
        signature: drawn('王示例'),
      },
      on: '2026-10-13',
    },
  ];
}

/** Every kind of paper of that case. */
export function samplePapers(which: SampleCase, copy: Copy, reprint = false): Paper[] {
  const item = sampleItem(which);
  const facts = (after: Event[]): PaperFacts => ({
    state: stateOf(which, item, after),
    item,
    office: OFFICE,
    calendar: CALENDAR,
    policy: DEFAULT_POLICY,
    copy,
    reprint,
    now: NOW,
    receivedAt: NOW,
  });
  const whole = facts(course(which, item));
  const refused = facts([
    {
      is: 'acceptanceRefused',
      refusal: {
        ground: 'notOurs',
        reason: '该事项由县级民政部门受理',
        basis: '《河南省老年人权益保障条例》第三十条',
        organ: '滑县民政局',
      },
      on: '2026-09-21',
    },
  ]);
  const lapsed = facts([
    ...course(which, item).slice(0, 1),
    { is: 'lapsed', due: '2026-10-15', on: '2026-10-16' },
  ]);
  const state = facts([]).state;
  const { office, now } = whole;
  const own = [
    ...papersOf(whole.state, item).map(({ name }) => buildPaper(name, whole)),
    buildPaper('refusal', refused),
    buildPaper('closing', lapsed),
    handoverPaper({
      applications: [
        { state, item },
        { state: whole.state, item },
      ],
      office,
      siteCode: SITE,
      device: '001',
      copy,
      reprint,
      now,
    }),
    guidePaper({ item, version: 'a1b2c3d4e5f6a1b2', office, now }),
  ];
  return own.filter((paper): paper is Paper => paper !== null);
}
