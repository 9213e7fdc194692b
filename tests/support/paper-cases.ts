/** Applications at every turn that makes a paper, each run through the rulebook, for four kinds of applicants. */
import type { Bodies, Command, CommandKind } from '#lib/domain/commands.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { Item } from '#lib/domain/item.ts';
import { officeOf, type Office } from '#lib/domain/papers/office.ts';
import type { PaperFacts } from '#lib/domain/papers/sheet.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { Application } from '#lib/domain/state.ts';
import { samplePeople } from '../../src/routes/dev/parts/sample-people.ts';
import {
  actor,
  BODIES,
  calendar,
  command,
  facts,
  item,
  NOW,
  perform,
  receiveBody,
  signature,
} from './builders.ts';

export const APPLICANTS = ['person', 'guardian', 'legal', 'proxy'] as const;
export type ApplicantCase = (typeof APPLICANTS)[number];

const CONTACT = { organ: '白道口镇', phone: '0372-0000000', supervision: '0372-0000001' };
export const TOWNSHIP: Office = officeOf({
  site: { fullName: '白道口镇', level: 'township' },
  contact: CONTACT,
  receivedBy: '示例村便民服务站',
});
/** Received at its own counter. */
export const COUNTER: Office = officeOf({
  site: { fullName: '白道口镇', level: 'township' },
  contact: CONTACT,
});
export const VILLAGE: Office = officeOf({
  site: { fullName: '白道口镇示例村', level: 'village' },
  contact: CONTACT,
});

/** What is asked for: a permit of a firm, an allowance of a person. */
export const itemFor = (who: ApplicantCase): Item =>
  who === 'legal'
    ? item({
        name: '食品小作坊登记',
        type: '行政许可',
        audience: ['企业法人'],
        legalBasis: ['《中华人民共和国食品安全法》第三十六条'],
        result: '食品小作坊登记证',
        resultType: 'licence',
      })
    : item();

type Step = [CommandKind, Role, string, unknown?];

const RECEIVED: Step[] = [['receive', 'agent', NOW]];
const NOTICED: Step[] = [...RECEIVED, ['requestCorrection', 'clerk', '2026-09-21T02:00:00.000Z']];
const SUPPLIED: Step[] = [
  ...NOTICED,
  ['addMaterial', 'agent', '2026-09-22T02:00:00.000Z'],
  ['supplyCorrection', 'agent', '2026-09-22T02:05:00.000Z'],
];
const ACCEPTED: Step[] = [...SUPPLIED, ['accept', 'clerk', '2026-09-23T02:00:00.000Z']];
const EXAMINED: Step[] = [
  ...ACCEPTED,
  ['assign', 'clerk', '2026-09-23T03:00:00.000Z'],
  ['suspend', 'reviewer', '2026-09-24T02:00:00.000Z'],
];
const EXTENDED: Step[] = [
  ...EXAMINED,
  ['resume', 'reviewer', '2026-10-08T02:00:00.000Z'],
  ['extend', 'head', '2026-10-09T02:00:00.000Z'],
];
const DECIDED: Step[] = [
  ...EXTENDED,
  ['review', 'reviewer', '2026-10-10T02:00:00.000Z'],
  ['decide', 'head', '2026-10-12T02:00:00.000Z'],
];

/** Ways through the state table, by the paper that stands at their end. */
export const WAYS = {
  receipt: RECEIVED,
  authorisation: RECEIVED,
  notice: NOTICED,
  supplement: SUPPLIED,
  acceptance: ACCEPTED,
  refusal: [...RECEIVED, ['refuseAcceptance', 'clerk', '2026-09-21T02:00:00.000Z']],
  procedure: EXAMINED,
  extension: EXTENDED,
  decision: DECIDED,
  delivery: [
    ...DECIDED,
    ['makeLicence', 'clerk', '2026-10-12T03:00:00.000Z'],
    ['deliver', 'clerk', '2026-10-13T02:00:00.000Z'],
  ],
  closing: [...RECEIVED, ['withdraw', 'agent', '2026-09-21T02:00:00.000Z']],
} satisfies Record<string, Step[]>;

function receiveOf(who: ApplicantCase): Bodies['receive'] {
  const { applicant, handler } = samplePeople(who);
  const by = applicant.guardian?.name ?? applicant.representative?.name ?? applicant.name;
  return receiveBody({
    applicant,
    handler,
    materials: [
      { code: 'M0001', status: 'received', kind: '原件', copies: 1 },
      { code: 'M0002', status: 'missing', kind: '原件', copies: 0 },
      { code: 'M0026', status: 'notNeeded', kind: '原件', copies: 0 },
    ],
    signature: who === 'guardian' ? { kind: 'fingerprint', by, witness: signature('张样本') } : signature(by),
  });
}

/** The application at the end of a way. A step that the item has no use for (no licence to make) is left out. */
export function applicationAfter(
  way: readonly Step[],
  who: ApplicantCase = 'person',
  change: Partial<Item> = {},
): Application {
  const asked = { ...itemFor(who), ...change };
  const steps = way
    .filter(([kind]) => kind !== 'makeLicence' || asked.resultType === 'licence')
    .map(([kind, role, now, body]): [Command, Facts] => [
      command(kind, (body ?? (kind === 'receive' ? receiveOf(who) : BODIES[kind])) as never),
      facts({
        item: asked,
        actor: actor(role),
        now,
        caseNumber: role === 'agent' && kind === 'receive' ? `${asked.taskCode}202609180012` : null,
      }),
    ]);
  return perform(null, steps);
}

export const paperFacts = (state: Application, change: Partial<PaperFacts> = {}): PaperFacts => ({
  state,
  item: itemFor('person'),
  office: TOWNSHIP,
  calendar,
  policy: DEFAULT_POLICY,
  copy: 'applicant',
  reprint: false,
  now: '2026-10-13T06:30:00.000Z',
  receivedAt: NOW,
  ...change,
});
