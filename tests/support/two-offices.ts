/** Two office processes on one PostgreSQL behind a balancer: to a device they are one. */
import { balancer, type Balancer } from './balancer.ts';
import {
  freePort,
  startOffice,
  type Office,
  type OfficeOptions,
  type RunningOffice,
} from './office-process.ts';

export interface TwoOffices extends RunningOffice {
  balancer: Balancer;
  /** SIGKILL for one of the two; the other works on. */
  loseOne(): Promise<void>;
  regainOne(): Promise<void>;
}

type Options = Omit<OfficeOptions, 'port' | 'databaseUrl'> & { databaseUrl: string };

export async function twoOffices(options: Options): Promise<TwoOffices> {
  const ports = [await freePort(), await freePort()];
  const running = new Map<number, Office>();
  /** Which of them are meant to be there. */
  let wanted = ports;
  const startAll = async (buildDir?: string): Promise<void> => {
    const missing = wanted.filter((port) => !running.has(port));
    const env = { ...options.env, TRUST_PROXY: '1' };
    const built = buildDir === undefined ? {} : { buildDir };
    const started = await Promise.all(
      missing.map((port) => startOffice({ ...options, ...built, env, port })),
    );
    for (const office of started) running.set(office.port, office);
  };
  const killAt = async (port: number): Promise<void> => {
    await running.get(port)?.kill();
    running.delete(port);
  };
  const kill = async (): Promise<void> => {
    await Promise.all(ports.map(killAt));
  };

  await startAll();
  const front = await balancer(ports);
  return {
    url: front.url,
    balancer: front,
    kill,
    async start(buildDir) {
      await kill();
      await startAll(buildDir);
    },
    async loseOne() {
      wanted = ports.slice(0, 1);
      await killAt(ports[1]!);
    },
    async regainOne() {
      wanted = ports;
      await startAll();
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await front[Symbol.asyncDispose]();
    },
  };
}
