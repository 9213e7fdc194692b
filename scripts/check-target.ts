/**
 * Fails when the built client holds syntax or CSS that Chromium 109 does not know. It reads every built file,
 * the service worker too, which Kit builds without our build.target.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cssProblems, newerMethods, syntaxProblem } from './target-floor.ts';

const root = join(process.env.BUILD_DIR ?? 'build', 'client');
const files = existsSync(root) ? readdirSync(root, { recursive: true, encoding: 'utf8' }) : [];
const scripts = files.filter((file) => /\.m?js$/.test(file));
const styles = files.filter((file) => file.endsWith('.css'));
const problems: string[] = [];

for (const file of scripts) {
  const source = readFileSync(join(root, file), 'utf8');
  const problem = syntaxProblem(source);
  if (problem) problems.push(`${file}: ${problem}`);
  const methods = newerMethods(source);
  if (methods.length > 0) console.log(`  ${file} 提到 ${methods.join('、')}（应有能力检测）`);
}
for (const file of styles)
  for (const problem of cssProblems(readFileSync(join(root, file), 'utf8')))
    problems.push(`${file}: ${problem}`);

if (scripts.length === 0) problems.push(`${root} 里没有脚本：请先运行 npm run build`);
if (scripts.length > 0 && !scripts.includes('service-worker.js')) problems.push('没有找到 service-worker.js');
for (const problem of problems) console.error(`Chromium 109 不认识：${problem}`);
console.log(`浏览器底线：${scripts.length} 个脚本，${styles.length} 个样式表，${problems.length} 个问题`);
process.exitCode = problems.length > 0 ? 1 : 0;
