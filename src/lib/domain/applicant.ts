/**
 * Checks of who applies (申请人) and who handles it (经办人): the same on the page, on the device and at the office.
 * Problems name the field (as the page's ids do) and carry the sentence that people read.
 */
import { AUTHORISED_ACTS, type Applicant, type Handler, type Person } from './commands.ts';
import type { Day } from './day.ts';
import { idProblemText } from './identity-text.ts';
import { ageOn, readIdNumber, type IdReading } from './identity.ts';
import { nameProblemText, readPersonName } from './person-name.ts';
import { phoneProblemText, readPhone } from './phone.ts';
import { cleanText, countCharacters } from './plain-text.ts';
import { isSigned } from './signature.ts';
import { readUscc, usccProblemText } from './uscc.ts';

export interface FieldProblem {
  field: string;
  text: string;
}

export const RELATIONS = ['配偶', '子女', '父母', '其他亲属', '邻居', '村（社区）代办员', '其他'] as const;
/** Of whoever handles it for an organisation (经办人), beside the relations of people. */
export const EMPLOYEE = '本单位工作人员';

/** Of a guardian (监护人) to the person in care; an organisation may be one (民法典 §27, §28, §32). */
export const GUARDIAN_RELATIONS = [
  '父母',
  '配偶',
  '子女',
  '祖父母、外祖父母',
  '兄、姐',
  '其他近亲属',
  '其他',
] as const;
/** Below it a person has no capacity at all and a guardian must act (民法典 §20). */
export const AGE_OF_LIMITED_CAPACITY = 8;
export const AGE_OF_CAPACITY = 18;

const ADDRESS_LIMIT = 200;
const ORGANISATION_LIMIT = 100;

/** Who acts for the applicant by law: the person, a guardian, the legal representative; and as what. */
export function actingFor(applicant: Applicant): Person & { relation: string } {
  const { name, idKind, idNumber, guardian, representative } = applicant;
  const person = guardian ?? representative;
  const relation = guardian ? '监护人' : representative ? '法定代表人' : '本人';
  if (person) return { name: person.name, idKind: person.idKind, idNumber: person.idNumber, relation };
  // an organisation without a representative does not pass checkApplicant
  return { name, idKind: idKind === 'uscc' ? 'residentId' : idKind, idNumber, relation };
}

/** Whose signature counts. */
export const signerOf = (applicant: Applicant): string => actingFor(applicant).name;

/** Reads the applicant's number, of whatever kind; an organisation's code tells no birth date. */
export function readApplicantNumber(
  applicant: Pick<Applicant, 'idKind' | 'idNumber'>,
  today: Day,
): IdReading | { ok: false; problem: 'uscc'; text: string } {
  if (applicant.idKind !== 'uscc') return readIdNumber(applicant.idKind, applicant.idNumber, today);
  const code = readUscc(applicant.idNumber);
  if (code.ok) return { ok: true, number: code.code, birthDate: null, sex: null };
  return { ok: false, problem: 'uscc', text: usccProblemText(code) };
}

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
  const problems =
    applicant.kind === 'legal' ? checkOrganisation(applicant, today) : checkNatural(applicant, today);
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

function checkNatural(applicant: Applicant, today: Day): FieldProblem[] {
  const { idKind, guardian } = applicant;
  if (idKind === 'uscc' || applicant.representative !== undefined) {
    return [{ field: 'applicant.kind', text: '个人申请用本人的证件，单位申请请选“单位”' }];
  }
  const problems = checkPerson({ ...applicant, idKind }, 'applicant', '', today);
  const id = readIdNumber(idKind, applicant.idNumber, today);
  // the number says it: birth date and sex are filled in from it, never typed against it
  if (id.ok && id.birthDate !== null && applicant.birthDate !== id.birthDate) {
    problems.push({ field: 'applicant.birthDate', text: '出生日期和证件号码对不上，以证件为准' });
  }
  if (id.ok && id.sex !== null && applicant.sex !== id.sex) {
    problems.push({ field: 'applicant.sex', text: '性别和证件号码对不上，以证件为准' });
  }
  if (guardian === undefined) {
    const needed = id.ok && id.birthDate !== null && ageOn(id.birthDate, today) < AGE_OF_LIMITED_CAPACITY;
    if (needed) {
      problems.push({
        field: 'applicant.guardian',
        text: `申请人未满 ${AGE_OF_LIMITED_CAPACITY} 周岁，要由监护人代为申请，请填监护人`,
      });
    }
    return problems;
  }
  problems.push(...checkPerson(guardian, 'applicant.guardian', '监护人', today));
  const phone = readPhone(guardian.phone);
  if (!phone.ok)
    problems.push({ field: 'applicant.guardian.phone', text: `监护人电话：${phoneProblemText(phone)}` });
  if (!(GUARDIAN_RELATIONS as readonly string[]).includes(guardian.relation)) {
    problems.push({ field: 'applicant.guardian.relation', text: '请选监护人和申请人的关系' });
  }
  return problems;
}

function checkOrganisation(applicant: Applicant, today: Day): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const { representative, guardian, phoneOwner } = applicant;
  const name = cleanText(applicant.name);
  if (name === '') problems.push({ field: 'applicant.name', text: '请填单位名称，和营业执照上一致' });
  if (countCharacters(name) > ORGANISATION_LIMIT) {
    problems.push({ field: 'applicant.name', text: `单位名称最多 ${ORGANISATION_LIMIT} 个字` });
  }
  const code = readApplicantNumber(applicant, today);
  if (applicant.idKind !== 'uscc' || guardian !== undefined || phoneOwner !== undefined) {
    problems.push({ field: 'applicant.kind', text: '单位申请用统一社会信用代码，个人申请请选“个人”' });
  } else if (!code.ok && code.problem === 'uscc') {
    problems.push({ field: 'applicant.idNumber', text: code.text });
  }
  if (applicant.birthDate !== null || applicant.sex !== null) {
    problems.push({ field: 'applicant.birthDate', text: '单位没有出生日期和性别' });
  }
  if (representative === undefined) {
    problems.push({ field: 'applicant.representative.name', text: '请填法定代表人（负责人）' });
  } else {
    problems.push(...checkPerson(representative, 'applicant.representative', '法定代表人', today));
  }
  return problems;
}

export function checkHandler(handler: Handler, today: Day): FieldProblem[] {
  if (handler.kind === 'self') return [];
  const problems = checkPerson(handler, 'handler', '受托人', today);
  const phone = readPhone(handler.phone);
  if (!phone.ok) problems.push({ field: 'handler.phone', text: `受托人电话：${phoneProblemText(phone)}` });
  if (handler.relation !== EMPLOYEE && !(RELATIONS as readonly string[]).includes(handler.relation)) {
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
  const { guardian, representative } = applicant;
  const number = readApplicantNumber(applicant, today);
  const name = readPersonName(applicant.name);
  return {
    ...applicant,
    name: applicant.kind === 'legal' ? cleanText(applicant.name) : name.ok ? name.name : applicant.name,
    idNumber: number.ok ? number.number : applicant.idNumber,
    phone: normalisePhone(applicant.phone),
    address: cleanText(applicant.address),
    ...(guardian
      ? { guardian: { ...normalisePerson(guardian, today), phone: normalisePhone(guardian.phone) } }
      : {}),
    ...(representative ? { representative: normalisePerson(representative, today) } : {}),
  };
}

export function normaliseHandler(handler: Handler, today: Day): Handler {
  if (handler.kind === 'self') return handler;
  return { ...normalisePerson(handler, today), phone: normalisePhone(handler.phone) };
}
