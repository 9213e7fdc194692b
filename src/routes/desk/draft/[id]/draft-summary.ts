/** A draft as it is read through before signing: every answer with the way back to its field. */
import { checkAnswers } from '#lib/domain/answers.ts';
import { showAnswer } from '#lib/domain/answers-show.ts';
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
  const person = applicantOf(draft, today);
  const { phoneOwner } = draft.applicant;
  const sex = person.sex === 'female' ? '，女' : person.sex === 'male' ? '，男' : '';
  const age = person.birthDate === null ? '' : `，${ageOn(person.birthDate, today)} 周岁`;
  const owner = phoneOwner === null ? '' : `（${phoneOwner.name}，${phoneOwner.relation}）`;
  const line = (field: string, question: string, answer: string): Answer => ({
    key: field,
    question,
    answer,
    changeHref: change(draft, 'applicant', `applicant.${field}`),
  });
  return [
    line('name', '姓名', `${person.name}${sex}${age}`),
    line('idNumber', ID_KIND_TABLE[person.idKind].label, person.idNumber),
    line('phone', '联系电话', `${person.phone}${owner}`),
    line('address', '住址', person.address),
  ];
}

export function handlerAnswers(draft: Draft, item: Item): Answer[] {
  const line = (field: string, question: string, answer: string): Answer => ({
    key: field,
    question,
    answer,
    changeHref: change(draft, 'handler', `handler.${field}`),
  });
  const present =
    item.mustAppear === undefined ? [] : [line('present', '本人到场', draft.present ? '已到场' : '')];
  if (draft.handledBy !== 'proxy') return [line('kind', '谁来办', '本人来办'), ...present];
  const { proxy } = draft;
  const signed =
    proxy.authorisation === null ? '' : proxy.authorisation.kind === 'paper' ? '纸上已签' : '已在屏幕上签名';
  return [
    line('kind', '谁来办', '委托别人代办'),
    line('name', '受托人', `${proxy.name}（${proxy.relation}），${proxy.phone}`),
    line('idNumber', `受托人${ID_KIND_TABLE[proxy.idKind].short}`, proxy.idNumber),
    line('acts', '委托办哪些事', proxy.acts.join('、')),
    line('authorisation', '委托书', signed),
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
