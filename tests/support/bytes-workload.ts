/**
 * The work that bytes are measured on, made up. `syntheticItems` and `syntheticBody` have the counts and sizes of the
 * workload that peers were measured on: items of 8 to 12 questions and 4 to 7 materials; answers, a long remark, papers
 * of which every fourth is photographed, a proxy in three of ten. The office judges and applies all of it. Identities are
 * of the made-up range and so say a little less than real ones; the remark is some words longer for it.
 */
import { v7 } from 'uuid';
import type { Bodies, Signature } from '#lib/domain/commands.ts';
import { addDays, chineseDay, type Instant } from '#lib/domain/day.ts';
import { newDraft, receiveBodyOf, type Draft } from '#lib/domain/draft.ts';
import { RELATIONS } from '#lib/domain/applicant.ts';
import type { Field, Item, ItemRef, Level } from '#lib/domain/item.ts';
import { MATERIAL_KINDS } from '#lib/domain/materials.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { sampleIdNumber, samplePerson, samplePhone } from '#lib/domain/sample-identity.ts';
import { toBase64url, toHex } from '#lib/catalogue/hash.ts';
import { chance, type Chance } from '#lib/server/seed/chance.ts';
import { ACTS, COMMON, LABELS, PAPERS, TOPICS, TOWNS, VILLAGES } from './bytes-words.ts';
import { penned } from './pen.ts';
import { sampleDraft } from './sample-draft.ts';

/** Common words come often, as in any language. */
const often = (luck: Chance): string =>
  COMMON[Math.min(COMMON.length - 1, Math.floor((COMMON.length * luck.whole(0, 999) ** 2) / 1_000_000))]!;
const sentence = (luck: Chance, count: number): string =>
  `${Array.from({ length: count }, (_, at) => often(luck) + (at % 7 === 6 ? '，' : '')).join('')}。`;

const TYPES = ['text', 'idNumber', 'phone', 'date', 'select', 'number'] as const;

function syntheticForm(luck: Chance): Field[] {
  const labels = luck.shuffle(LABELS).slice(0, luck.whole(8, 12));
  const form = labels.map((label, at): Field => {
    const type = luck.pick(TYPES);
    const field = { key: `f${at}`, label, type, required: luck.happens(0.6) };
    const options = () => [...new Set(Array.from({ length: luck.whole(2, 5) }, () => often(luck)))];
    return type === 'select' ? { ...field, options: options() } : field;
  });
  return [...form, { key: 'remark', label: '备注', type: 'textarea', required: false }];
}

/** 220 items for `level`, each of its own questions and materials. */
export function syntheticItems(level: Level, count = 220): Item[] {
  const luck = chance(1688);
  return Array.from({ length: count }, (_, at): Item => {
    const code = `4105${String(luck.whole(0, 9999)).padStart(4, '0')}${String(at).padStart(4, '0')}`;
    return {
      code,
      taskCode: `11410526MB0000000X6${code}`,
      // no two alike
      name: TOPICS[at % TOPICS.length]! + ACTS[Math.floor(at / TOPICS.length) + (at % 4) * 5]!,
      type: '公共服务',
      department: '民政局',
      levels: [level],
      audience: ['自然人'],
      topics: ['民政救助'],
      handling: '承诺件',
      statutoryDays: 20,
      promisedDays: luck.whole(1, 19),
      fee: '不收费',
      legalBasis: [`《示例办法》第${luck.whole(1, 99)}条`],
      conditions: sentence(luck, luck.whole(46, 80)),
      materials: Array.from({ length: luck.whole(4, 7) }, (__, nth) => ({
        code: `M${String(nth + 1).padStart(4, '0')}`,
        name: luck.pick(PAPERS),
        kind: luck.pick(MATERIAL_KINDS),
        copies: luck.whole(1, 3),
        ...(luck.happens(0.7) ? { required: true } : { required: false, when: '有这种情形的' }),
        source: luck.pick(['申请人自备', '政府部门核发', '其他']),
        shareable: false,
      })),
      form: syntheticForm(luck),
      result: '登记表',
      resultType: 'document',
      resultDelivery: ['窗口领取'],
      visits: 0,
      keywords: [luck.pick(TOPICS), often(luck) + often(luck)],
      proxyAllowed: true,
    };
  });
}

