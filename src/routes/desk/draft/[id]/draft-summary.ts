/** A draft as it is read through before signing: every answer with the way back to its field. */
import { checkAnswers } from '#lib/domain/answers.ts';
import { showAnswer } from '#lib/domain/answers-show.ts';
import { actingFor, signerOf } from '#lib/domain/applicant.ts';
import type { Applicant, Person, Signature } from '#lib/domain/commands.ts';
import type { Day } from '#lib/domain/day.ts';
import { applicantOf, materialsOf, type Draft, type StepName } from '#lib/domain/draft.ts';
import { ageOn, ID_KIND_TABLE } from '#lib/domain/identity.ts';
import type { Item } from '#lib/domain/item.ts';
import { MATERIAL_STATUS_NAMES } from '#lib/domain/materials.ts';
import { askedFields, valueAt } from '#lib/ui/form/form-problems.ts';
import type { Answer } from '#lib/ui/AnswerList.svelte';
import { entryNote } from './material-words.ts';
import { stepHref } from './step-words.ts';

/** Leads to a field of a step and from there back to 核对. */
const change = (draft: Draft, step: StepName, field: string): string =>
  `${stepHref(draft.id, step)}?back=check#${encodeURIComponent(field)}`;

export function applicantAnswers(draft: Draft, today: Day): Answer[] {
  const applicant = applicantOf(draft, today);
  const line = (field: string, question: string, answer: string): Answer => ({
    key: field,
    question,
    answer,
    changeHref: change(draft, 'applicant', `applicant.${field}`),
  });
  const { phone, address, representative, guardian, phoneOwner } = applicant;
  const named = ({ name, idKind, idNumber }: Person): string =>
    `${name}，${ID_KIND_TABLE[idKind].short} ${idNumber}`;
  if (representative) {
    return [
      line('name', '单位名称', applicant.name),
      line('idNumber', '统一社会信用代码', applicant.idNumber),
      line('representative.name', '法定代表人', named(representative)),
      line('phone', '联系电话', phone),
      line('address', '单位地址', address),
    ];
  }
  const sex = applicant.sex === 'female' ? '，女' : applicant.sex === 'male' ? '，男' : '';
  const age = applicant.birthDate === null ? '' : `，${ageOn(applicant.birthDate, today)} 周岁`;
  const owner = phoneOwner ? `（${phoneOwner.name}，${phoneOwner.relation}）` : '';
  return [
    line('name', '姓名', `${applicant.name}${sex}${age}`),
    line('idNumber', ID_KIND_TABLE[applicant.idKind].label, applicant.idNumber),
    ...(guardian
      ? [line('guardian.name', '监护人', `${named(guardian)}（${guardian.relation}），${guardian.phone}`)]
      : []),
    line('phone', '联系电话', `${phone}${owner}`),
    line('address', '住址', address),
  ];
}

/** How a signature was given, in words. */
export function signedWords(signature: Signature | null): string {
  switch (signature?.kind) {
    case 'paper':
      return '纸上已签';
    case 'drawn':
      return '已在屏幕上签名';
    case 'fingerprint':
      return `已按指印，见证人 ${signature.witness.by}`;
    default:
      return '';
  }
}

/** Who comes when nobody is authorised: the applicant, or whoever acts for them by law. */
export function selfWords(applicant: Applicant): string {
  const { name, relation } = actingFor(applicant);
  return relation === '本人' ? '本人来办' : `${relation}${name}来办`;
}

export function handlerAnswers(draft: Draft, item: Item, today: Day): Answer[] {
  const applicant = applicantOf(draft, today);
  const line = (field: string, question: string, answer: string): Answer => ({
    key: field,
    question,
    answer,
    changeHref: change(draft, 'handler', `handler.${field}`),
  });
  const present =
    item.mustAppear === undefined ? [] : [line('present', '本人到场', draft.present ? '已到场' : '')];
  if (draft.handledBy !== 'proxy') return [line('kind', '谁来办', selfWords(applicant)), ...present];
  const { proxy } = draft;
  return [
    line('kind', '谁来办', applicant.kind === 'legal' ? '委托经办人来办' : '委托别人代办'),
    line('name', '受托人', `${proxy.name}（${proxy.relation}），${proxy.phone}`),
    line('idNumber', `受托人${ID_KIND_TABLE[proxy.idKind].short}`, proxy.idNumber),
    line('acts', '委托办哪些事', proxy.acts.join('、')),
    line('authorisation', '委托书', `${signerOf(applicant)}${signedWords(proxy.authorisation)}`),
    ...present,
  ];
}

/** Only what is asked; cleaned where it can be, as it will be sent. */
export function formAnswers(draft: Draft, item: Item, today: Day): Answer[] {
  const checked = checkAnswers(item.form, draft.answers, today);
  return askedFields(item.form, draft.answers, today).map((field) => ({
    key: field.key,
    question: field.label,
    answer: showAnswer(field, valueAt(checked.ok ? checked.answers : draft.answers, field.key)),
    changeHref: change(draft, 'form', `answers.${field.key}`),
  }));
}

export function materialAnswers(draft: Draft, item: Item, toleranceDays: number): Answer[] {
  return materialsOf(draft, item).flatMap((entry) => {
    const material = item.materials.find((one) => one.code === entry.code);
    if (!material || entry.status === 'notNeeded') return [];
    const status = MATERIAL_STATUS_NAMES[entry.status];
    return [
      {
        key: entry.code,
        question: material.name,
        answer: `${status}，${entryNote(entry, material, toleranceDays)}`,
        changeHref: change(draft, 'materials', `materials.${entry.code}`),
      },
    ];
  });
}
