/**
 * Stops on a Node older than 24 and says what to do. Plain JavaScript, because the old Node must run it.
 * npm scripts find Node 24 in node_modules/.bin, wherever one of the node-* packages of
 * optionalDependencies was installed.
 */
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    [
      `需要 Node 24 或更新版本，现在用的是 ${process.version}。`,
      '本项目的 Node 24 随 npm 一起安装：请在项目目录运行 npm ci（不要加 --omit=optional），再用 npm run … 启动。',
      `本机（${process.platform}-${process.arch}）没有随附的 Node 24 时，请自行安装 Node 24。`,
      '',
      `Node 24 or newer is needed, this is ${process.version}. It comes with the packages: run "npm ci"`,
      '(without --omit=optional), then start things through "npm run …". Where no packaged Node exists',
      `for this platform (${process.platform}-${process.arch}), install Node 24 yourself.`,
    ].join('\n'),
  );
  process.exit(1);
}
