/** One row or two of every table as the first release wrote them. Never edited: it stands for data that exists. */
import { sampleIdNumber } from '#lib/domain/sample-identity.ts';
import type { Rows } from './rows.ts';

const COUNTY = 'S410526000000';
const TOWN = 'S410526102000';
const VILLAGE = 'S410526102201';
const PATH = `S410500000000/${COUNTY}/${TOWN}/`;
const DEVICE = 'd-0123456789abcdef0123';
const APPLICATION = '019a0000-0000-7000-8000-000000000001';
const CLOSED = '019a0000-0000-7000-8000-000000000002';
const RECEIVE = '019a0000-0000-7000-8000-00000000000a';
const HASH = 'a'.repeat(64);
const AT = '2026-09-18T02:00:00.000Z';

const state = (id: string, name: string, change: object = {}) =>
  JSON.stringify({
    id,
    rev: 1,
    state: 'pending',
    item: { code: '410511005000', hash: HASH },
    applicant: {
      kind: 'person',
      name,
      idKind: 'residentId',
      idNumber: sampleIdNumber(0, { birthDate: '1944-03-05', sex: 'female' }),
      birthDate: '1944-03-05',
      sex: 'female',
      phone: '13800000001',
      address: '滑县白道口镇示例村一组',
    },
    handler: { kind: 'self' },
    answers: { livingMode: '独居' },
    materials: { M0001: { code: 'M0001', status: 'received', kind: '原件', copies: 1, addedRev: 1 } },
    site: VILLAGE,
    receiptNumber: '4105261022012026091800100017',
    queryToken: `token-${id}`,
    caseNumber: null,
    signature: { kind: 'paper', by: name },
    present: true,
    capacity: 'proxy',
    receivedOn: '2026-09-18',
    flags: [],
    arrivedOn: '2026-09-18',
    acceptanceFrom: '2026-09-18',
    amendedRev: {},
    notices: [],
    acceptedOn: null,
    acceptedBySilence: false,
    refusal: null,
    assignment: null,
    reviews: [],
    suspensions: [],
    extensions: [],
    decision: null,
    licenceNumber: null,
    delivery: null,
    forwarded: null,
    rating: null,
    overdue: [],
    closedOn: null,
    history: [],
    ...change,
  });

const application = (id: string, number: string, json: string) => ({
  id,
  site: VILLAGE,
  feed: TOWN,
  county: COUNTY,
  path: `${PATH}${VILLAGE}/`,
  item_code: '410511005000',
  item_hash: HASH,
  state: 'pending',
  rev: 1,
  seq: 1,
  receipt_number: number,
  receipt_alias: null,
  case_number: `case-${number}`,
  query_token: `token-${id}`,
  state_json: json,
  next_due: '2026-09-24',
  updated_at: AT,
  closed_on: null,
});

const site = (id: string, level: string, path: string, county: string | null, township: string | null) => ({
  id,
  code: id.slice(1),
  name: `示例${level}`,
  full_name: `示例${level}`,
  level,
  status: 'open',
  county,
  township,
  path,
  parent: path.split('/').at(-3) ?? null,
  address: null,
  phone: null,
  supervision_phone: null,
});

