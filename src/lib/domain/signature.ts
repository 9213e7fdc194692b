/**
 * When a signature (签名) counts: drawn with something on it, or on paper with the signer's name; a fingerprint with a
 * witness who signs and is somebody else. Whose signature it must be is signerOf (applicant.ts).
 */
import type { HandSignature, Signature } from './commands.ts';

/** Bounds keep a command small: a signature of a thousand points is about 8 KB. */
export const MAX_STROKES = 200;
export const MAX_POINTS = 3000;

export function isSigned(signature: Signature): boolean {
  if (signature.kind !== 'fingerprint') return isHandSigned(signature);
  const { by, witness } = signature;
  return by.trim() !== '' && isHandSigned(witness) && witness.by.trim() !== by.trim();
}

function isHandSigned(signature: HandSignature): boolean {
  if (signature.by.trim() === '') return false;
  if (signature.kind === 'paper') return true;
  const points = signature.strokes.reduce((sum, stroke) => sum + stroke.length / 2, 0);
  return points >= 2 && points <= MAX_POINTS && signature.strokes.length <= MAX_STROKES;
}
