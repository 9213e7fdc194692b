/** The thread in which workbooks are read and written; run-worker.ts starts one for each, and kills it when it must. */
import { parentPort, workerData } from 'node:worker_threads';
import { readBook } from './read-book.ts';
import { writeBook, type SheetToWrite } from './write-book.ts';

export type WorkerTask =
  { task: 'read'; file: Uint8Array; name: string } | { task: 'write'; sheets: readonly SheetToWrite[] };

const asked = workerData as WorkerTask;
parentPort?.postMessage(
  asked.task === 'read'
    ? await readBook(Buffer.from(asked.file.buffer, asked.file.byteOffset, asked.file.length), asked.name)
    : await writeBook(asked.sheets),
);
