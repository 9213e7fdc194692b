/**
 * What allows a change of the 32 locked elements (32要素（拟）, docs/decisions/0023): the number of the list owner's paper,
 * which the audit keeps. Nobody's number or telephone gets in there.
 */

const MOST = 60;

export function readBasis(said: FormDataEntryValue | null): { basis: string; problem?: string } {
  const basis = typeof said === 'string' ? said.trim().replace(/\s+/g, ' ') : '';
  if ([...basis].length > MOST) return { basis, problem: `依据最多 ${MOST} 个字，写文号就行` };
  if (/\d{11}/.test(basis.normalize('NFKC'))) {
    return { basis, problem: '依据里像是有电话或证件号码。请只写文号，例如：安政数〔2026〕8号' };
  }
  return { basis };
}
