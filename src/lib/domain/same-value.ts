/** Equality of plain JSON values, whatever the order of keys. A missing key equals none: undefined counts as absent. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  // asked for every value of every request: no list of keys is made but these
  let members = 0;
  for (const key of Object.keys(one)) {
    if (one[key] === undefined) continue;
    members++;
    if (!Object.hasOwn(other, key) || !sameValue(one[key], other[key])) return false;
  }
  for (const key of Object.keys(other)) if (other[key] !== undefined) members--;
  return members === 0;
}
