import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { savepoint, type Trx } from './dialect.ts';
import { GroupCommit } from './group-commit.ts';
import { NewerDatabase } from './migrate.ts';
import { nodeSqlite } from './node-sqlite.ts';
import type { Schema } from './schema.ts';
import { openStore } from './store.ts';

const secret = (trx: Trx, name: string, value: string) =>
  trx.insertInto('secret').values({ name, value }).execute();
const names = async (trx: Trx): Promise<string[]> =>
  (await trx.selectFrom('secret').select('name').orderBy('name').execute()).map((row) => row.name);

eachDatabase('the store', ({ open }) => {
  test('a work that throws undoes all of itself and nothing of its neighbours', async () => {
    const store = await open();
    const results = await Promise.allSettled([
      store.write((trx) => secret(trx, 'a', '1')),
      store.write(async (trx) => {
        await secret(trx, 'b', '1');
        throw new Error('no');
      }),
      store.write((trx) => secret(trx, 'c', '1')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await store.read(names)).toEqual(['a', 'c']);
  });

  test('two hundred read-and-write works at once lose no update', async () => {
    const store = await open();
    await store.write((trx) => secret(trx, 'count', '0'));
    const add = () =>
      store.write(async (trx) => {
        await sql`update secret set value = cast(cast(value as integer) + 1 as text) where name = 'count'`.execute(
          trx,
        );
      });
    await Promise.all(Array.from({ length: 200 }, add));
    const row = await store.read((trx) => trx.selectFrom('secret').selectAll().executeTakeFirstOrThrow());
    expect(row.value).toBe('200');
  });

  test('the database cannot be used beside the transaction one is in', async () => {
    const store = await open();
    await expect(store.write(() => store.read(names))).rejects.toThrow('use the trx');
    await expect(store.read(() => store.write(names))).rejects.toThrow('use the trx');
    // and the store still works
    expect(await store.read(names)).toEqual([]);
  });

  test('a reader cannot write', async () => {
    const store = await open();
    await expect(store.read((trx) => secret(trx, 'a', '1'))).rejects.toThrow();
    expect(await store.read(names)).toEqual([]);
  });

  test('a savepoint undoes what failed under it, also inside another', async () => {
    const store = await open();
    await store.write(async (trx) => {
      await savepoint(trx, async () => {
        await secret(trx, 'outer', '1');
        await savepoint(trx, async () => {
          await secret(trx, 'inner', '1');
          await secret(trx, 'inner', 'twice');
        }).catch(() => undefined);
      });
      await secret(trx, 'after', '1');
    });
    expect(await store.read(names)).toEqual(['after', 'outer']);
  });

  test('bytes, big numbers and null come back as they went in', async () => {
    const store = await open();
    const packed = Uint8Array.of(0, 1, 255);
    await store.write(async (trx) => {
      await trx.insertInto('release_part').values({ sha256: 'x', size: 3, packed }).execute();
      await trx
        .insertInto('feed')
        .values({ code: 'f', seq: 2 ** 40, mark: '' })
        .execute();
    });
    const part = await store.read((trx) =>
      trx.selectFrom('release_part').selectAll().executeTakeFirstOrThrow(),
    );
    expect([...part.packed]).toEqual([0, 1, 255]);
    const feed = await store.read((trx) => trx.selectFrom('feed').selectAll().executeTakeFirstOrThrow());
    expect(feed.seq).toBe(2 ** 40);
  });
});

describe('the embedded database', () => {
  const directories: string[] = [];
  const directory = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'jinban-store-'));
    directories.push(made);
    return made;
  };
  afterEach(() => {
    for (const made of directories.splice(0)) rmSync(made, { recursive: true, force: true });
  });

  test('keeps its lineage when it is opened again', async () => {
    const path = join(directory(), 'new', 'jinban.db');
    const lineage = (trx: Trx) => trx.selectFrom('lineage').select('id').execute();
    const first = await openStore({ path });
    const before = await first.read(lineage);
    await first.destroy();
    const second = await openStore({ path });
    expect(await second.read(lineage)).toEqual(before);
    expect(before).toHaveLength(1);
    await second.destroy();
  });

  test('a database that a newer program has touched is refused and left alone', async () => {
    const path = join(directory(), 'jinban.db');
    const store = await openStore({ path });
    await store.write((trx) => sql`insert into migration (id, name) values (999, 'later')`.execute(trx));
    await store.destroy();
    await expect(openStore({ path })).rejects.toThrow(NewerDatabase);
  });

  /** A writer whose commits fail as long as `failing` says so. */
  function brittle(path: string): { group: GroupCommit; db: Kysely<Schema>; fault: { failing: number } } {
    const fault = { failing: 0 };
    const whole = nodeSqlite(path, 'writer');
    const database = {
      ...whole,
      prepare(text: string) {
        if (text === 'commit' && fault.failing > 0) {
          fault.failing -= 1;
          throw new Error('disk I/O error');
        }
        return whole.prepare(text);
      },
    };
    const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
    return { group: new GroupCommit(db), db, fault };
  }

  test('no result leaves before its commit: a commit that fails tells nobody that it worked', async () => {
    const path = join(directory(), 'jinban.db');
    await (await openStore({ path })).destroy();
    const { group, db, fault } = brittle(path);
    fault.failing = 1;
    await expect(group.write((trx) => secret(trx, 'a', '1'))).rejects.toThrow('disk I/O error');
    const reader = await openStore({ path });
    expect(await reader.read(names)).toEqual([]);
    await group.write((trx) => secret(trx, 'a', '2'));
    expect(await reader.read(names)).toEqual(['a']);
    await reader.destroy();
    await db.destroy();
  });

  test('a group whose commit fails is done again one by one, and no work counts twice', async () => {
    const path = join(directory(), 'jinban.db');
    await (await openStore({ path })).destroy();
    const { group, db, fault } = brittle(path);
    fault.failing = 1;
    const work = (name: string) => group.write((trx) => secret(trx, name, '1'));
    await Promise.all([work('a'), work('b'), work('c')]);
    const reader = await openStore({ path });
    expect(await reader.read(names)).toEqual(['a', 'b', 'c']);
    await reader.destroy();
    await db.destroy();
  });

  test('what is bound as an object is refused, not stored as nothing', async () => {
    const store = await openStore({ path: join(directory(), 'jinban.db') });
    const value = new Date(0) as unknown as string;
    await expect(store.write((trx) => secret(trx, 'a', value))).rejects.toThrow('as text');
    await store.destroy();
  });
});
