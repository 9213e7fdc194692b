/** What the demo tells the person who started it. */
import { formatTime } from '#lib/domain/day.ts';
import { ROLE_NAMES } from '#lib/domain/roles.ts';
import type { DemoAccount } from '#lib/server/seed/demo-accounts.ts';
import { textTable } from './text-table.ts';

/** 许村 and the counter of its township 白道口镇, in 滑县. */
export const DEMO_SITES = ['410526102213', '410526102000'] as const;

export interface DemoSheet {
  dataDir: string;
  /** Which database, without the password. */
  database: string;
  /** PostgreSQL, which DATABASE_URL names. */
  onServer: boolean;
  passphrase: string;
  accounts: DemoAccount[];
  codes: { site: DemoAccount['site']; code: string; expiresAt: string }[];
}

const rolesOf = ({ roles, department }: DemoAccount): string =>
  roles.map((role) => ROLE_NAMES[role]).join('、') + (department === null ? '' : `（${department}）`);

export function demoWords(sheet: DemoSheet, address: string): string[] {
  const { dataDir, passphrase, accounts, codes, database, onServer } = sheet;
  const shown = accounts.filter(
    (one) => one.login !== null || codes.some(({ site }) => site.id === one.site.id),
  );
  const rest = accounts.length - shown.length;
  const rows = shown.map((one) => [
    one.site.fullName,
    rolesOf(one),
    one.name,
    one.login === null ? '登记过的电脑上点名字' : `${address}/county 登录名 ${one.login}`,
  ]);
  return [
    '',
    '演示账号（人名、电话、证件号都是编的；事项是示例，不是公布的清单）',
    '',
    ...textTable(['站点', '做什么', '姓名', '在哪儿登录'], rows),
    '',
    `口令都是：${passphrase}`,
    `另有 ${rest} 人：留固镇的窗口，以及两个镇其他村的代办员，口令相同。`,
    '',
    '登记码（一个浏览器登记成一个站点；在一台电脑上演两边，请用两个浏览器，或者两个浏览器用户）',
    '',
    ...textTable(
      ['登记码', '站点', '有效到'],
      codes.map(({ site, code, expiresAt }) => [code, site.fullName, formatTime(expiresAt)]),
    ),
    '',
    `再要登记码：npm run enrol -- --site 代码${onServer ? '（DATABASE_URL 不变）' : ` --data-dir ${dataDir}`}，或在 ${address}/county 里开。`,
    `停止：按 Ctrl+C。数据留在 ${database}，下次接着用。`,
    '',
  ];
}
