/**
 * Who acts. Closed list of design application.md; a person may hold several roles, but never reviews and decides the
 * same 承诺件. `office` is the office's own clock and file store; `villager` is the bearer of a query token.
 */
export const ROLES = [
  'agent', // 代办员, village or community station
  'clerk', // 窗口人员, township, subdistrict or county department
  'reviewer', // 审查人员
  'head', // 负责人, decides
  'admin', // county: keeps lists, staff and devices
  'releaser', // county: releases what another made
  'auditor', // county: reads
  'villager', // a token, not an account
  'office', // the office's own commands
] as const;
export type Role = (typeof ROLES)[number];

/** Who pressed the button, as the judge knows them. */
export interface Actor {
  id: string;
  name: string;
  roles: readonly Role[];
}

export const ROLE_NAMES: Record<Role, string> = {
  agent: '代办员',
  clerk: '窗口人员',
  reviewer: '审查人员',
  head: '负责人',
  admin: '县管理员',
  releaser: '发布员',
  auditor: '审计员',
  villager: '群众',
  office: '系统',
};
