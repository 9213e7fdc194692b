/**
 * The entries of a zip file by its central directory, and their bytes as a stream that is never believed: what comes out
 * is counted while it comes, so that a bomb is cut off where it goes too far and a lying size is found out.
 */
import { createInflateRaw } from 'node:zlib';
import { BOOK_LIMITS, BookRefused, SAVE_AS_XLSX } from './book.ts';

export interface ZipEntry {
  name: string;
  /** As the directory says. */
  size: number;
  deflated: boolean;
  packed: Buffer;
}

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const ENCRYPTED = 1;

const damaged = (): never => {
  throw new BookRefused('damaged', '这个文件坏了，或者没有传完。请在电脑上打开看看，能打开就另存一份再上传');
};

/** @throws BookRefused where it is no whole zip, or says that it is too large */
export function zipEntries(file: Buffer): ZipEntry[] {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > file.length || file.readUInt32LE(end) !== END) return damaged();
  const count = file.readUInt16LE(end + 10);
  if (count > BOOK_LIMITS.entries) {
    throw new BookRefused(
      'bomb',
      `这个文件里有 ${count} 个部分，不像是事项清单，没有打开它。请用模板另做一份`,
    );
  }
  const entries: ZipEntry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== DIRECTORY) return damaged();
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset));
    if ((file.readUInt16LE(at + 8) & ENCRYPTED) !== 0) {
      throw new BookRefused('password', `这个文件加了密码。请打开它取消密码，再${SAVE_AS_XLSX.slice(1)}`);
    }
    const [packedSize, size, local] = [20, 24, 42].map((offset) => file.readUInt32LE(at + offset));
    const name = file.toString('utf8', at + 46, at + 46 + nameLength!);
    const method = file.readUInt16LE(at + 10);
    if (local! + 30 > file.length || file.readUInt32LE(local!) !== LOCAL) return damaged();
    const start = local! + 30 + file.readUInt16LE(local! + 26) + file.readUInt16LE(local! + 28);
    if (start + packedSize! > file.length || (method !== 0 && method !== 8)) return damaged();
    entries.push({
      name,
      size: size!,
      deflated: method === 8,
      packed: file.subarray(start, start + packedSize!),
    });
    at += 46 + nameLength! + extra! + comment!;
  }
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > BOOK_LIMITS.unpacked) {
    const megabytes = Math.round(total / 1e6);
    const most = BOOK_LIMITS.unpacked / 1e6;
    const text = `这个文件展开以后有 ${megabytes} MB，最多 ${most} MB，没有打开它。请删掉空行、图片和多余的表，或者分几次导入`;
    throw new BookRefused('bomb', text);
  }
  return entries;
}

/**
 * The bytes of an entry, piece by piece. `take` may throw to stop.
 * @throws BookRefused as soon as more comes out than the directory says, or it does not unpack
 */
export async function unpackEntry(entry: ZipEntry, take: (piece: Buffer) => void): Promise<void> {
  let seen = 0;
  const count = (piece: Buffer): void => {
    seen += piece.length;
    if (seen > entry.size) lying();
    take(piece);
  };
  if (entry.deflated) await inflate(entry.packed, count);
  else count(entry.packed);
  if (seen !== entry.size) lying();
}

function lying(): never {
  const text =
    '这个文件里写的大小和实际不一样，多半是坏了或被改过，没有打开它。请用 Excel 或 WPS 另存一份再上传';
  throw new BookRefused('lyingSize', text);
}

async function inflate(packed: Buffer, take: (piece: Buffer) => void): Promise<void> {
  const stream = createInflateRaw();
  stream.end(packed);
  try {
    for await (const piece of stream) take(piece as Buffer);
  } catch (error) {
    if (error instanceof BookRefused) throw error;
    damaged();
  } finally {
    stream.destroy();
  }
}
