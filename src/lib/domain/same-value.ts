/** Equality of plain JSON values, whatever the order of keys. A missing key equals none: undefined counts as absent. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = (value: object): string[] =>
    Object.keys(value).filter((k) => (value as Record<string, unknown>)[k] !== undefined);
  const keysA = keys(a);
  return (
    keysA.length === keys(b).length &&
    keysA.every(
      (k) =>
        Object.hasOwn(b, k) &&
        sameValue((a as Record<string, unknown>)[k], (b as Record<string, unknown>)[k]),
    )
  );
}
