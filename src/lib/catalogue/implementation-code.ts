/**
 * The 31-digit implementation code (实施编码): who acts (统一社会信用代码, 18), at which level (行使层级, 1), what
 * (基本编码, 12). Source: domain.md §1.1, confirmed on a real sample. Whether the credit code's own check digit
 * is right is not judged here.
 */

/** 行使层级: 4 county, 5 township or subdistrict, 6 village or community. */
const LEVEL_DIGITS = { county: '4', township: '5', subdistrict: '5', village: '6' } as const;
export type ExercisingLevel = keyof typeof LEVEL_DIGITS;

const CREDIT_CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/; // GB 32100: no I, O, S, V, Z
const ITEM_CODE = /^[0-9A-Z]{12}$/;

export interface ImplementationCode {
  creditCode: string;
  levelDigit: string;
  itemCode: string;
}

/** Composes the code. Throws RangeError where a part has not its shape. */
export function implementationCode(creditCode: string, level: ExercisingLevel, itemCode: string): string {
  if (!CREDIT_CODE.test(creditCode)) throw new RangeError(`not a credit code: ${creditCode}`);
  if (!ITEM_CODE.test(itemCode)) throw new RangeError(`not a 12-digit item code: ${itemCode}`);
  return creditCode + LEVEL_DIGITS[level] + itemCode;
}

/** The parts of a code; null where the text is none. */
export function parseImplementationCode(code: string): ImplementationCode | null {
  const [creditCode, levelDigit, itemCode] = [code.slice(0, 18), code.slice(18, 19), code.slice(19)];
  const right = CREDIT_CODE.test(creditCode) && /^[1-6]$/.test(levelDigit) && ITEM_CODE.test(itemCode);
  return right ? { creditCode, levelDigit, itemCode } : null;
}
