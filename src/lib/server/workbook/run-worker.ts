/**
 * Reads and writes workbooks outside the office's own thread: one at a time, with a bound on its memory and on its time,
 * so that no file whatever stops the office or takes its memory. What the bound stops is told as a fault of the file.
 */
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Turns } from '../turns.ts';
import { BOOK_LIMITS, type BookReading } from './book.ts';
import type { ImportPlan, PlanInput } from '../county/import-plan.ts';
import { tooLarge } from './read-book.ts';
import type { WorkerTask } from './reader-worker.ts';
import type { SheetToWrite } from './write-book.ts';

/** scripts/build.ts puts the program of the thread beside the built office; from the sources it is run as it is. */
const PROGRAM = import.meta.filename.endsWith('.ts')
  ? join(import.meta.dirname, 'reader-worker.ts')
  : resolve(process.env.BUILD_DIR ?? 'build', 'workbook-worker.js');

const MEMORY = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
const SECONDS = 30;

export interface WorkerBounds {
  seconds: number;
  memory: typeof MEMORY;
}
const BOUNDS: WorkerBounds = { seconds: SECONDS, memory: MEMORY };

const turns = new Turns();

/** What a file holds, or why it is not read. */
export async function readWorkbook(
  file: Uint8Array,
  name: string,
  bounds: WorkerBounds = BOUNDS,
): Promise<BookReading> {
  // not even copied
  if (file.length > BOOK_LIMITS.file) {
    const { fault, chinese } = tooLarge();
    return { ok: false, fault, text: chinese };
  }
  const done = await turns.take('workbook', () => run({ task: 'read', file, name }, bounds));
  if (done.is === 'done') return done.value as BookReading;
  return done.is === 'tooSlow'
    ? {
        ok: false,
        fault: 'tooSlow',
        text: `这个文件读了 ${bounds.seconds} 秒还没有读完，停下来了。请分几次导入`,
      }
    : {
        ok: false,
        fault: 'tooMuchMemory',
        text: '这个文件太占内存，读不下来。请删掉多余的表和列，或者分几次导入',
      };
}

/** What an import would do: as much work as reading it. */
export async function planWorkbook(
  input: PlanInput,
): Promise<{ is: 'planned'; plan: ImportPlan } | { is: 'tooSlow' | 'tooMuchMemory' }> {
  const done = await turns.take('workbook', () => run({ task: 'plan', input }, BOUNDS));
  return done.is === 'done' ? { is: 'planned', plan: done.value as ImportPlan } : done;
}

/** @throws when it could not be written, which is a fault of ours */
export async function writeWorkbook(sheets: readonly SheetToWrite[]): Promise<Uint8Array<ArrayBuffer>> {
  const done = await turns.take('workbook', () => run({ task: 'write', sheets }, BOUNDS));
  if (done.is !== 'done') throw new Error(`a workbook was not written: ${done.is}`);
  return done.value as Uint8Array<ArrayBuffer>;
}

type Done = { is: 'done'; value: unknown } | { is: 'tooSlow' | 'tooMuchMemory' };

async function run(task: WorkerTask, { seconds, memory }: WorkerBounds): Promise<Done> {
  const worker = new Worker(PROGRAM, { workerData: task, resourceLimits: memory, env: {}, stdin: false });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Done>((done, failed) => {
      timer = setTimeout(() => done({ is: 'tooSlow' }), seconds * 1000);
      worker.once('message', (value) => done({ is: 'done', value }));
      worker.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? done({ is: 'tooMuchMemory' }) : failed(error),
      );
      worker.once('exit', () => failed(new Error('the reader of workbooks ended without an answer')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
