/**
 * A draft (草稿): an application while an agent still fills it in. Local only: no command, no row at the office.
 * Holds what was typed, right or wrong, so that nothing entered is ever lost; the steps tell what is still to do.
 */
import { checkApplicant, checkHandler, type FieldProblem } from './applicant.ts';
import { checkAnswers, type Answers } from './answers.ts';
import type { Applicant, AuthorisedAct, Bodies, Capacity, Handler, Person, Signature } from './commands.ts';
import type { Day, Instant } from './day.ts';
import { readIdNumber, type IdKind } from './identity.ts';
import type { Item, ItemRef } from './item.ts';
import { defaultEntries, materialProblems, type MaterialEntry, type Photo } from './materials.ts';
import { isSigned } from './signature.ts';
import type { Application } from './state.ts';

export interface DraftPerson {
  name: string;
  idKind: IdKind;
  idNumber: string;
  phone: string;
}

export interface Draft {
  /** Becomes the application's id. */
  id: string;
  item: ItemRef;
  startedAt: Instant;
  updatedAt: Instant;
  applicant: DraftPerson & {
    kind: Applicant['kind'];
    address: string;
    phoneOwner: { name: string; relation: string } | null;
    /** 监护人: null where the person acts for himself. */
    guardian: (DraftPerson & { relation: string }) | null;
    /** 法定代表人, asked for only of an organisation. */
    representative: Person;
  };
  /** null until asked: 本人 or 代办人. */
  handledBy: 'self' | 'proxy' | null;
  proxy: DraftPerson & { relation: string; acts: AuthorisedAct[]; authorisation: Signature | null };
  /** As typed; checked and cleaned on the way out. */
  answers: Record<string, unknown>;
  /** Empty until the person looked at the list. */
  materials: MaterialEntry[];
  present: boolean;
  capacity: Capacity;
  signature: Signature | null;
  /** Id of the command, made once at the button: a double click sends one. */
  commandId: string | null;
  /** Set when it replaces a refused command (修改后重报). */
  supersedes: string | null;
  /** Why it is taken although the same person applied for the same item lately (疑似重复). */
  duplicateReason: string;
  /** What was typed on an earlier version and has no place on this one; until a person lets it go. */
  former: Former[];
  /** What the office last said of its version, once a newer one was out: whether it is taken, and through which day. */
  standing: { hash: string; taken: boolean; until: Day | null } | null;
}

/** Typed or handed in on an earlier version of the item (原来填的), in words. */
export interface Former {
  label: string;
  text: string;
  photos?: Photo[];
}

/** Raised when a draft gets new parts; `readDraft` fills them in for drafts of earlier programs. */
export const DRAFT_SHAPE = 3;

const NOBODY = { name: '', idKind: 'residentId', idNumber: '' } as const;

/** A draft as this program knows it, whichever program wrote it. */
export function readDraft(kept: Draft): Draft {
  const { applicant } = kept;
  return {
    ...kept,
    applicant: {
      ...applicant,
      kind: applicant.kind ?? 'person',
      guardian: applicant.guardian ?? null,
      representative: applicant.representative ?? { ...NOBODY },
    },
    duplicateReason: kept.duplicateReason ?? '',
    former: kept.former ?? [],
    standing: kept.standing ?? null,
  };
}

/** Who may apply for an item (服务对象); both where the list does not say. */
export function applicantKinds({ audience }: Pick<Item, 'audience'>): Applicant['kind'][] {
  const kinds: Applicant['kind'][] = [];
  if (audience.some((who) => /自然人|个人/.test(who))) kinds.push('person');
  if (audience.some((who) => /法人|组织|单位|企业|个体/.test(who))) kinds.push('legal');
  return kinds.length > 0 ? kinds : ['person', 'legal'];
}

export function newDraft(id: string, item: ItemRef, now: Instant, kind: Applicant['kind'] = 'person'): Draft {
  const nobody = { ...NOBODY, phone: '' };
  return {
    id,
    item,
    startedAt: now,
    updatedAt: now,
    applicant: {
      ...nobody,
      kind,
      address: '',
      phoneOwner: null,
      guardian: null,
      representative: { ...NOBODY },
    },
    handledBy: null,
    proxy: { ...nobody, relation: '', acts: ['填表', '交件', '领取', '签收补正'], authorisation: null },
    answers: {},
    materials: [],
    present: false,
    capacity: 'proxy',
    signature: null,
    commandId: null,
    supersedes: null,
    duplicateReason: '',
    former: [],
    standing: null,
  };
}

