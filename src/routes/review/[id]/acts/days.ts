/** A number of days as typed; the wire takes 1 to 366 (protocol/command-bodies.ts). */
export function daysProblem(typed: string): string | null {
  if (typed.trim() === '') return '请填天数';
  const days = Number(typed);
  return Number.isInteger(days) && days >= 1 && days <= 366 ? null : '天数应是 1 到 366 的整数';
}
