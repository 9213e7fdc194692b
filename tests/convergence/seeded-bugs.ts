/**
 * Mistakes that such systems are known for, as changes of this program's own source: the simulation has to find each.
 * They are made while modules load and nowhere else; a text that is not there exactly once is an error, so that none of
 * them quietly stops being a bug when the code moves.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

interface Bug {
  /** What is wrong, in words. */
  what: string;
  /** Invariants of docs/protocol.md that it breaks: one of them is told. */
  breaks: readonly string[];
  /** File under src/lib → texts and what they become. */
  changes: Record<string, readonly (readonly [from: string, to: string])[]>;
}

export const BUGS: Readonly<Record<string, Bug>> = {
  cursorApart: {
    what: 'the cursor is saved apart from the data',
    breaks: ['I3'],
    changes: {
      'client/sync/round.ts': [
        [
          'const written = await storage.commit(merged.change, { expected: position, token });',
          `const { put: _put, ...rest } = merged.change;
           await storage.commit({ ...rest, put: [], outbox: [] }, { expected: position, token });
           const written = await storage.commit(merged.change, { expected: rest.position, token });`,
        ],
      ],
    },
  },
  serialCursor: {
    what: 'numbers of the feed come from a sequence (bigserial), drawn before the transaction that writes them',
    breaks: ['I3'],
    changes: {
      'server/sync/accept.ts': [
        [
          'let attempt = 0;',
          `let attempt = 0;
           const row = await office.store.read((trx) =>
             trx.selectFrom('device').select('chain_n').where('id', '=', device).executeTakeFirst());
           const fresh = its.filter((command) => command.n > (row?.chain_n ?? 0)).length;
           const drawn = await office.store.write((trx) => drawNumbers(trx, own.township ?? '', fresh));`,
        ],
        ['++attempt, alone }).take(', '++attempt, alone }, drawn).take('],
        ['import { Acceptance,', "import { drawNumbers } from './docket.ts';\nimport { Acceptance,"],
      ],
      'server/sync/acceptance.ts': [
        ['part: Part, go: Go)', 'part: Part, go: Go, drawn: number[])'],
        ['this.#go = go;', 'this.#go = go; this.drawn = drawn;'],
        ['readonly #go: Go;', 'readonly #go: Go; readonly drawn: number[];'],
        ['docket: new Docket(),', 'docket: Object.assign(new Docket(), { drawn: this.drawn }),'],
      ],
      'server/sync/docket.ts': [
        [
          'export class Docket {',
          `export async function drawNumbers(trx: Trx, code: string, count: number): Promise<number[]> {
             const row = { task_code: code, day: 'sequence', next: count };
             const { next } = await trx.insertInto('case_serial').values(row)
               .onConflict((on) => on.columns(['task_code', 'day']).doUpdateSet({ next: (old) => old('case_serial.next', '+', count) }))
               .returning('next').executeTakeFirstOrThrow();
             return Array.from({ length: count }, (_, at) => next - count + at + 1);
           }
           export class Docket {
             drawn: number[] = [];`,
        ],
        [
          'const rows = events.map(({ applicationId, rev,',
          `const before = seq;
           const missing = Math.max(0, events.length - this.drawn.length);
           this.drawn.push(...(missing > 0 ? await drawNumbers(trx, feed, missing) : []));
           const rows = events.map(({ applicationId, rev,`,
        ],
        ['        seq += 1;', '        seq = this.drawn.shift()!;'],
        [
          'await setMark(trx, feed, mark);',
          `await trx.updateTable('feed').set({ mark, seq: Math.max(before, seq) }).where('code', '=', feed).execute();`,
        ],
      ],
    },
  },
  receiptWithoutHash: {
    what: 'a receipt is found by its id alone, whatever the body',
    breaks: ['I5'],
    changes: {
      'server/sync/acceptance.ts': [
        [
          'return known.hash === hash ? known.outcome : this.#reused(sitting, step);',
          'return known.outcome;',
        ],
      ],
    },
  },
  refusalDropped: {
    what: 'a refusal is taken for done: nobody is told',
    breaks: ['I8'],
    changes: { 'client/sync/merge.ts': [["refused: 'refused',", "refused: 'acked',"]] },
  },
  chainReordered: {
    what: 'the commands of one device are judged in another order than they were made',
    breaks: ['I7'],
    changes: {
      'server/sync/acceptance.ts': [
        ['for (const step of walk.steps)', 'for (const step of [...walk.steps].reverse())'],
      ],
    },
  },
  photoBeforeHash: {
    what: 'a photo counts before its hash was compared',
    breaks: ['I13'],
    changes: {
      'server/files/settle.ts': [
        ["if (sha256 !== row.sha256) return { ok: false, reason: 'wrongHash' };", ''],
      ],
    },
  },
  outcomeBeforeCommit: {
    what: 'an outcome is sent before its transaction is committed',
    breaks: ['I1'],
    changes: {
      'server/db/group-commit.ts': [
        [
          `          );
        }
      });`,
          `          );
        }
        group.forEach(({ resolve }, at) => { const one = done[at]!; if ('value' in one) resolve(one.value); });
        await new Promise((resolve) => setTimeout(resolve, 50));
      });`,
        ],
      ],
    },
  },
};

/** Loads the program with this bug from now on: call it before anything of the program is imported. */
export function seedBug(name: string): void {
  const bug = BUGS[name];
  if (!bug) throw new Error(`no such bug: ${name}; there are ${Object.keys(BUGS).join(', ')}`);
  const changes = new Map(
    Object.entries(bug.changes).map(([file, texts]) => [pathToFileURL(resolve('src/lib', file)).href, texts]),
  );
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const texts = changes.get(url);
      if (!texts) return loaded;
      let source = String(loaded.source);
      for (const [from, to] of texts) {
        if (source.split(from).length !== 2) throw new Error(`${name}: not exactly once in ${url}: ${from}`);
        source = source.replace(from, () => to);
      }
      return { ...loaded, source };
    },
  });
}
