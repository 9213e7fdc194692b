/** Makers of valid, obviously fake domain objects for tests. Each takes what the test is about and fills in the rest. */
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Bodies, Command, CommandKind } from '#lib/domain/commands.ts';
import { decide } from '#lib/domain/decide.ts';
import { evolve } from '#lib/domain/evolve.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { Item } from '#lib/domain/item.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Actor, Role } from '#lib/domain/roles.ts';
import { sampleIdNumber } from '#lib/domain/sample-identity.ts';
import type { Application, State } from '#lib/domain/state.ts';
import anyang from '#lib/server/seed/data/calendar.json' with { type: 'json' };

export const NOW = '2026-09-18T02:00:00.000Z'; // Friday 10:00 in Anyang
export const TODAY = '2026-09-18';
export const calendar: Calendar = anyang;

export const SITE = { id: 'S410526102201', code: '410526102201', device: '001' };

export const item = (change: Partial<Item> = {}): Item => ({
  code: '410511005000',
  taskCode: '11410526MB0000000X6410511005000',
  name: '老年人高龄津贴认定',
  type: '行政给付',
  department: '民政局',
  levels: ['township', 'subdistrict', 'village'],
  audience: ['自然人'],
  topics: ['民政救助'],
  handling: '承诺件',
  statutoryDays: 20,
  promisedDays: 10,
  fee: '不收费',
  legalBasis: ['《河南省老年人权益保障条例》'],
  conditions: '具有本地户籍、年满80周岁及以上的老年人。',
  materials: [
    { code: 'M0001', name: '居民身份证', kind: '原件', copies: 1, required: true, source: '政府部门核发', shareable: true },
    {
      code: 'M0002',
      name: '居民户口簿',
      kind: '原件',
      copies: 1,
      required: true,
      source: '政府部门核发',
      shareable: true,
      licence: '居民户口簿',
      tolerable: true,
    },
    { code: 'M0026', name: '代办人居民身份证', kind: '原件', copies: 1, required: false, when: '委托他人办理的', source: '政府部门核发', shareable: true },
  ],
  form: [
    { key: 'livingMode', label: '居住方式', type: 'select', required: true, options: ['独居', '与配偶居住', '其他'] },
    { key: 'liaisonName', label: '联系亲属姓名', type: 'text', required: true, maxLength: 30 },
  ],
  result: '高龄津贴发放审批表',
  resultType: 'document',
  resultDelivery: ['窗口领取'],
  visits: 0,
  keywords: ['长寿钱'],
  proxyAllowed: true,
  ...change,
});

export const actor = (...roles: Role[]): Actor => ({ id: `p-${roles.join('-')}`, name: '赵示范', roles });

export const facts = (change: Partial<Facts> = {}): Facts => ({
  now: NOW,
  actor: actor('agent'),
  item: item(),
  itemRef: { code: '410511005000', hash: 'a'.repeat(64) },
  itemStanding: 'current',
  calendar,
  policy: DEFAULT_POLICY,
  site: SITE,
  lastContact: null,
  similar: 0,
  caseNumber: null,
  ...change,
});

export const signature = (by = '王示例') => ({ kind: 'drawn' as const, by, width: 300, height: 120, strokes: [[10, 10, 60, 40, 90, 20]] });

export const receiveBody = (change: Partial<Bodies['receive']> = {}): Bodies['receive'] => ({
  applicant: {
    kind: 'person',
    name: '王示例',
    idKind: 'residentId',
    idNumber: sampleIdNumber(0, { birthDate: '1944-03-05', sex: 'female' }),
    birthDate: '1944-03-05',
    sex: 'female',
    phone: '13800000001',
    address: '滑县白道口镇示例村一组',
  },
  handler: { kind: 'self' },
  answers: { livingMode: '独居', liaisonName: '王样本' },
  materials: [
    { code: 'M0001', status: 'received', kind: '原件', copies: 1 },
    { code: 'M0002', status: 'received', kind: '原件', copies: 1 },
    { code: 'M0026', status: 'notNeeded', kind: '原件', copies: 0 },
  ],
  site: SITE.id,
  receiptNumber: buildReceiptNumber({ site: SITE.code, day: TODAY, device: SITE.device, serial: 1 }),
  queryToken: 'AAAAAAAAAAAAAAAAAAAAAA',
  signature: signature(),
  present: true,
  capacity: 'proxy',
  receivedOn: TODAY,
  ...change,
});