function answerTo(field: Field, draft: Draft, luck: Chance): string | number {
  switch (field.type) {
    case 'idNumber':
      return draft.applicant.idNumber;
    case 'phone':
      return samplePhone(luck.whole(0, 99_999_999));
    case 'date':
      return addDays('1998-01-01', luck.whole(0, 10_400));
    case 'select':
      return luck.pick(field.options!);
    case 'number':
      return luck.whole(1, 99_999);
    case 'textarea':
      return sentence(luck, luck.whole(32, 54));
    default:
      return sentence(luck, luck.whole(3, 8));
  }
}

function syntheticDraft(id: string, { item, ref, now, luck }: Making): Draft {
  const draft = newDraft(id, ref, now);
  const person = () => {
    const { name, idKind, phone } = samplePerson(luck.whole(0, 159));
    return { name, idKind, phone: phone.slice(0, 3) + samplePhone(luck.whole(0, 99_999_999)).slice(3) };
  };
  const idNumber = () => sampleIdNumber(luck.whole(0, 1_350_000));
  const place = `河南省安阳市${luck.pick(TOWNS)}${luck.pick(VILLAGES)}村`;
  const address = `${place}${luck.whole(1, 12)}组${luck.whole(1, 220)}号`;
  draft.applicant = { ...draft.applicant, ...person(), idNumber: idNumber(), address };
  const signed: Signature = { kind: 'paper', by: draft.applicant.name };
  const proxy = luck.happens(0.3);
  draft.handledBy = proxy ? 'proxy' : 'self';
  if (proxy)
    draft.proxy = {
      ...draft.proxy,
      ...person(),
      idNumber: idNumber(),
      relation: luck.pick(RELATIONS),
      authorisation: signed,
    };
  draft.present = !proxy;
  draft.signature = { kind: 'paper', by: proxy ? draft.proxy.name : draft.applicant.name };
  draft.answers = Object.fromEntries(item.form.map((field) => [field.key, answerTo(field, draft, luck)]));
  draft.materials = item.materials.map(({ code, kind, copies, required }) => {
    const photo = {
      sha256: toHex(luck.bytes(32)),
      size: luck.whole(180_000, 420_000),
      type: 'jpeg' as const,
    };
    const photos = luck.happens(0.25) ? { photos: [photo] } : {};
    if (!required && luck.happens(0.3)) return { code, status: 'notNeeded', kind, copies: 0 };
    return { code, status: 'received', kind, copies, ...photos };
  });
  return draft;
}

interface Making {
  item: Item;
  ref: ItemRef;
  now: Instant;
  luck: Chance;
}

export interface Counter {
  siteId: string;
  siteCode: string;
  deviceNumber: string;
}

export interface Receiving {
  id: string;
  applicationId: string;
  item: ItemRef;
  at: Instant;
  kind: 'receive';
  body: Bodies['receive'];
}

/**
 * Applications as a station takes them, one every few minutes until `until`; ids, tokens and instants as the page makes
 * them; `first`: serial of their first receipt. `how`: of the synthetic shape, or whole drafts of any item (sample-draft.ts), signed with a pen.
 */
export function receivings(
  how: 'synthetic' | 'real',
  catalogue: readonly { item: Item; ref: ItemRef }[],
  counter: Counter,
  { count, until, seed, first = 1 }: { count: number; until: Instant; seed: number; first?: number },
): Receiving[] {
  const luck = chance(seed);
  const gaps = Array.from({ length: count }, () => luck.whole(40_000, 130_000));
  let at = Date.parse(until) - gaps.reduce((sum, gap) => sum + gap, 0);
  return gaps.map((gap, nth) => {
    at += gap;
    const now = new Date(at).toISOString();
    const today = chineseDay(now);
    const { item, ref } = luck.pick(catalogue);
    // filled for some minutes, then signed: two moments, each with an id of its own
    const random = () => luck.bytes(16);
    const applicationId = v7({ msecs: at - luck.whole(60_000, 600_000), random: random() });
    const making = { item, ref, now, luck: luck.apart() };
    const draft =
      how === 'synthetic'
        ? syntheticDraft(applicationId, making)
        : sampleDraft({ id: applicationId, item, ref, seed: seed + nth, now, today }).draft;
    const body = receiveBodyOf(draft, item, {
      receiptNumber: buildReceiptNumber({
        site: counter.siteCode,
        day: today,
        device: counter.deviceNumber,
        serial: first + nth,
      }),
      queryToken: toBase64url(luck.bytes(16)),
      site: counter.siteId,
      receivedOn: today,
      signature: how === 'synthetic' ? draft.signature! : penned(draft.signature!, luck),
    });
    const id = v7({ msecs: at - luck.whole(0, 40), random: random() });
    return { id, applicationId, item: ref, at: now, kind: 'receive', body };
  });
}
