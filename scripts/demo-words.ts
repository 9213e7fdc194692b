/** What the demo tells the person who started it: who signs in where, and what to try. */
import { formatTime } from '#lib/domain/day.ts';
import { ROLE_NAMES } from '#lib/domain/roles.ts';
import { STATE_NAMES, STATES, type State } from '#lib/domain/state.ts';
import type { DemoAccount } from '#lib/server/seed/demo-accounts.ts';
import { textTable } from './text-table.ts';

/** 许村, the counter of its township 白道口镇 in 滑县, and the station where one practises for it. */
export const DEMO_SITES = ['410526102213', '410526102000', '990526102900'] as const;

export interface DemoSheet {
  dataDir: string;
  /** Which database, without the password. */
  database: string;
  /** PostgreSQL, which DATABASE_URL names. */
  onServer: boolean;
  passphrase: string;
  accounts: DemoAccount[];
  codes: { site: DemoAccount['site']; code: string; expiresAt: string }[];
  /** Applications by state. */
  states: Partial<Record<State, number>>;
}

const rolesOf = ({ roles, department }: DemoAccount): string =>
  roles.map((role) => ROLE_NAMES[role]).join('、') + (department === null ? '' : `（${department}）`);

const STATION = '许村的电脑';
const COUNTER = '镇上的电脑';

/** Only what a living city has. */
const TO_TRY: readonly (readonly [where: string, what: string])[] = [
  [STATION, '首页“先办”：要补正的、结果已出等送达的、快到期的；收一件新的，断网也行'],
  [STATION, '搜 gljt、高龄、长寿钱都能找到高龄津贴；办过的人再来，资料不用再填'],
  [COUNTER, '待办：新收、已补正、待分办、待送达；办过认领、容缺、收件日存疑、疑似重复、视为受理的都有'],
  [COUNTER, '审查人员看“审查中、特别程序”，负责人看“待决定”；“即将超期”里有超期的和超法定的'],
  [COUNTER, '点开一件：材料照片（样本）、一次告知、经过；一个人办的每一步都记着时间'],
  ['练习站的电脑', '先当练习代办员收件，再换练习窗口人员受理：不是真办件，随便试'],
];

function placeWords(address: string, shown: readonly DemoAccount[]): string[] {
  const rows = shown.map((one) => [
    one.site.fullName,
    rolesOf(one),
    one.name,
    one.login === null ? '登记过的电脑上点名字' : `${address}/county 登录名 ${one.login}`,
  ]);
  return textTable(['站点', '做什么', '姓名', '在哪儿登录'], rows);
}

function yearWords(states: DemoSheet['states']): string[] {
  const all = STATES.reduce((sum, state) => sum + (states[state] ?? 0), 0);
  if (all === 0) return ['这座城市还没有办件（--quiet）。', ''];
  const counted = STATES.flatMap((state) =>
    states[state] ? [`${STATE_NAMES[state]} ${states[state]}`] : [],
  );
  return [
    `滑县过去一年的办件 ${all} 件：${counted.join('、')}。`,
    '',
    '可以试试',
    '',
    ...textTable(
      ['在哪儿', '看什么'],
      TO_TRY.map((row) => [...row]),
    ),
    '',
  ];
}

export function demoWords(sheet: DemoSheet, address: string): string[] {
  const { dataDir, passphrase, accounts, codes, database, onServer, states } = sheet;
  const shown = accounts.filter(
    (one) => one.login !== null || codes.some(({ site }) => site.id === one.site.id),
  );
  const rest = accounts.length - shown.length;
  const option = onServer ? '（DATABASE_URL 不变）' : ` --data-dir ${dataDir}`;
  return [
    '',
    '演示账号（人名、电话、证件号都是编的；事项是示例，不是公布的清单）',
    '',
    ...placeWords(address, shown),
    '',
    `口令都是：${passphrase}`,
    `另有 ${rest} 人在其他乡镇、村和练习站，口令相同。`,
    '',
    ...yearWords(states),
    '登记码（一个浏览器登记成一个站点；在一台电脑上演两边，请用两个浏览器，或者两个浏览器用户）',
    '',
    ...textTable(
      ['登记码', '站点', '有效到'],
      codes.map(({ site, code, expiresAt }) => [code, site.fullName, formatTime(expiresAt)]),
    ),
    '',
    `再要登记码：npm run enrol -- --site 代码${option}，或在 ${address}/county 里开。`,
    `清空练习站：npm run training -- --empty 990526102900${option}`,
    `停止：按 Ctrl+C。数据留在 ${database}，下次接着用。`,
    '',
  ];
}