/** Tables in an order in which they may refer to each other. */
export const office: Rows = {
  lineage: [{ id: '11111111-1111-4111-8111-111111111111' }],
  county: [{ id: COUNTY, code: '410526000000', name: '滑县', policy: '{"graceDays":1}' }],
  site: [
    site(COUNTY, 'county', `S410500000000/${COUNTY}/`, COUNTY, null),
    site(TOWN, 'township', PATH, COUNTY, TOWN),
    site(VILLAGE, 'village', `${PATH}${VILLAGE}/`, COUNTY, TOWN),
  ],
  staff: [
    {
      id: 'agent-1',
      site: VILLAGE,
      path: `${PATH}${VILLAGE}/`,
      county: COUNTY,
      name: '赵示范',
      roles: '["agent"]',
      department: null,
      login: null,
      kdf: '{"salt":"AAAA","memory":19456,"passes":2,"lanes":1}',
      proof_hash: '$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA',
      status: 'active',
      failures: 2,
      retry_at: AT,
      created_at: AT,
    },
  ],
  device: [
    {
      id: DEVICE,
      site: VILLAGE,
      number: '001',
      public_key: `B${'A'.repeat(86)}`,
      name: '前台一号',
      status: 'active',
      chain_n: 2 ** 40,
      chain_head: HASH,
      last_contact: AT,
      drained_at: AT,
      release: `${COUNTY}/village/1`,
      scope: `${PATH}${VILLAGE}/`,
      enrolled_at: AT,
    },
  ],
  device_number: [{ site: VILLAGE, last: 1 }],
  staff_key: [{ device: DEVICE, staff: 'agent-1', public_key: `B${'B'.repeat(86)}`, registered_at: AT }],
  enrol_code: [
    {
      code_hash: HASH,
      site: VILLAGE,
      created_by: 'office',
      created_at: AT,
      expires_at: AT,
      used_at: AT,
      device: DEVICE,
    },
  ],
  session: [{ token_hash: HASH, device: DEVICE, access: 'full', expires_at: AT }],
  admin_session: [{ token_hash: HASH, staff: 'agent-1', expires_at: AT, ends_at: AT }],
  secret: [{ name: 'challenge', value: 'c2VjcmV0' }],
  used_challenge: [{ challenge_hash: HASH, expires_at: AT }],
  command: [
    {
      id: RECEIVE,
      body_hash: HASH,
      device: DEVICE,
      n: 2 ** 40,
      actor: 'agent-1',
      application: APPLICATION,
      kind: 'receive',
      body: '{"v":1}',
      outcome: `{"id":"${RECEIVE}","is":"applied","rev":1,"seq":1}`,
      status: 'applied',
      received_at: AT,
      head: HASH,
    },
  ],
  application: [
    application(APPLICATION, '4105261022012026091800100017', state(APPLICATION, '王示例')),
    {
      ...application(
        CLOSED,
        '4105261022012026091800100025',
        state(CLOSED, '钱样本', { state: 'withdrawn', closedOn: '2026-09-19' }),
      ),
      state: 'withdrawn',
      seq: 2,
      next_due: null,
      closed_on: '2026-09-19',
    },
  ],
  event: [
    {
      feed: TOWN,
      seq: 1,
      application: APPLICATION,
      site: VILLAGE,
      rev: 1,
      command: RECEIVE,
      actor: '{"id":"agent-1","name":"赵示范"}',
      now: AT,
      data: '{"is":"received"}',
      mark: HASH,
    },
  ],
  feed: [{ code: TOWN, seq: 2, mark: HASH }],
  case_serial: [{ task_code: '11410526MB0000000X6410511005000', day: '20260918', next: 3 }],
  item_version: [{ hash: HASH, code: '410511005000', data: '{"code":"410511005000"}' }],
  item_release: [
    { county: COUNTY, level: 'village', hash: HASH, code: '410511005000', first_release: 1, last_release: 1 },
  ],
  release_key: [
    {
      id: `${COUNTY}.1`,
      county: COUNTY,
      standing: 'active',
      public_key: 'BAAA',
      private_jwk: '{}',
      created_at: AT,
    },
  ],
  release: [
    {
      county: COUNTY,
      level: 'village',
      number: 1,
      manifest: Uint8Array.of(123, 125, 0, 255),
      signature: 'c2ln',
      key: `${COUNTY}.1`,
      published_at: AT,
      published_by: 'office',
    },
  ],
  release_part: [{ sha256: HASH, size: 3, packed: Uint8Array.of(0, 1, 255) }],
  calendar: [{ id: 'cn', data: '{"validFrom":"2026-01-01"}' }],
  audit: [
    {
      seq: 1,
      prev_hash: '0'.repeat(64),
      hash: HASH,
      at: AT,
      who: 'office',
      what: 'setUp',
      detail: '{"county":"S410526000000"}',
    },
  ],
};