export const delivery = (change: Partial<Bodies['deliver']> = {}): Bodies['deliver'] => ({
  mode: 'village',
  collector: {
    name: '王示例',
    idKind: 'residentId',
    idNumber: sampleIdNumber(0, { birthDate: '1944-03-05', sex: 'female' }),
    relation: '本人',
  },
  signature: signature(),
  ...change,
});

const decision = { granted: true, facts: '年满 80 周岁', basis: '《河南省老年人权益保障条例》' };

/** A body that passes every guard in the states where the table allows the command. */
export const BODIES: Bodies = {
  receive: receiveBody(),
  amend: { fields: { 'answers.livingMode': { from: '独居', to: '其他' } } },
  addMaterial: { code: 'M0002', status: 'received', kind: '原件', copies: 1 },
  supplyCorrection: { answers: { d1: '已当面核对' } },
  withdraw: { reason: '不办了', signature: signature() },
  accept: {},
  requestCorrection: {
    defects: [{ id: 'd1', kind: 'material', target: 'M0002', problem: '缺户主页' }],
    secondReason: '第一次漏写了户主页',
  },
  refuseAcceptance: { ground: 'unfit', reason: '不满 80 周岁', basis: '《河南省老年人权益保障条例》' },
  settle: { decision, delivery: delivery() },
  claim: {},
  release: {},
  assign: { department: '民政局' },
  review: { department: '民政局', pass: true, opinion: '符合条件' },
  decide: decision,
  makeLicence: { licenceNumber: '示例证 0001' },
  deliver: delivery(),
  forward: { organ: '滑县民政局', reason: '须县级决定' },
  void: { reason: '重复收件' },
  suspend: { procedure: '专家评审', reason: '需要评审', basis: '行政许可法第四十五条', days: 5 },
  resume: { result: '评审通过' },
  extend: { days: 3, reason: '需要核实', basis: '行政许可法第四十二条' },
  rate: { grade: 1, reasons: [], text: '' },
  deemAccepted: { due: '2026-09-24' },
  lapse: { due: '2026-10-15' },
  overdue: { clock: 'acceptance', due: '2026-09-24' },
  photoVerified: { material: 'M0001', sha256: 'b'.repeat(64) },
};

export const command = <K extends CommandKind>(kind: K, body: Bodies[K] = BODIES[kind]): Command =>
  ({ kind, body }) as Command;

/** Runs commands through the rulebook; throws on a refusal, so that a builder never hides one. */
export function perform(state: Application | null, steps: [Command, Facts][]): Application {
  let current = state;
  for (const [step, at] of steps) {
    const verdict = decide(current, step, at);
    if (isRefusal(verdict)) throw new Error(`${step.kind} refused: ${verdict.reason} ${verdict.at ?? ''}`);
    for (const event of verdict) {
      current = evolve(current, { applicationId: 'app-1', rev: (current?.rev ?? 0) + 1, actor: at.actor, now: at.now, event });
    }
  }
  return current!;
}

/** Way to each state for an item; the item's own rules must allow it. */
export function applicationIn(state: State, at: Facts = facts()): Application {
  const by = (role: Role, change: Partial<Facts> = {}): Facts => ({ ...at, actor: actor(role), ...change });
  const received: [Command, Facts][] = [[command('receive'), by('agent')]];
  const accepted: [Command, Facts][] = [...received, [command('accept'), by('clerk')]];
  const examining: [Command, Facts][] = [...accepted, [command('assign'), by('clerk')]];
  const decided: [Command, Facts][] = [
    ...examining,
    [command('review'), by('reviewer')],
    [command('decide'), by('head')],
  ];
  const ways: Record<State, [Command, Facts][]> = {
    pending: received,
    correction: [...received, [command('requestCorrection'), by('clerk')]],
    accepted,
    examining,
    suspended: [...examining, [command('suspend'), by('reviewer')]],
    decided,
    ready: [...decided, [command('makeLicence'), by('clerk')]],
    settled:
      at.item?.resultType === 'licence'
        ? [...decided, [command('makeLicence'), by('clerk')], [command('deliver'), by('clerk')]]
        : [...decided, [command('deliver'), by('clerk')]],
    refused: [...received, [command('refuseAcceptance'), by('clerk')]],
    withdrawn: [...received, [command('withdraw'), by('agent')]],
    forwarded: [...accepted, [command('forward'), by('clerk')]],
    lapsed: [
      ...received,
      [command('requestCorrection'), by('clerk')],
      [command('lapse'), by('office', { now: '2026-12-01T02:00:00.000Z' })],
    ],
    void: [...received, [command('void'), by('clerk')]],
  };
  return perform(null, ways[state]);
}
