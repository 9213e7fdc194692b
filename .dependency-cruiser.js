/**
 * The import table of docs/architecture.md as rules: each layer names everything it may reach, so a new
 * folder or package is refused until it is written down here. Tests may import anything.
 *
 * domain ← catalogue ← protocol ← client/vault ← client/store ← client/sync ← client/state ← pages
 *    ↑                    ↑                                                       │
 *    │                    └── server ← +server.ts, hooks.server                   │
 *    ├── client/photo ←─────────────────────────────────────────── client/state ←─┤
 *    └───────────────────────── ui ←──────────────────────────────────────────────┘
 */

const tests = '\\.test\\.ts$|\\.bench\\.ts$';
/** Route files that run in the office; every other file under src/routes is a page. */
const serverRoutes = '^src/routes/.*\\+(server|page\\.server|layout\\.server)\\.ts$';

/** @param {...string} names packages, as they lie in node_modules */
const packages = (...names) => names.map((name) => `node_modules/${name}/`);
/** @param {...string} folders under src/lib */
const lib = (...folders) => folders.map((folder) => `^src/lib/${folder}/`);
const kit = ['^\\$app/', '\\$types$'];

/**
 * @param {string} name
 * @param {string} from
 * @param {string[]} mayReach
 * @param {string} comment what to do instead
 * @param {string[]} except paths under `from` that have a rule of their own
 */
const layer = (name, from, mayReach, comment, except = []) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [tests, ...except] },
  to: { pathNot: mayReach },
});

/**
 * @param {string} name
 * @param {string} what
 * @param {string[]} users the only paths that may import it
 * @param {string} comment
 */
