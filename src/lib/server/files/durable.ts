/** What it takes for bytes to survive a power cut: their file is flushed, and so is every folder that names it. */
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Pictures of identity cards lie here: no other account of the machine reads along. */
const FOLDER_MODE = 0o700;

/** Makes the name of a new file in it last. Windows keeps that by itself and opens no folder. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @param folder an absolute path */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  if (first === undefined) return;
  for (let made = folder; ; made = dirname(made)) {
    await flushFolder(dirname(made));
    if (made === first || made === dirname(made)) return;
  }
}

/** Puts a flushed file in its place at once: nobody ever sees half of it. */
export async function moveInto(place: string, file: string): Promise<void> {
  await makeFolder(dirname(place));
  await rename(file, place);
  await flushFolder(dirname(place));
}

export const isAbsent = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ENOENT';
