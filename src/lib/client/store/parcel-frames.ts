/**
 * What is in a courier's parcel, frame by frame: first a head, then commands in the order of their chains with the head
 * after each and its actor's signature, then the photos that still have to go. The first byte of a frame says which it is.
 * Everything that is read is checked: a parcel may come from another program.
 */
import * as v from 'valibot';
import { ROLES } from '#lib/domain/roles.ts';
import { PHOTO_TYPES } from '#lib/domain/materials.ts';
import { wireCommand, type WireCommand } from '#lib/protocol/command.ts';
import { readBody } from '#lib/protocol/read-body.ts';
import { count, instant, sha256, shortId, signature, text } from '#lib/protocol/primitives.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';

const head = v.strictObject({
  format: v.literal('jinban-unsent-2'),
  /** Whose outbox it is, and where that stands. */
  device: shortId,
  number: v.pipe(v.string(), v.regex(/^\d{3}$/)),
  site: v.strictObject({ id: shortId, code: text(20), name: text(200), path: text(200) }),
  /** Who worked there, so that their commands are shown as they were pressed. */
  people: v.array(v.strictObject({ id: shortId, name: text(100), roles: v.array(v.picklist(ROLES)) })),
  madeAt: instant,
  commands: count,
  photos: count,
});
export type ParcelHead = v.InferOutput<typeof head>;

const entries = v.array(v.strictObject({ command: wireCommand, head: sha256, sig: signature }));
/** A command with the head after it and its actor's signature of that head. */
export interface Carried {
  command: WireCommand;
  head: string;
  sig: string;
}

const photo = v.strictObject({ site: shortId, sha256, size: count, type: v.picklist(PHOTO_TYPES) });
export type CarriedPhoto = v.InferOutput<typeof photo> & { bytes: Bytes };

export type Frame =
  | { is: 'head'; head: ParcelHead }
  | { is: 'commands'; commands: Carried[] }
  | { is: 'photo'; photo: CarriedPhoto };

const [HEAD, COMMANDS, PHOTO] = [1, 2, 3];

function joined(kind: number, ...parts: Uint8Array[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 1));
  bytes[0] = kind;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

export function writeFrame(frame: Frame): Bytes {
  switch (frame.is) {
    case 'head':
      return joined(HEAD!, json(frame.head));
    case 'commands':
      return joined(COMMANDS!, json(frame.commands));
    case 'photo': {
      const { bytes, ...about } = frame.photo;
      const told = json(about);
      return joined(PHOTO!, new Uint8Array([told.length >> 8, told.length & 255]), told, bytes);
    }
  }
}

/** null: no frame of ours, or of a newer program. */
export function readFrame(bytes: Bytes): Frame | null {
  const body = bytes.subarray(1);
  try {
    switch (bytes[0]) {
      case HEAD:
        return { is: 'head', head: v.parse(head, parsed(body)) };
      case COMMANDS: {
        const commands = v.parse(entries, parsed(body));
        // the page shows them at once: a body that it does not know would break it
        if (!commands.every(({ command }) => readBody(command.kind, command.body) !== null)) return null;
        return { is: 'commands', commands: commands as Carried[] };
      }
      case PHOTO: {
        const length = (body[0]! << 8) | body[1]!;
        const about = v.parse(photo, parsed(body.subarray(2, 2 + length)));
        return { is: 'photo', photo: { ...about, bytes: body.slice(2 + length) } };
      }
      default:
        return null;
    }
  } catch {
    return null;
  }
}

const parsed = (bytes: Uint8Array): unknown =>
  JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
