/**
 * What a county may do with its sites (站点), and why not. Pure: counts are given. A site's id is permanent; what ends is
 * kept with its history, never deleted.
 */
import { readPhone, phoneProblemText } from './phone.ts';
import { cleanText, countCharacters, halfWidth } from './plain-text.ts';
import type { SiteLevel } from './site.ts';

export const SITE_REFUSALS = [
  'noSite',
  'noTarget',
  'sameSite',
  'notStation',
  'targetClosed',
  'otherTownship',
  'sameTownship',
  'merged',
  'openApplications',
  'devicesLeft',
  'staffLeft',
  'stationsLeft',
  'codeTaken',
] as const;
export type SiteRefusal = (typeof SITE_REFUSALS)[number];

/** What happened, why, and what to do. */
export function siteRefusalWords(why: SiteRefusal, count = 0): { what: string; remedy: string } {
  switch (why) {
    case 'noSite':
      return { what: '本县没有这个站点', remedy: '可能刚刚撤并了，请回站点列表再找。' };
    case 'noTarget':
      return { what: '没有找到目标站点', remedy: '请用 12 位代码，只能是本县的站点。' };
    case 'sameSite':
      return { what: '目标就是它自己', remedy: '请换一个目标。' };
    case 'notStation':
      return { what: '只有村（社区）站可以这样办', remedy: '乡镇、街道的撤并要先把下面的村站划转出去。' };
    case 'targetClosed':
      return { what: '目标已经关闭', remedy: '请先重新开放它，或者换一个目标。' };
    case 'otherTownship':
      return { what: '两个站不在同一个乡镇', remedy: '请先把这个站划转到那个乡镇，再并入。' };
    case 'sameTownship':
      return { what: '它已经归这个乡镇管', remedy: '不用划转。' };
    case 'merged':
      return { what: '它已经并入别的站', remedy: '并入的站不能再改；历史办件在并入的站里看。' };
    case 'openApplications':
      return { what: `还有 ${count} 件没有办结`, remedy: '请等办结，或者把它并入别的站，办件会跟着过去。' };
    case 'devicesLeft':
      return { what: `还有 ${count} 台设备在用`, remedy: '请先在“设备”里停用或转走。' };
    case 'staffLeft':
      return { what: `还有 ${count} 人在用`, remedy: '请先在“人员”里停用或调走。' };
    case 'stationsLeft':
      return { what: `下面还有 ${count} 个村站`, remedy: '请先把它们划转到别的乡镇，或者关闭。' };
    case 'codeTaken':
      return { what: '这个代码已经有站点在用', remedy: '请核对 12 位代码；代码调整时先改原来那个站的代码。' };
  }
}

/** What a 12-digit code leads to in a county, where it does not lead to an open site. */
export type NoSiteAtCode =
  | { is: 'none' | 'notACode' }
  | { is: 'closed'; id: string; fullName: string }
  | { is: 'merged'; id: string; fullName: string; into: { fullName: string; code: string } };

/** What happened, why, and what to do. */
export function noSiteAtCodeWords(found: NoSiteAtCode): { what: string; remedy: string } {
  switch (found.is) {
    case 'notACode':
      return { what: '要填站点的 12 位代码', remedy: '代码是 12 位数字，请再核一遍。' };
    case 'none':
      return { what: '本县没有这个代码的站点', remedy: '请核对 12 位代码，只能是本县的站点。' };
    case 'closed':
      return {
        what: `${found.fullName}已关闭`,
        remedy: '请换一个站点；确实还要用它，先在“站点”里查这个代码，重新开放。',
      };
    case 'merged':
      return {
        what: `${found.fullName}已并入${found.into.fullName}`,
        remedy: `请用${found.into.fullName}的代码 ${found.into.code}。`,
      };
  }
}

/** A code as it is kept, however it was typed. */
export const cleanCode = (raw: string): string => halfWidth(cleanText(raw)).replace(/\s/g, '');
export const isSiteCode = (code: string): boolean => /^\d{12}$/.test(code);

/**
 * What is wrong with the code of a site (统计用区划代码: county 6, township 3, village 3 digits). Which township it begins
 * with is not looked at: the statistical parent is not always the managing government.
 * @param county code of the county that keeps the site; undefined: not looked at
 */
export function siteCodeProblem(code: string, level: SiteLevel, county?: string): string | undefined {
  if (!isSiteCode(code)) {
    return /^\d+$/.test(code) ? `代码是 12 位数字，现在 ${code.length} 位` : '代码是 12 位数字，请再核一遍';
  }
  if (county !== undefined && code.slice(0, 4) !== county.slice(0, 4))
    return `代码不是本市的：应以 ${county.slice(0, 4)} 开头`;
  const isStation = level === 'village' || level === 'community';
  if (isStation && code.endsWith('000')) return '这是乡镇、街道的代码；村（社区）的代码后三位不是 000';
  if (!isStation && !code.endsWith('000')) return '这是村（社区）的代码；乡镇、街道的代码后三位是 000';
  if (code.endsWith('000000')) return '这是县的代码；乡镇、街道的代码第 7 到 9 位不是 000';
  return undefined;
}

/** What of a site people may change. '' where there is none. */
export interface SiteForm {
  name: string;
  code: string;
  address: string;
  phone: string;
  supervisionPhone: string;
  hours: string;
}

export type SiteProblems = Partial<Record<keyof SiteForm, string>>;

const LONGEST = { name: 40, address: 100, hours: 100 } as const;

function phoneOf(raw: string): { value: string; problem?: string } {
  const read = readPhone(raw);
  if (read.ok) return { value: read.number };
  return read.problem === 'empty' ? { value: '' } : { value: raw, problem: phoneProblemText(read) };
}

/** The form as it is kept, and what is wrong with it by field. */
export function readSiteForm(
  raw: SiteForm,
  { level, county }: { level: SiteLevel; county?: string },
): { form: SiteForm; problems: SiteProblems } {
  const phone = phoneOf(raw.phone);
  const supervision = phoneOf(raw.supervisionPhone);
  const form: SiteForm = {
    name: cleanText(raw.name),
    code: cleanCode(raw.code),
    address: cleanText(raw.address),
    phone: phone.value,
    supervisionPhone: supervision.value,
    hours: cleanText(raw.hours),
  };
  const problems: SiteProblems = {};
  if (form.name === '') problems.name = '请填写站点名称';
  for (const key of ['name', 'address', 'hours'] as const) {
    const length = countCharacters(form[key]);
    if (length > LONGEST[key]) problems[key] = `最多 ${LONGEST[key]} 个字，现在 ${length} 个`;
  }
  const code = siteCodeProblem(form.code, level, county);
  if (code) problems.code = code;
  if (phone.problem) problems.phone = phone.problem;
  if (supervision.problem) problems.supervisionPhone = supervision.problem;
  return { form, problems };
}
