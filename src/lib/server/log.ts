/**
 * The office's log. No personal data: what is logged is ids, kinds and codes, and a last net takes out identity and
 * telephone numbers and every Chinese word, because an exception may quote what it choked on (ASVS 16.2.5).
 */
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

const ID_NUMBER = /(?<![0-9A-Za-z])\d{15}(?:\d{2}[\dXx])?(?![0-9A-Za-z])/g;
const PHONE = /(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![0-9A-Za-z])/g;
/** The log is written in English: Chinese text in it is somebody's name, address or answer. */
const CHINESE = /[\p{Script=Han}·]+/gu;

export const scrub = (text: string): string =>
  text.replace(ID_NUMBER, '[number]').replace(PHONE, '[phone]').replace(CHINESE, '[text]');

function scrubAll(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 4) return '[deep]';
  if (Array.isArray(value)) return value.map((one) => scrubAll(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, scrubAll(one, depth + 1)]));
}

/** What may be known of an exception: its kind and place. Its words only scrubbed, and none of a parser's quotations. */
export function errorFacts(error: unknown): { error: string; code?: string; words?: string; stack?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    // JSON.parse quotes its input
    ...(error instanceof SyntaxError ? {} : { words: scrub(error.message).slice(0, 300) }),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .join('\n'),
  };
}

/** Keys that never belong into a log, whoever puts them there. */
const SECRETS = ['cookie', 'token', 'proof', 'signature', 'body', 'passphrase', 'idNumber', 'phone', 'name'];

export function createLog(destination?: DestinationStream): Log {
  return pino(
    {
      level: process.env.LOG_LEVEL ?? 'info',
      base: null,
      redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
      formatters: { log: (entry) => scrubAll(entry) as Record<string, unknown> },
      hooks: {
        logMethod(args, method) {
          const scrubbed = args.map((one) => (typeof one === 'string' ? scrub(one) : one));
          method.apply(this, scrubbed as Parameters<typeof method>);
        },
      },
    },
    ...(destination ? [destination] : []),
  );
}
