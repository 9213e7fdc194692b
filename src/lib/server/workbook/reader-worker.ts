/** The thread in which workbooks are read and written; run-worker.ts starts one for each, and kills it when it must. */
import { parentPort, workerData } from 'node:worker_threads';
import { planImport, type PlanInput } from '../county/import-plan.ts';
import { readBook } from './read-book.ts';
import { writeBook, type SheetToWrite } from './write-book.ts';

export type WorkerTask =
  | { task: 'read'; file: Uint8Array; name: string }
  | { task: 'write'; sheets: readonly SheetToWrite[] }
  | { task: 'plan'; input: PlanInput };

function perform(asked: WorkerTask): unknown {
  switch (asked.task) {
    case 'read':
      return readBook(Buffer.from(asked.file.buffer, asked.file.byteOffset, asked.file.length), asked.name);
    case 'write':
      return writeBook(asked.sheets);
    case 'plan':
      return planImport(asked.input);
  }
}

parentPort?.postMessage(await perform(workerData as WorkerTask));
