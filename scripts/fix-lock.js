/**
 * Completes package-lock.json after `npm install`. Some registries answer 404 for packages of other
 * platforms; npm then leaves them out of the lock, and `npm ci` refuses it ("Missing: X@ from lock file").
 * This adds a platform-gated stub for each: npm ci is content, and never fetches one on this platform.
 * Plain JavaScript: it must run under any Node, before anything is installed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const systems = [
  'android',
  'darwin',
  'freebsd',
  'win32',
  'linux',
  'openharmony',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
];
const processors = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32'];

/**
 * The platform a package name speaks of (`@rollup/rollup-linux-x64-musl`), or undefined when it names none.
 * @param {string} name
 */
export function platformOf(name) {
  const parts = (name.split('/').pop() ?? '').split(/[-.]/);
  const os = systems.find((system) => parts.includes(system));
  const cpu = processors.find((processor) => parts.includes(processor));
  const isArm = parts.some((part) => part === 'eabi' || part.endsWith('eabihf'));
  if (!os && cpu !== 'wasm32') return undefined;
  const libc = parts.some((part) => part.startsWith('musl')) ? { libc: ['musl'] } : {};
  return { cpu: [cpu ?? (isArm ? 'arm' : 'x64')], ...(os ? { os: [os] } : {}), ...libc };
}

/**
 * What we read of package-lock.json.
 * @typedef {{ optionalDependencies?: Record<string, string>, [other: string]: unknown }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lock
 */

/**
 * Adds a stub for every package of another platform that a package wants and the lock lacks.
 * @param {Lock} lock changed in place
 * @returns {{ added: string[], leftAlone: string[] }} names of the stubs, and names that are no platform's
 */
export function addStubs(lock) {
  /** @type {string[]} */
  const added = [];
  /** @type {string[]} */
  const leftAlone = [];
  const wanted = Object.values(lock.packages).flatMap((entry) =>
    Object.entries(entry.optionalDependencies ?? {}),
  );
  for (const [name, range] of wanted) {
    const key = `node_modules/${name}`;
    if (Object.keys(lock.packages).some((known) => known === key || known.endsWith(`/${key}`))) continue;
    const platform = platformOf(name);
    if (!platform) {
      leftAlone.push(name);
      continue;
    }
    const stub = { version: range.replace(/^[\^~]/, ''), ...platform, dev: true, optional: true };
    lock.packages[key] = stub;
    added.push(name);
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { added, leftAlone };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const { added, leftAlone } = addStubs(lock);
  if (added.length > 0) writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  for (const name of leftAlone) console.warn('not a platform package, left alone:', name);
  console.log(`package-lock.json: ${added.length} stubs added`);
}
