/** The fields of a site's form, new or kept, and how what is wrong is listed. */
import type { SiteForm, SiteProblems } from '#lib/domain/site-keeping.ts';

export const SITE_FIELDS = [
  { id: 'name', label: '名称', required: true },
  { id: 'code', label: '12 位代码', required: true },
  { id: 'address', label: '地址', required: false },
  { id: 'phone', label: '电话', required: false },
  { id: 'supervisionPhone', label: '监督电话', required: false },
  { id: 'hours', label: '开门时间', required: false },
] as const satisfies readonly { id: keyof SiteForm; label: string; required: boolean }[];

export const EMPTY_SITE: SiteForm = {
  name: '',
  code: '',
  address: '',
  phone: '',
  supervisionPhone: '',
  hours: '',
};

/** For the error summary, in the order of the form. */
export const siteErrors = (problems: SiteProblems): { id: string; text: string }[] =>
  SITE_FIELDS.flatMap(({ id }) => (problems[id] ? [{ id, text: problems[id] }] : []));
