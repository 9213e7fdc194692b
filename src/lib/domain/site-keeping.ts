/**
 * What a county may do with its sites (站点), and why not. Pure: counts are given. A site's id is permanent; what ends is
 * kept with its history, never deleted.
 */
import { readPhone, phoneProblemText } from './phone.ts';
import { cleanText, countCharacters, halfWidth } from './plain-text.ts';

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
const CODE = /^\d{12}$/;

function phoneOf(raw: string): { value: string; problem?: string } {
  const read = readPhone(raw);
  if (read.ok) return { value: read.number };
  return read.problem === 'empty' ? { value: '' } : { value: raw, problem: phoneProblemText(read) };
}

/** The form as it is kept, and what is wrong with it by field. */
export function readSiteForm(raw: SiteForm): { form: SiteForm; problems: SiteProblems } {
  const phone = phoneOf(raw.phone);
  const supervision = phoneOf(raw.supervisionPhone);
  const form: SiteForm = {
    name: cleanText(raw.name),
    code: halfWidth(cleanText(raw.code)).replace(/\s/g, ''),
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
  if (!CODE.test(form.code)) problems.code = '代码是 12 位数字，请再核一遍';
  if (phone.problem) problems.phone = phone.problem;
  if (supervision.problem) problems.supervisionPhone = supervision.problem;
  return { form, problems };
}
