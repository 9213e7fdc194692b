/**
 * Production entry; `npm start` runs it with the Node 24 of node_modules/.bin. It serves the build over
 * HTTP, or over TLS when given a certificate, because away from localhost a device gets a service worker and
 * WebCrypto only over HTTPS. It prints READY and the address once it listens, and not before.
 *
 * HOST (127.0.0.1)  PORT (3000)  BUILD_DIR (build)
 * DATABASE_URL         a PostgreSQL, which several offices may share; else SQLite in DATA_DIR (data)
 * TLS_CERT, TLS_KEY    paths of PEM files, both or neither
 * TRUST_PROXY=1        a TLS proxy or a balancer stands in front, sets x-forwarded-proto, adds the caller's address to
 *                      x-forwarded-for, and nobody else reaches the port
 * BODY_SIZE_LIMIT (5M) larger requests get 413
 * SYNC_THREADS         threads that read syncs beside the one that judges (cores − 1, at most 3); 0: none
 */
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @param {string} chinese
 * @param {string} english
 * @returns {never}
 */
function refuse(chinese, english) {
  console.error(`${chinese}\n${english}`);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 24)
  refuse(
    `需要 Node 24，现在用的是 ${process.version}。请用 npm start 启动。`,
    `Node 24 is needed, this is ${process.version}. Use "npm start".`,
  );

const { TLS_CERT: certPath, TLS_KEY: keyPath } = process.env;
if (Boolean(certPath) !== Boolean(keyPath))
  refuse(
    'TLS_CERT 和 TLS_KEY 要同时设置：一个是证书文件，一个是私钥文件。',
    'TLS_CERT and TLS_KEY belong together: the paths of the certificate and of its key.',
  );

const host = process.env.HOST ?? '127.0.0.1';
const port = Number(process.env.PORT ?? 3000);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  refuse(
    `PORT 应是 0 到 65535 的整数，现在是 ${process.env.PORT}。`,
    'PORT must be an integer from 0 to 65535.',
  );

// Kit derives url.origin from this header; it must be what the browser sends as Origin
process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
process.env.BODY_SIZE_LIMIT ??= '5M';
const trustsProxy = process.env.TRUST_PROXY === '1';
// limits on guessing go by the caller's address: of the proxy they would lock out everybody
if (trustsProxy) process.env.ADDRESS_HEADER ??= 'x-forwarded-for';
// whole, because the office starts a program that lies in it, from wherever it runs
process.env.BUILD_DIR = resolve(import.meta.dirname, process.env.BUILD_DIR ?? 'build');
const thread = resolve(process.env.BUILD_DIR, 'sync-thread.js');
if (existsSync(thread)) process.env.SYNC_THREAD_FILE = thread;
const build = pathToFileURL(resolve(process.env.BUILD_DIR, 'handler.js'));
// the import also opens the database
const { handler } = await import(build.href).catch((error) => {
  if (error.code === 'ERR_MODULE_NOT_FOUND' && error.url === build.href)
    refuse('还没有构建。请先运行 npm run build。', 'There is no build yet. Run "npm run build" first.');
  // server/db/unusable.ts
  if (typeof error.chinese === 'string') refuse(error.chinese, error.english);
  throw error;
});

/**
 * Takes syncs past the framework to the threads that read them (src/lib/server/threads); undefined where there are none.
 * @type {undefined | ((request: http.IncomingMessage, response: http.ServerResponse, origin: string) => boolean)}
 */
const syncDoor = Reflect.get(globalThis, Symbol.for('jinban.syncDoor'));
const { ORIGIN: fixedOrigin, HOST_HEADER: hostHeader, PORT_HEADER: portHeader } = process.env;

/**
 * The office's address as whoever asks knows it, as the framework works it out; undefined: let it do so.
 * @param {http.IncomingMessage} request
 */
function originOf({ headers }) {
  if (fixedOrigin || hostHeader || portHeader) return undefined;
  const proto = headers['x-forwarded-proto'];
  const origin = `${proto}://${headers.host}`;
  return (proto === 'http' || proto === 'https') && URL.canParse(origin) ? new URL(origin).origin : undefined;
}

const protocol = certPath ? 'https' : 'http';

/** Assets and the prerendered shell do not pass through hooks.server.ts, which sets these and more on all else. */
const headers = {
  // the shell's own policy is in its <meta>, where frame-ancestors does not count
  'content-security-policy': "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
  ...(protocol === 'https' || trustsProxy ? { 'strict-transport-security': 'max-age=31536000' } : {}),
};

/** @type {http.RequestListener} */
const listener = (request, response) => {
  if (request.url?.startsWith('/api/')) {
    // hooks.server.ts gives each answer what it needs; that the connection stays is HTTP/1.1's own rule
    response.removeHeader('connection');
  } else for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (!trustsProxy || !request.headers['x-forwarded-proto']) request.headers['x-forwarded-proto'] = protocol;
  // a health check of the proxy itself
  if (trustsProxy) request.headers['x-forwarded-for'] ??= request.socket.remoteAddress ?? '';
  const origin = syncDoor && originOf(request);
  if (origin && syncDoor(request, response, origin)) return;
  handler(request, response, () => {
    response.statusCode = 404;
    response.end('Not found');
  });
};

/** Keep-alive outlasts a proxy's usual 60 s; slow senders are cut off; a photo over a poor link still fits. */
const timeouts = {
  keepAliveTimeout: 75_000,
  headersTimeout: 20_000,
  requestTimeout: 300_000,
  connectionsCheckingInterval: 5_000,
};

/** @param {string} path */
const readPem = (path) => {
  try {
    return readFileSync(path);
  } catch {
    return refuse(`读不到证书文件 ${path}。`, `Cannot read the TLS file ${path}.`);
  }
};
const server =
  certPath && keyPath
    ? https.createServer({ ...timeouts, cert: readPem(certPath), key: readPem(keyPath) }, listener)
    : http.createServer(timeouts, listener);

server.once('error', (error) => {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'EADDRINUSE')
    refuse(
      `端口 ${port} 已被占用：可能另有一个近办在运行。请先停掉它，或用 PORT=… 换一个端口。`,
      `Port ${port} is taken, perhaps by another Jinban. Stop that one, or choose another with PORT=….`,
    );
  if (code === 'EACCES') refuse(`没有权限使用端口 ${port}。`, `No permission to use port ${port}.`);
  refuse(`无法启动：${error.message}`, `Cannot start: ${error.message}`);
});
server.listen(port, host, () => {
  const address = server.address();
  const actual = address && typeof address === 'object' ? address.port : port;
  console.log(`READY ${protocol}://${host.includes(':') ? `[${host}]` : host}:${actual}`);
});

/** Answers what has begun, then lets the application close its database; the process ends by itself. */
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    server.close(() => process.emit(/** @type {any} */ ('sveltekit:shutdown'), /** @type {any} */ (signal)));
    server.closeIdleConnections();
    // a connection that never ends must not keep the office from closing its database
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
    setTimeout(() => process.exit(1), 15_000).unref();
  });
