/** Simulates the seeds that it is sent, one after the other. A seeded bug is in place before the program is loaded. */
import { parentPort, workerData } from 'node:worker_threads';
import { seedBug } from './seeded-bugs.ts';

export interface WorkerOrder {
  devices: number;
  steps: number;
  shrinking: number;
  bug: string | null;
}

export interface SeedOrder {
  seed: number;
  /** Whether a failure is made small. */
  shrinks: boolean;
}

const { devices, bug, ...how } = workerData as WorkerOrder;
if (bug !== null) seedBug(bug);
const { makePlan } = await import('./plan.ts');
const { simulateSeed } = await import('./simulate-seeds.ts');

const plan = await makePlan(devices);
parentPort!.on('message', ({ seed, shrinks }: SeedOrder) => {
  const shrinking = shrinks ? how.shrinking : 0;
  void simulateSeed(plan, seed, { ...how, shrinking }).then((simulated) =>
    parentPort!.postMessage(simulated),
  );
});
parentPort!.postMessage('ready');
