/** The real office as a process of its own, so that a journey can kill it (SIGKILL) and start it again on its data. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export interface Office {
  url: string;
  port: number;
  pid: number;
  /** SIGKILL: nothing is flushed, nothing is said. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM: an orderly end. Resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface OfficeOptions {
  dataDir: string;
  /** A PostgreSQL; else SQLite in the folder, whatever the environment of the tests says. */
  databaseUrl?: string;
  /** 0 takes a free port; a restarted office takes its old one. */
  port?: number;
  buildDir?: string;
  /** Where the office's clock starts (ISO); only tests may set it. */
  now?: string;
  env?: Record<string, string>;
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)));

/** Starts `server.js` and waits for its READY line; throws with the output when it ends instead. */
export async function startOffice({
  dataDir,
  port = 0,
  buildDir = process.env.BUILD_DIR ?? 'build',
  databaseUrl,
  now,
  env = {},
}: OfficeOptions): Promise<Office> {
  const chosen = port === 0 ? await freePort() : port;
  const { DATABASE_URL: _, ...surroundings } = process.env;
  const child = spawn(process.execPath, ['server.js'], {
    env: {
      ...surroundings,
      BUILD_DIR: buildDir,
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: String(chosen),
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...(now === undefined ? {} : { JINBAN_TEST: '1', JINBAN_NOW: now }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    const read = (line: string): void => {
      output.push(line);
      if (line.includes('READY')) resolve();
    };
    createInterface({ input: child.stdout }).on('line', read);
    createInterface({ input: child.stderr }).on('line', read);
    child.once('exit', (code) => reject(new Error(`office ended with ${code}:\n${output.join('\n')}`)));
  });
  await ready;
  return {
    url: `http://127.0.0.1:${chosen}`,
    port: chosen,
    pid: child.pid!,
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
    async stop() {
      child.kill('SIGTERM');
      return ended(child);
    },
  };
}

/** An office that a journey kills and starts again on its data and port; gone when the journey is over, however it ends. */
export interface RunningOffice extends AsyncDisposable {
  readonly url: string;
  kill(): Promise<void>;
  start(buildDir?: string): Promise<void>;
}

export async function runningOffice(options: OfficeOptions): Promise<RunningOffice> {
  let office: Office | undefined = await startOffice(options);
  const { url, port } = office;
  const kill = async (): Promise<void> => {
    await office?.kill();
    office = undefined;
  };
  return {
    url,
    kill,
    async start(buildDir) {
      await kill();
      office = await startOffice({ ...options, port, ...(buildDir === undefined ? {} : { buildDir }) });
    },
    [Symbol.asyncDispose]: kill,
  };
}
