/** Zip files by hand, so that a test can let them lie. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Packed {
  name: string;
  data: Buffer;
  /** What the file says its size is; the truth unless a test wants another. */
  size?: number;
}

export function zipFile(entries: readonly Packed[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, size = data.length } of entries) {
    const packed = deflateRawSync(data);
    const title = Buffer.from(name);
    const both = Buffer.alloc(26);
    both.writeUInt16LE(20, 0);
    both.writeUInt16LE(8, 4);
    both.writeUInt32LE(crc32(data), 10);
    both.writeUInt32LE(packed.length, 14);
    both.writeUInt32LE(size, 18);
    both.writeUInt16LE(title.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004'), both, title, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), both, place, title);
    at += 30 + title.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\u0005\u0006'), end]);
}

const xml = (text: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The parts of a workbook with these sheets, each the XML within `sheetData`. */
export function workbookParts(sheets: readonly string[]): Packed[] {
  const ids = sheets.map((_, i) => i + 1);
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
  return [
    {
      name: '[Content_Types].xml',
      data: xml(`<Types xmlns="${types}"><Default Extension="xml" ContentType="application/xml"/></Types>`),
    },
    {
      name: '_rels/.rels',
      data: xml(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
    },
    {
      name: 'xl/workbook.xml',
      data: xml(
        `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${ids.map((id) => `<sheet name="表${id}" sheetId="${id}" r:id="r${id}"/>`).join('')}</sheets></workbook>`,
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: xml(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${ids.map((id) => `<Relationship Id="r${id}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${id}.xml"/>`).join('')}</Relationships>`,
      ),
    },
    ...sheets.map((data, i) => ({
      name: `xl/worksheets/sheet${i + 1}.xml`,
      data: xml(`<worksheet xmlns="${MAIN}"><sheetData>${data}</sheetData></worksheet>`),
    })),
  ];
}
