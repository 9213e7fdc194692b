/**
 * 填报内容 as rows: who applies, who handles it, the answers. Numbers are masked until the person asks for them (看全号);
 * names and addresses are whole here, because the counter compares them with the papers.
 */
import { readApplicantNumber } from '#lib/domain/applicant.ts';
import { visibleFields } from '#lib/domain/answers.ts';
import { UNANSWERED } from '#lib/domain/answers-show.ts';
import type { Person } from '#lib/domain/commands.ts';
import { formatDay, formatMonthDay, type Day } from '#lib/domain/day.ts';
import { ageOn, ID_KIND_TABLE, type HolderKind, type Sex } from '#lib/domain/identity.ts';
import type { Item } from '#lib/domain/item.ts';
import { maskIdNumber, maskPhone } from '#lib/domain/masking.ts';
import { FLAG_NAMES, type Application } from '#lib/domain/state.ts';
import type { Answer } from '#lib/ui/AnswerList.svelte';
import { shownAnswer } from '../../shown-answer.ts';

const SEX: Record<Sex, string> = { male: '男', female: '女' };

type Check = NonNullable<Answer['check']>;

function idCheck(kind: HolderKind, number: string, today: Day): Check {
  return readApplicantNumber({ idKind: kind, idNumber: number }, today).ok
    ? {
        is: 'done',
        text: kind === 'passport' || kind === 'hmtPass' || kind === 'taiwanPass' ? '格式对' : '校验对',
        icon: 'check',
      }
    : { is: 'wrong', text: '号码有误' };
}

/** Who acts for the applicant: a guardian, a legal representative. */
function personRows(question: string, person: Person, whole: boolean, more: string): Answer[] {
  const number = whole ? person.idNumber : maskIdNumber(person.idNumber);
  return [
    {
      key: question,
      question,
      answer: `${person.name}，${ID_KIND_TABLE[person.idKind].short} ${number}${more}`,
    },
  ];
}

function applicantRows({ applicant, flags }: Application, whole: boolean, today: Day): Answer[] {
  const { name, idKind, idNumber, birthDate, sex, phone, phoneOwner, address, guardian, representative } =
    applicant;
  const who = [name, ...(sex ? [SEX[sex]] : []), ...(birthDate ? [`${ageOn(birthDate, today)} 岁`] : [])];
  const owner = phoneOwner ? `（${phoneOwner.relation} ${phoneOwner.name}）` : '';
  return [
    { key: 'applicant', question: '申请人', answer: who.join('，') },
    {
      key: 'idNumber',
      question: ID_KIND_TABLE[idKind].short,
      answer: whole ? idNumber : maskIdNumber(idNumber),
      check: idCheck(idKind, idNumber, today),
    },
    ...(birthDate ? [{ key: 'birthDate', question: '出生', answer: formatDay(birthDate) }] : []),
    ...(guardian
      ? personRows(
          '监护人',
          guardian,
          whole,
          `，${guardian.relation}，${whole ? guardian.phone : maskPhone(guardian.phone)}`,
        )
      : []),
    ...(representative ? personRows('法定代表人', representative, whole, '') : []),
    { key: 'phone', question: '电话', answer: `${whole ? phone : maskPhone(phone)}${owner}` },
    { key: 'address', question: '住址', answer: address },
    ...flags.map((flag): Answer => {
      const text = FLAG_NAMES[flag] ?? flag;
      return {
        key: `flag.${flag}`,
        question: '留意',
        answer: text,
        doubt: true,
        check: { is: 'later', text: '请核对' },
      };
    }),
  ];
}

function handlerRows({ handler, present }: Application, whole: boolean, today: Day): Answer[] {
  const came = present ? '，本人到场' : '';
  if (handler.kind === 'self') return [{ key: 'handler', question: '经办人', answer: `本人${came}` }];
  const { name, relation, idKind, idNumber, phone, acts, authorisation } = handler;
  const signed = authorisation.kind === 'paper' ? '纸质委托书' : '委托书已签';
  return [
    { key: 'handler', question: '经办人', answer: `${name}（${relation}）受托${came}` },
    {
      key: 'handler.idNumber',
      question: `受托人${ID_KIND_TABLE[idKind].short}`,
      answer: whole ? idNumber : maskIdNumber(idNumber),
      check: idCheck(idKind, idNumber, today),
    },
    { key: 'handler.phone', question: '受托人电话', answer: whole ? phone : maskPhone(phone) },
    {
      key: 'handler.acts',
      question: '委托办',
      answer: acts.join('、'),
      check: { is: 'done', text: signed, icon: 'check' },
    },
  ];
}

/** `whole`: numbers in full. `item` null: its questions are not on this device, so keys stand for them. */
export function answerRows(
  app: Application,
  item: Item,
  whole: boolean,
  today: Day,
  ownSite?: string,
): Answer[] {
  const asked = visibleFields(item.form, app.answers);
  const received =
    app.site === ownSite
      ? `${formatMonthDay(app.receivedOn)}，本窗口收`
      : app.capacity === 'receivingPoint'
        ? `${formatMonthDay(app.receivedOn)}，受托收件点收`
        : `${formatMonthDay(app.receivedOn)}代办收，${formatMonthDay(app.arrivedOn)}送到`;
  return [
    ...applicantRows(app, whole, today),
    ...handlerRows(app, whole, today),
    ...asked.map((field): Answer => {
      const answer = shownAnswer(field, app.answers[field.key], whole);
      return {
        key: `answers.${field.key}`,
        question: field.label,
        answer: answer === UNANSWERED ? '' : answer,
      };
    }),
    { key: 'received', question: '收件', answer: received },
  ];
}