const only = (name, what, users, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: [tests, ...users] },
  to: { path: what },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or hide a third that both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-resolvable',
      comment:
        "This import leads nowhere. Write '#lib/folder/file.ts', with the extension; $lib is not used.",
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^\\$(app|env)/', '^\\$service-worker$', '\\$types$'] },
    },
    {
      name: 'client-and-server-never-meet',
      comment: 'What both sides need belongs in domain, catalogue or protocol.',
      severity: 'error',
      from: { path: '^src/(lib/client|lib/server|service-worker)/', pathNot: tests },
      to: { path: '^src/lib/(client|server)/', pathNot: ['^src/$1/'] },
    },
    layer('domain', '^src/lib/domain/', lib('domain'), 'Rules use no package, no clock and no other layer.'),
    layer(
      'catalogue',
      '^src/lib/catalogue/',
      lib('domain', 'catalogue'),
      'The catalogue builds on domain alone; what is heavy belongs in catalogue/publish.',
      ['^src/lib/catalogue/publish/'],
    ),
    layer(
      'catalogue-publish',
      '^src/lib/catalogue/publish/',
      [...lib('domain', 'catalogue'), ...packages('pinyin-pro'), '^(node:)?(util|zlib)$'],
      'The publishing side may add pinyin-pro and node:zlib, and nothing else.',
    ),
    only(
      'publish-stays-in-the-office',
      '^src/lib/catalogue/publish/',
      lib('catalogue/publish', 'server'),
      '142 KB of pinyin tables stay off the device: a device reads what publishing computed.',
    ),
    layer(
      'protocol',
      '^src/lib/protocol/',
      [...lib('domain', 'catalogue', 'protocol'), ...packages('valibot')],
      'The wire is schemas over domain and catalogue.',
    ),
    layer(
      'client-vault',
      '^src/lib/client/vault/',
      [...lib('domain', 'catalogue', 'protocol', 'client/vault'), ...packages('hash-wasm', 'valibot')],
      'The vault seals and knows nothing of what keeps or carries.',
    ),
    layer(
      'client-store',
      '^src/lib/client/store/',
      [
        ...lib('domain', 'catalogue', 'protocol', 'client/vault', 'client/store'),
        ...packages('dexie', 'uuid', 'valibot'),
      ],
      'The store keeps sealed rows; it knows nothing of the network or of pages.',
    ),
    layer(
      'client-sync',
      '^src/lib/client/sync/',
      [
        ...lib('domain', 'catalogue', 'protocol', 'client/vault', 'client/store', 'client/sync'),
        ...packages('comlink', 'uuid', 'valibot'),
      ],
      'Sync carries what the store keeps; pages watch it through client/state.',
    ),
    layer(
      'client-photo',
      '^src/lib/client/photo/',
      [...lib('domain', 'catalogue', 'client/photo'), ...packages('comlink')],
      'Pictures are prepared from bytes alone; what keeps or sends them calls from above.',
    ),
    layer(
      'client-scan',
      '^src/lib/client/scan/',
      [...lib('client/scan'), ...packages('comlink', 'zxing-wasm')],
      'Scanning reads codes in pictures; what a code means is said in domain and asked in state.',
    ),
    layer(
      'client-reader',
      '^src/lib/client/reader/',
      lib('domain', 'client/reader'),
      'A card reader gives what stands on a card; which form it goes to is said in state.',
    ),
    layer(
      'client-state',
      '^src/lib/client/state/',
      [
        ...lib('domain', 'catalogue', 'protocol', 'client'),
        ...packages('svelte', 'comlink', 'uuid', 'valibot', 'workbox-window'),
        // the address of its program, not its code
        'node_modules/zxing-wasm/dist/reader/zxing_reader\\.wasm',
        '^\\$app/',
      ],
      'State shows what the lower layers know; it knows no page and no part.',
    ),
    layer(
      'ui',
      '^src/lib/ui/',
      [
        ...lib('ui', 'domain', 'catalogue'),
        // where the corners of a sheet are: the same on the screen as in the worker
        '^src/lib/client/photo/(corners|homography)\\.ts$',
        ...packages('svelte', 'bits-ui', 'uqr', 'signature_pad'),
      ],
      'Parts take props and give events; they fetch and keep nothing.',
    ),
    {
      name: 'ui-catalogue-types',
      comment: 'A part may know the shape of the catalogue (import type), not search or check it.',
      severity: 'error',
      from: { path: '^src/lib/ui/', pathNot: tests },
      to: { path: '^src/lib/catalogue/', dependencyTypesNot: ['type-only'] },
    },
    layer(
      'pages',
      '^src/routes/',
      [
        ...lib('client/state', 'client/photo', 'ui', 'domain', 'catalogue', 'protocol'),
        '^src/routes/',
        '^src/app\\.css$',
        ...packages('svelte', '@sveltejs/kit'),
        ...kit,
      ],
      'Pages compose state and parts. Data comes through client/state.',
      [serverRoutes],
    ),
    {
      name: 'pages-not-to-server-routes',
      comment: 'A page calls the office through client/state, never by importing its handler.',
      severity: 'error',
      from: { path: '^src/routes/', pathNot: [tests, serverRoutes] },
      to: { path: serverRoutes },
    },
    {
      name: 'office',
      comment: 'The office uses domain, catalogue and protocol; it knows nothing of devices, parts or pages.',
      severity: 'error',
      from: { path: ['^src/lib/server/', '^src/hooks\\.server\\.ts$', serverRoutes], pathNot: tests },
      to: { path: '^(src|scripts|tests)/', pathNot: lib('domain', 'catalogue', 'protocol', 'server') },
    },
    only(
      'server-only',
      '^src/lib/server/',
      [...lib('server'), '^src/hooks\\.server\\.ts$', serverRoutes],
      'Only the office imports src/lib/server.',
    ),
    layer(
      'service-worker',
      '^src/service-worker/',
      [
        '^src/service-worker/',
        '^\\$service-worker$',
        ...packages('workbox-core', 'workbox-precaching', 'workbox-routing', '@sveltejs/kit'),
      ],
      'The service worker keeps the shell and never data.',
    ),
    only(
      'dexie-only-in-store',
      'node_modules/dexie/',
      lib('client/store'),
      'Only client/store opens IndexedDB.',
    ),
    only(
      'sealing-only-by-store',
      '^src/lib/client/vault/(seal|open|codec)[^/]*\\.ts$',
      lib('client/store', 'client/vault'),
      'Only client/store seals and opens rows.',
    ),
    only(
      'hucre-only-in-workbook',
      'node_modules/hucre/',
      lib('server/workbook'),
      'Files of strangers are read in a thread that can be killed: call server/workbook/run-worker.ts.',
    ),
    only('pg-only-in-db', 'node_modules/pg/', lib('server/db'), 'Queries go through Kysely (server/db).'),
    {
      name: 'nothing-imports-tests',
      comment: 'Code that runs in production cannot lean on test support.',
      severity: 'error',
      from: { path: '^(src|scripts|server\\.js)', pathNot: [tests, '^scripts/(bench|simulate)\\.ts$'] },
      to: { path: [tests, '^tests/'] },
    },
    {
      name: 'scripts-run-in-plain-node',
      comment: 'Scripts run without Vite: no $app, no $env, no components.',
      severity: 'error',
      from: { path: '^(scripts/|server\\.js)' },
      to: { path: ['^\\$', '\\.svelte(\\.ts)?$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // an address of a file (?url) is no import of code
    exclude: { path: '^(build|\\.svelte-kit)|\\?url$' },
    // type imports bind layers as much as values do; 'specify' tells them apart for the ui rule
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'browser', 'import', 'node', 'default', 'types'],
      mainFields: ['svelte', 'module', 'main', 'types'],
      extensions: ['.ts', '.js', '.svelte', '.d.ts'],
    },
  },
};
