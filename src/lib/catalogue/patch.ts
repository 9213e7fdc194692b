/**
 * From a value of an older release to the same value of a newer one, without loading it whole: five changed items are
 * some hundred bytes. A patch names only what differs, key by key, so that brotli finds the keys of one item again in the
 * next. Invariant: a patch is never trusted; what it yields counts only when the signed manifest names its hash
 * (rebuild.ts), and otherwise the release is loaded whole.
 *
 * Between two objects: the keys that differ, each with the patch between both values, and `-`: the keys that went.
 * Between two lists: `-`: positions in the old list that went; `+`: what came, by its position in the new list; then, by
 * position in the new list, the patches of what stayed and differs. Between anything else: the new value itself.
 */
/** What stands where nothing differs: an object without keys. */
export type Patch = unknown;

/** Keys of a patch that are none of the value's. */
export const GONE = '-';
export const CAME = '+';

type Members = Record<string, unknown>;
export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The new value; the old one is not changed. Throws TypeError where the patch does not fit the old value. */
export function applyPatch(old: unknown, patch: Patch): unknown {
  if (!isMembers(patch)) return patch;
  if (Array.isArray(old)) return patchedList(old, patch);
  if (isMembers(old)) return patchedMembers(old, patch);
  // an object where there was none
  return patch;
}

function patchedMembers(old: Members, { [GONE]: gone = [], ...changed }: Members): Members {
  if (!Array.isArray(gone)) misfit();
  const next: Members = {};
  for (const [key, value] of Object.entries(old)) if (!gone.includes(key)) next[key] = value;
  for (const [key, patch] of Object.entries(changed)) {
    if (key === '__proto__') misfit();
    next[key] = applyPatch(Object.hasOwn(old, key) ? old[key] : undefined, patch);
  }
  return next;
}

function patchedList(old: readonly unknown[], patch: Members): unknown[] {
  const { [GONE]: gone = [], [CAME]: came = {}, ...changed } = patch;
  if (!Array.isArray(gone) || !isMembers(came)) misfit();
  const left = new Set<unknown>(gone);
  const stayed = old.filter((_, i) => !left.has(i));
  const length = stayed.length + Object.keys(came).length;
  let from = 0;
  const next = Array.from({ length }, (_, at) => (Object.hasOwn(came, at) ? came[at] : stayed[from++]));
  // a position beyond the end took nothing in: then something of what stayed is left over, or missing
  if (from !== stayed.length) misfit();
  for (const [key, change] of Object.entries(changed)) {
    const at = Number(key);
    if (!Number.isSafeInteger(at) || at < 0 || at >= length) misfit();
    next[at] = applyPatch(next[at], change);
  }
  return next;
}

function misfit(): never {
  throw new TypeError('the patch does not fit');
}
