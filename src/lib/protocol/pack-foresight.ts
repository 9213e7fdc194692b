/**
 * What a value of a command most likely is, from what was told before it. Both sides work it out alike, and what is as
 * foreseen costs next to nothing; a foresight that is wrong costs bytes, never truth. So these rules may only look at what
 * the walk has passed (pack-walk.ts, ORDER), and changing one is a new version of the pack.
 */
import { mod1110 } from '#lib/domain/check-digit.ts';
import { chineseDay, isInstant, type Day } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';

export type Json = Record<string, unknown>;

/** What the walk has passed. */
export interface Passed {
  /** The command that it is in, as far as it has come; and its body. */
  command: Json;
  body: Json;
  /** Of the last receive: receipt number, and how its proxy's acts stood. */
  receipt: string;
  acts: unknown;
  /** The item of the command, where both sides know it. */
  item: Item | null;
  /** Last command of the pack on an application, by the application's id. */
  lastOf: Map<string, string>;
  /** Last `n` of the pack. */
  n: number;
}

const part = (of: unknown, key: string): unknown =>
  typeof of === 'object' && of !== null && Object.hasOwn(of, key) ? (of as Json)[key] : undefined;

const dayOf = (at: unknown): Day | undefined =>
  typeof at === 'string' && isInstant(at) ? chineseDay(at) : undefined;

/** Eight digits of a resident's number are the birth date, one tells the sex. */
const RESIDENT = /^\d{6}(\d{4})(\d{2})(\d{2})\d\d(\d)[\dX]$/;
const born = (number: unknown): string | null | undefined => {
  const found = RESIDENT.exec(String(number));
  return found ? `${found[1]}-${found[2]}-${found[3]}` : null;
};
const sexOf = (number: unknown): string | null => {
  const found = RESIDENT.exec(String(number));
  return found ? (Number(found[4]) % 2 === 1 ? 'male' : 'female') : null;
};

/** The number after the last one of the day, or the first (docs/protocol.md, section 17). */
function nextReceipt({ receipt, body }: Passed): string | undefined {
  const day = String(body['receivedOn']).replaceAll('-', '');
  if (!/^\d{28}$/.test(receipt) || !/^\d{8}$/.test(day)) return undefined;
  const serial = day === receipt.slice(12, 20) ? Number(receipt.slice(23, 27)) + 1 : 1;
  const digits = receipt.slice(0, 12) + day + receipt.slice(20, 23) + String(serial).padStart(4, '0');
  return digits + mod1110(digits);
}

const signer = ({ body }: Passed): unknown =>
  part(body['handler'], 'name') ??
  part(part(body['applicant'], 'guardian'), 'name') ??
  part(part(body['applicant'], 'representative'), 'name') ??
  part(body['applicant'], 'name');
const principal = ({ body }: Passed): unknown =>
  part(part(body['applicant'], 'guardian'), 'name') ??
  part(part(body['applicant'], 'representative'), 'name') ??
  part(body['applicant'], 'name');

/** By path; what stands in no rule is foreseen as it stood at its path the last time. */
export const FORESIGHT: Readonly<Record<string, (passed: Passed) => unknown>> = {
  'commands[].n': ({ n }) => n + 1,
  'commands[].after': ({ lastOf, command }) => lastOf.get(String(command['applicationId'])) ?? null,
  'commands[].body.receivedOn': ({ command }) => dayOf(command['at']),
  'commands[].body.receiptNumber': nextReceipt,
  'commands[].body.applicant.birthDate': ({ body }) => born(part(body['applicant'], 'idNumber')),
  'commands[].body.applicant.sex': ({ body }) => sexOf(part(body['applicant'], 'idNumber')),
  'commands[].body.handler.acts': ({ acts }) => acts,
  'commands[].body.handler.authorisation.by': principal,
  'commands[].body.signature.by': signer,
  'commands[].body.present': ({ body }) => part(body['handler'], 'kind') === 'self',
  'commands[].body.materials': ({ item }) =>
    item?.materials.map(({ code, kind, copies }) => ({ code, kind, copies, status: 'received' })),
  'answer:idNumber': ({ body }) => part(body['applicant'], 'idNumber'),
  'answer:phone': ({ body }) => part(body['applicant'], 'phone'),
  'answer:address': ({ body }) => part(body['applicant'], 'address'),
  'runs[].actor': ({ command }) => command['actor'],
  'runs[].to': ({ n }) => n,
};

/** As the request begins. */
export const nothingPassed = (): Passed => ({
  command: {},
  body: {},
  receipt: '',
  acts: undefined,
  item: null,
  lastOf: new Map(),
  n: 0,
});
