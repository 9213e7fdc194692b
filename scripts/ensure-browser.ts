/**
 * Makes sure that the tests have a Chromium and a Chinese font: what is there is used; on Debian as root the
 * missing is installed; otherwise it says plainly what is missing and what to do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './chromium.ts';

const packages = { browser: 'chromium', font: 'fonts-noto-cjk' };

const hasChineseFont = (): boolean => {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
};

const canInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Returns whether apt-get installed all of them. */
function install(names: readonly string[]): boolean {
  console.log(`正在安装 ${names.join('、')}（apt-get，首次需要几分钟）…`);
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  // a stale mirror list must not stop an install that the local cache can serve
  if (!apt('update', '-qq')) console.warn('apt-get update 没有成功，仍尝试安装。');
  return apt('install', '-y', '-qq', '--no-install-recommends', ...names);
}

/** What to tell a person when it could not be installed; undefined when nothing is missing. */
export function advice(missing: { browser: boolean; font: boolean }): string | undefined {
  if (!missing.browser && !missing.font) return undefined;
  const names = [...(missing.browser ? [packages.browser] : []), ...(missing.font ? [packages.font] : [])];
  const what = [...(missing.browser ? ['Chromium 浏览器'] : []), ...(missing.font ? ['中文字体'] : [])];
  return [
    `缺少${what.join('和')}，浏览器测试和流程测试需要它。请任选一种办法：`,
    `  1. Debian / Ubuntu：sudo apt-get update && sudo apt-get install -y ${names.join(' ')}`,
    ...(missing.browser
      ? [
          '  2. 已有 Chromium 或 Chrome：设环境变量 CHROMIUM_PATH=可执行文件的路径',
          '  3. npx playwright install chromium',
        ]
      : ['  2. 安装任意一种中文字体（fc-list :lang=zh 应能列出）']),
    `Missing: ${names.join(', ')}. Install with apt-get${missing.browser ? ', set CHROMIUM_PATH, or run "npx playwright install chromium"' : ''}.`,
  ].join('\n');
}

/**
 * Returns whether tests can start a browser. A missing font is reported but does not stop them: only the look
 * of printed Chinese depends on it.
 */
export function ensureBrowser(): boolean {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted && !existsSync(wanted)) console.warn(`CHROMIUM_PATH=${wanted} 不存在，另找其他 Chromium。`);
  const missing = () => ({ browser: findChromium() === undefined, font: !hasChineseFont() });
  let now = missing();
  if ((now.browser || now.font) && canInstall()) {
    install([...(now.browser ? [packages.browser] : []), ...(now.font ? [packages.font] : [])]);
    now = missing();
  }
  const message = advice(now);
  if (message) console.error(message);
  else console.log(`Chromium：${findChromium()}`);
  return !now.browser;
}
