/** What an administrator may write about a release: short, and about no person; it is kept for good. */
export const LONGEST_NOTE = 200;

/** What is wrong with it; undefined when nothing is. */
export function noteProblem(text: string): string | undefined {
  const over = [...text].length - LONGEST_NOTE;
  if (over > 0) return `最多 ${LONGEST_NOTE} 字，多了 ${over} 字，请删减`;
  // phone and identity numbers, also typed with spaces
  return /\d{11}/.test(text.normalize('NFKC').replace(/[\s-]/g, ''))
    ? '看起来有手机号或证件号，请去掉；这里不写个人信息'
    : undefined;
}
