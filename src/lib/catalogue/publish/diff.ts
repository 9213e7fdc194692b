/**
 * Patches between two versions of a part, made when a release is published (patch.ts applies them). Greedy: go on
 * where the last copy ended, else look ahead for the next stretch that both texts share, else anywhere.
 */
import type { Bytes } from '../hash.ts';
import type { Patch } from '../patch.ts';

/** A shared stretch shorter than this costs more to point at than to write. */
const STRETCH = 20;

/** The patch that turns the old raw bytes into the new ones. Both are UTF-8 text, as all parts are. */
export function diffPart(old: Bytes, next: Bytes): Patch {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return diffText(decoder.decode(old), decoder.decode(next));
}

function diffText(old: string, next: string): Patch {
  const patch: Patch = [];
  let end = 0; // of the last copy, in old
  let at = 0; // in next
  while (at < next.length) {
    const found = sharedStretch(old, next, end, at) ?? end;
    const copied = sharedLength(old, next, found, at);
    const move = found - end;
    end = found + copied;
    const write = (at += copied);
    while (at < next.length && sharedStretch(old, next, end + at - write, at) === null) at++;
    patch.push(move, copied, next.slice(write, at));
  }
  return patch;
}

/** Where old goes on like next does at \`at\`: here, else ahead, else from the beginning. */
function sharedStretch(old: string, next: string, here: number, at: number): number | null {
  const stretch = next.slice(at, at + STRETCH);
  if (stretch.length < STRETCH) return old.endsWith(stretch) ? old.length - stretch.length : null;
  if (old.startsWith(stretch, here)) return here;
  const ahead = old.indexOf(stretch, Math.max(0, here - 2 * STRETCH));
  if (ahead >= 0) return ahead;
  const anywhere = old.indexOf(stretch);
  return anywhere >= 0 ? anywhere : null;
}

function sharedLength(old: string, next: string, from: number, at: number): number {
  let length = 0;
  while (at + length < next.length && old.charCodeAt(from + length) === next.charCodeAt(at + length))
    length++;
  return length;
}
