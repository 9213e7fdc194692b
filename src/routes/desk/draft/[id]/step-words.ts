/** The six steps in the words of the counter, and where each lies. */
import type { StepName } from '#lib/domain/draft.ts';

export const STEP_TITLES: Readonly<Record<StepName, string>> = {
  applicant: '申请人（委托人）',
  handler: '谁来办与委托书',
  form: '表单',
  materials: '材料',
  check: '核对',
  sign: '签名，提交',
};

/** Where there is little room. */
export const STEP_LABELS: Readonly<Record<StepName, string>> = {
  applicant: '申请人',
  handler: '谁来办',
  form: '表单',
  materials: '材料',
  check: '核对',
  sign: '签名提交',
};

export const draftHref = (id: string): string => `/desk/draft/${id}`;
export const stepHref = (id: string, step: StepName): string => `/desk/draft/${id}/${step}`;

/** 两样, 五样, 12 样 */
export const countWord = (count: number): string =>
  count >= 0 && count <= 10 ? `${'零一两三四五六七八九十'.charAt(count)}样` : `${count} 样`;
