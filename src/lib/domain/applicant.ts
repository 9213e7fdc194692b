/**
 * Checks of who applies (申请人) and who handles it (经办人): the same on the page, on the device and at the office.
 * Problems name the field (as the page's ids do) and carry the sentence that people read.
 */
import { AUTHORISED_ACTS, type Applicant, type Handler, type Person } from './commands.ts';
import type { Day } from './day.ts';
import { idProblemText } from './identity-text.ts';
import { readIdNumber } from './identity.ts';
import { nameProblemText, readPersonName } from './person-name.ts';
import { phoneProblemText, readPhone } from './phone.ts';
import { cleanText, countCharacters } from './plain-text.ts';
import { isSigned } from './signature.ts';

export interface FieldProblem {
  field: string;
  text: string;
}

export const RELATIONS = ['配偶', '子女', '父母', '其他亲属', '邻居', '村（社区）代办员', '其他'] as const;
const ADDRESS_LIMIT = 200;

function checkPerson(person: Person, prefix: string, who: string, today: Day): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const name = readPersonName(person.name);
  if (!name.ok) problems.push({ field: `${prefix}.name`, text: nameProblemText(name, `${who}姓名`) });
  const id = readIdNumber(person.idKind, person.idNumber, today);
  if (!id.ok)
    problems.push({ field: `${prefix}.idNumber`, text: `${who}${idProblemText(person.idKind, id)}` });
  return problems;
}

/** `today`: the day of receipt; nobody is born after it. */
export function checkApplicant(applicant: Applicant, today: Day): FieldProblem[] {
  const problems = checkPerson(applicant, 'applicant', '', today);
  const id = readIdNumber(applicant.idKind, applicant.idNumber, today);
  // the number says it: birth date and sex are filled in from it, never typed against it
  if (id.ok && id.birthDate !== null && applicant.birthDate !== id.birthDate) {
    problems.push({ field: 'applicant.birthDate', text: '出生日期和证件号码对不上，以证件为准' });
  }
  if (id.ok && id.sex !== null && applicant.sex !== id.sex) {
    problems.push({ field: 'applicant.sex', text: '性别和证件号码对不上，以证件为准' });
  }
  const phone = readPhone(applicant.phone);
  if (!phone.ok) problems.push({ field: 'applicant.phone', text: phoneProblemText(phone) });
  if (applicant.phoneOwner !== undefined) {
    const owner = readPersonName(applicant.phoneOwner.name);
    if (!owner.ok)
      problems.push({ field: 'applicant.phoneOwner.name', text: nameProblemText(owner, '机主姓名') });
    if (applicant.phoneOwner.relation.trim() === '') {
      problems.push({ field: 'applicant.phoneOwner.relation', text: '请选机主和申请人的关系' });
    }
  }
  const address = applicant.address.trim();
  if (address === '') problems.push({ field: 'applicant.address', text: '请填住址，写到村、组或门牌' });
  if (countCharacters(address) > ADDRESS_LIMIT) {
    problems.push({ field: 'applicant.address', text: `住址最多 ${ADDRESS_LIMIT} 个字` });
  }
  return problems;
}

export function checkHandler(handler: Handler, today: Day): FieldProblem[] {
  if (handler.kind === 'self') return [];
  const problems = checkPerson(handler, 'handler', '受托人', today);
  const phone = readPhone(handler.phone);
  if (!phone.ok) problems.push({ field: 'handler.phone', text: `受托人电话：${phoneProblemText(phone)}` });
  if (!(RELATIONS as readonly string[]).includes(handler.relation)) {
    problems.push({ field: 'handler.relation', text: '请选受托人和申请人的关系' });
  }
  const acts = handler.acts.filter((act) => (AUTHORISED_ACTS as readonly string[]).includes(act));
  if (acts.length === 0 || acts.length < handler.acts.length) {
    problems.push({ field: 'handler.acts', text: '请勾选委托他办哪些事' });
  }
  if (!isSigned(handler.authorisation)) {
    problems.push({ field: 'handler.authorisation', text: '委托书还没有申请人签名' });
  }
  return problems;
}

function normalisePerson<P extends Person>(person: P, today: Day): P {
  const name = readPersonName(person.name);
  const id = readIdNumber(person.idKind, person.idNumber, today);
  return {
    ...person,
    name: name.ok ? name.name : person.name,
    idNumber: id.ok ? id.number : person.idNumber,
  };
}

const normalisePhone = (raw: string): string => {
  const phone = readPhone(raw);
  return phone.ok ? phone.number : raw;
};

/** The applicant as it is kept: full-width digits, lower-case x, spaces and the like put right; wrong parts untouched. */
export function normaliseApplicant(applicant: Applicant, today: Day): Applicant {
  return {
    ...normalisePerson(applicant, today),
    phone: normalisePhone(applicant.phone),
    address: cleanText(applicant.address),
  };
}

export function normaliseHandler(handler: Handler, today: Day): Handler {
  if (handler.kind === 'self') return handler;
  return { ...normalisePerson(handler, today), phone: normalisePhone(handler.phone) };
}
