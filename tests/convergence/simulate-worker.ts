/** Simulates the seeds that it is sent, one after the other. A seeded bug is in place before the program is loaded. */
import { parentPort, workerData } from 'node:worker_threads';
import { seedBug } from './seeded-bugs.ts';

export interface WorkerOrder {
  devices: number;
  steps: number;
  bug: string | null;
}

const { devices, steps, bug } = workerData as WorkerOrder;
if (bug !== null) seedBug(bug);
const { makePlan } = await import('./plan.ts');
const { simulateSeed } = await import('./simulate-seeds.ts');

const plan = await makePlan(devices);
parentPort!.on('message', (seed: number) => {
  void simulateSeed(plan, seed, steps).then((simulated) => parentPort!.postMessage(simulated));
});
parentPort!.postMessage('ready');
