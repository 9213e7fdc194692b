/** An office inside a transaction, on a clock that is set: what it writes is there when the transaction ends, or not at all. */
import { Writable } from 'node:stream';
import type { Instant } from '#lib/domain/day.ts';
import { engineOf, savepoint, type Trx } from '../../db/dialect.ts';
import type { Store } from '../../db/store.ts';
import type { OfficeFiles } from '../../files/office-files.ts';
import { createLog } from '../../log.ts';
import { assembleOffice, type Office } from '../../office.ts';

export interface SetClock {
  office: Office;
  setClock(now: Instant): void;
}

/** @param complain what its log says that is worse than information, line by line */
export function officeInside(
  trx: Trx,
  files: OfficeFiles,
  now: Instant,
  complain: (line: string) => void,
): SetClock {
  let clock = now;
  const store: Store = {
    engine: engineOf(trx),
    write: (work) => savepoint(trx, () => work(trx)),
    read: (work) => work(trx),
    readOne: (work) => work(trx),
    destroy: () => Promise.resolve(),
  };
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      complain(chunk.toString().trimEnd());
      done();
    },
  });
  const log = createLog(sink);
  log.level = 'warn';
  return {
    office: assembleOffice(store, { now: () => clock }, log, files),
    setClock: (at) => {
      clock = at;
    },
  };
}
