/**
 * The patch between two values, made when a release is published (patch.ts says what it is and applies it). Items,
 * materials and questions are known again by their code or key wherever they stand; all else by being equal.
 */
import { canonicalJson } from '../canonical.ts';
import { CAME, GONE, isMembers, type Patch } from '../patch.ts';

/** The patch that turns the one JSON value into the other; an empty object where nothing differs. */
export function difference(old: unknown, next: unknown): Patch {
  if (Array.isArray(old) && Array.isArray(next)) return ofLists(old, next);
  if (isMembers(old) && isMembers(next)) return ofMembers(old, next);
  return next;
}

function ofMembers(old: Record<string, unknown>, next: Record<string, unknown>): Patch {
  const patch: Record<string, unknown> = {};
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(next, key));
  if (gone.length > 0) patch[GONE] = gone;
  for (const [key, value] of Object.entries(next)) {
    const known = Object.hasOwn(old, key);
    if (known && isSame(old[key], value)) continue;
    patch[key] = known ? difference(old[key], value) : value;
  }
  return patch;
}

function ofLists(old: readonly unknown[], next: readonly unknown[]): Patch {
  const stays = stayingOf(old.map(identity), next.map(identity));
  const kept = new Set(stays.values());
  const patch: Record<string, unknown> = {};
  const came: Record<number, unknown> = {};
  next.forEach((value, at) => {
    const from = stays.get(at);
    if (from === undefined) came[at] = value;
    else if (!isSame(old[from], value)) patch[at] = difference(old[from], value);
  });
  const gone = [...old.keys()].filter((at) => !kept.has(at));
  if (gone.length > 0) patch[GONE] = gone;
  if (Object.keys(came).length > 0) patch[CAME] = came;
  return patch;
}

/** Which position of the new list was which of the old: as many as can stay in their order. */
function stayingOf(before: readonly string[], after: readonly string[]): Map<number, number> {
  const places = new Map<string, number[]>();
  before.forEach((id, at) => places.set(id, [...(places.get(id) ?? []), at]));
  /** Chains by their length: each ends as early in the old list as one of its length can. */
  const ends: { from: number; at: number; before: unknown }[] = [];
  after.forEach((id, at) => {
    const from = places.get(id)?.shift();
    if (from === undefined) return;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]!.from < from) low = middle + 1;
      else high = middle;
    }
    ends[low] = { from, at, before: ends[low - 1] };
  });
  const stays = new Map<number, number>();
  for (let link = ends.at(-1); link; link = link.before as typeof link) stays.set(link.at, link.from);
  return stays;
}

function identity(value: unknown): string {
  if (!isMembers(value)) return canonicalJson(value);
  const { code, key } = value;
  return String(code ?? key ?? canonicalJson(value));
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || canonicalJson(one) === canonicalJson(other);