/** The applicant as a command carries it: birth date and sex come from the number. */
export function applicantOf(draft: Draft, today: Day): Applicant {
  const { phoneOwner, guardian, representative, ...person } = draft.applicant;
  if (person.kind === 'legal') {
    return { ...person, idKind: 'uscc', birthDate: null, sex: null, representative };
  }
  const id = readIdNumber(person.idKind, person.idNumber, today);
  return {
    ...person,
    birthDate: id.ok ? id.birthDate : null,
    sex: id.ok ? id.sex : null,
    ...(phoneOwner === null ? {} : { phoneOwner }),
    ...(guardian === null ? {} : { guardian }),
  };
}

export function handlerOf(draft: Draft): Handler {
  if (draft.handledBy !== 'proxy') return { kind: 'self' };
  const { authorisation, ...proxy } = draft.proxy;
  return { kind: 'proxy', ...proxy, authorisation: authorisation ?? { kind: 'paper', by: '' } };
}

/** The material list of a draft; what nobody has looked at yet as the item asks for it. */
export const materialsOf = ({ materials, handledBy }: Draft, item: Item): MaterialEntry[] => [
  ...materials,
  ...defaultEntries(item, { proxy: handledBy === 'proxy' }).filter(
    (asked) => !materials.some(({ code }) => code === asked.code),
  ),
];

export const STEPS = ['applicant', 'handler', 'form', 'materials', 'check', 'sign'] as const;
export type StepName = (typeof STEPS)[number];

export interface Step {
  name: StepName;
  /** `todo`: not begun; `wrong`: begun, with problems; `wait`: earlier steps first. */
  is: 'done' | 'todo' | 'wrong' | 'wait';
  problems: FieldProblem[];
}

function applicantProblems(draft: Draft, today: Day): FieldProblem[] {
  return checkApplicant(applicantOf(draft, today), today);
}

function handlerProblems(draft: Draft, item: Item, today: Day): FieldProblem[] {
  if (draft.handledBy === null) return [{ field: 'handler.kind', text: '请选谁来办' }];
  const problems = checkHandler(handlerOf(draft), today);
  if (draft.handledBy === 'proxy' && !item.proxyAllowed) {
    problems.push({ field: 'handler.kind', text: '这个事项不能代办，请本人来办' });
  }
  if (item.mustAppear !== undefined && !draft.present) {
    problems.push({ field: 'handler.present', text: `要本人到场：${item.mustAppear}` });
  }
  return problems;
}

function formProblems(draft: Draft, item: Item, today: Day): FieldProblem[] {
  const checked = checkAnswers(item.form, draft.answers, today);
  if (checked.ok) return [];
  return checked.problems.map(({ key, row, column, text }) => ({
    field: [
      'answers',
      key,
      ...(row === undefined ? [] : [row]),
      ...(column === undefined ? [] : [column]),
    ].join('.'),
    text,
  }));
}

function stepMaterials(draft: Draft, item: Item): FieldProblem[] {
  if (draft.materials.length === 0 && item.materials.length > 0) {
    return [{ field: 'materials', text: '请逐样核对材料' }];
  }
  return materialProblems(item, draft.materials).map((p) => ({ field: `materials.${p.code}`, text: p.text }));
}

const isBegun = (draft: Draft, step: StepName): boolean =>
  ({
    applicant: draft.applicant.name !== '' || draft.applicant.idNumber !== '',
    handler: draft.handledBy !== null,
    form: Object.keys(draft.answers).length > 0,
    materials: draft.materials.length > 0,
    check: false,
    sign: false,
  })[step];

