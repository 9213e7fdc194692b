/**
 * A person's name as it may be printed on a form (domain.md §6).
 * Han characters of every plane, `·` between the parts of a name, Latin letters with space ' - . for foreigners;
 * 1 to 100 code points, no shorter cap: some names have one character, some thirty. Anything else — digits,
 * brackets, markup — is named and refused here; free text instead keeps it and is shown as text.
 * Character ranges are spelled out, not taken from the browser's Unicode tables, so that an old browser and the
 * office judge a rare character alike.
 */
import { cleanText, countCharacters } from './plain-text.ts';

export type NameProblem =
  | { problem: 'empty' }
  | { problem: 'long'; length: number }
  | { problem: 'character'; character: string }
  | { problem: 'dots' };

export type NameReading = { ok: true; name: string } | ({ ok: false } & NameProblem);

const LONGEST = 100;

/** Radicals, 々〇, extension A, the basic block, compatibility forms, and planes 2 and 3 (extensions B and on). */
const HAN = '\\u2E80-\\u2FDF\\u3005\\u3007\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{3FFFF}';
/** Variation selectors that choose the form of a Han character; they are printed with it. */
const HAN_FORM = '\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}';
const LATIN = 'A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u024F\\u1E00-\\u1EFF';

const FORBIDDEN = new RegExp(`[^${HAN}${HAN_FORM}${LATIN}· '.-]`, 'u');
const BETWEEN_HAN = new RegExp(`(?<=[${HAN}])[ .](?=[${HAN}])`, 'gu');
const HAS_LETTER = new RegExp(`[${HAN}${LATIN}]`, 'u');

/** Reads a name as typed or pasted; dots of every keyboard become `·`, and spaces between Han characters go. */
export function readPersonName(raw: string): NameReading {
  const name = normalisePersonName(raw);
  if (name === '') return { ok: false, problem: 'empty' };
  const forbidden = FORBIDDEN.exec(name);
  if (forbidden) return { ok: false, problem: 'character', character: forbidden[0] };
  if (/^·|·$|··/.test(name) || !HAS_LETTER.test(name)) return { ok: false, problem: 'dots' };
  const length = countCharacters(name);
  return length > LONGEST ? { ok: false, problem: 'long', length } : { ok: true, name };
}

/** The same name written the same way; used before comparing names too. */
export function normalisePersonName(raw: string): string {
  return cleanText(raw)
    .replace(/[•‧・．･∙⋅]/g, '·')
    .replace(/[\uFF01-\uFF5E]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(/[‘’]/g, "'")
    .replace(/[‐‑–]/g, '-')
    .replace(/\s+/gu, ' ')
    .replace(/ ?· ?/g, '·')
    .replace(BETWEEN_HAN, (one) => (one === '.' ? '·' : ''))
    .trim();
}

/** What the counter says, with the way out; `who` as in 申请人姓名. */
export function nameProblemText(problem: NameProblem, who = '姓名'): string {
  switch (problem.problem) {
    case 'empty':
      return `请填写${who}`;
    case 'long':
      return `${who}最多 ${LONGEST} 个字，现在有 ${problem.length} 个，请对照证件再核一遍`;
    case 'character':
      return /\d/.test(problem.character)
        ? `${who}里不能有数字“${problem.character}”，请对照证件再核一遍`
        : `${who}里有不能用的字符“${problem.character}”，请删去，再对照证件核一遍`;
    case 'dots':
      return `${who}里的间隔点“·”只能写在两段名字之间，请改正`;
  }
}