/** The six steps as the task list shows them. A missing (缺) material never blocks: the township asks once. */
export function draftSteps(draft: Draft, item: Item, today: Day): Step[] {
  const found: Record<'applicant' | 'handler' | 'form' | 'materials', FieldProblem[]> = {
    applicant: applicantProblems(draft, today),
    handler: handlerProblems(draft, item, today),
    form: formProblems(draft, item, today),
    materials: stepMaterials(draft, item),
  };
  const filling = (['applicant', 'handler', 'form', 'materials'] as const).map((name): Step => {
    const problems = found[name];
    return { name, problems, is: problems.length === 0 ? 'done' : isBegun(draft, name) ? 'wrong' : 'todo' };
  });
  const ready = filling.every((step) => step.is === 'done');
  const signed = draft.signature !== null && isSigned(draft.signature);
  return [
    ...filling,
    { name: 'check', problems: [], is: !ready ? 'wait' : signed ? 'done' : 'todo' },
    { name: 'sign', problems: [], is: !ready ? 'wait' : 'todo' },
  ];
}

export interface Submission {
  receiptNumber: string;
  queryToken: string;
  site: string;
  receivedOn: Day;
  signature: Signature;
}

/** The receive command of a draft whose steps are done; answers of questions that are not asked stay behind. */
export function receiveBodyOf(draft: Draft, item: Item, submission: Submission): Bodies['receive'] {
  const checked = checkAnswers(item.form, draft.answers, submission.receivedOn);
  const answers: Answers = checked.ok ? checked.answers : {};
  return {
    applicant: applicantOf(draft, submission.receivedOn),
    handler: handlerOf(draft),
    answers,
    materials: materialsOf(draft, item),
    present: draft.present || draft.handledBy === 'self',
    capacity: draft.capacity,
    ...(draft.duplicateReason.trim() === '' ? {} : { duplicateReason: draft.duplicateReason.trim() }),
    ...submission,
  };
}

/** 修改后重报: a draft with everything that a refused receive carried, to be put right and sent again under a new id. */
export function draftFromRefused(
  refused: { id: string; applicationId: string; item: ItemRef; body: Bodies['receive'] },
  now: Instant,
): Draft {
  const { applicant, handler, answers, materials, present, capacity } = refused.body;
  const draft = newDraft(refused.applicationId, refused.item, now);
  return {
    ...draft,
    applicant: draftApplicant(applicant),
    handledBy: handler.kind,
    proxy: handler.kind === 'proxy' ? proxyOf(handler) : draft.proxy,
    answers,
    materials,
    present,
    capacity,
    supersedes: refused.id,
    duplicateReason: refused.body.duplicateReason ?? '',
  };
}

/**
 * 再为他办一件, 照这件再办一件: a new draft with the applicant and the proxy of an earlier application, and its answers where
 * the form still asks for them. Every signature is given anew, and papers are handed in anew.
 */
export function draftAgain(
  earlier: Pick<Application, 'applicant' | 'handler' | 'answers'>,
  { id, item, ref, now, answers }: { id: string; item: Item; ref: ItemRef; now: Instant; answers: boolean },
): Draft {
  const { applicant, handler } = earlier;
  const draft = newDraft(id, ref, now, applicantKinds(item)[0]);
  // an organisation cannot apply for what is for people alone; who acted for it is no applicant either
  const fits = applicantKinds(item).includes(applicant.kind);
  const mayProxy = handler.kind === 'proxy' && item.proxyAllowed;
  const asked = new Set(item.form.map((field) => field.key));
  return {
    ...draft,
    ...(fits ? { applicant: draftApplicant(applicant) } : {}),
    ...(fits && handler.kind === 'self' ? { handledBy: 'self' } : {}),
    ...(fits && mayProxy ? { handledBy: 'proxy', proxy: { ...proxyOf(handler), authorisation: null } } : {}),
    answers:
      answers && fits
        ? Object.fromEntries(Object.entries(earlier.answers).filter(([key]) => asked.has(key)))
        : {},
  };
}

/** An applicant back on the form: of a refused receive, or of an earlier application (不用再填一遍). */
export function draftApplicant(applicant: Applicant): Draft['applicant'] {
  const {
    birthDate: _birthDate,
    sex: _sex,
    phoneOwner,
    guardian,
    representative,
    idKind,
    ...rest
  } = applicant;
  return {
    ...rest,
    idKind: idKind === 'uscc' ? 'residentId' : idKind,
    phoneOwner: phoneOwner ?? null,
    guardian: guardian ?? null,
    representative: representative ?? { ...NOBODY },
  };
}

function proxyOf({ kind: _kind, ...proxy }: Extract<Handler, { kind: 'proxy' }>): Draft['proxy'] {
  return proxy;
}
