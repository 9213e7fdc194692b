/** Section 24 of docs/protocol.md against the code: tags, what is foreseen, and its examples. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { fromBase64url } from '#lib/catalogue/hash.ts';
import { bare, block, BLOCKS, names, table, worked } from '../../../tests/support/protocol-doc.ts';
import { readPack } from '../../../tests/support/packed.ts';
import { brief, briefResponse, full } from './brief.ts';
import { FORESIGHT } from './pack-foresight.ts';
import { TAG } from './pack-tags.ts';
import { pollOf, standingAfter } from './poll.ts';
import type { SyncRequest, SyncResponse } from './sync.ts';

const examples = (schema: string): unknown[] =>
  BLOCKS.filter(({ key, value }) => key === 'schema' && value === schema).map(
    ({ text }) => JSON.parse(text) as unknown,
  );
const request = () =>
  examples('syncRequest').find((one) => (one as SyncRequest).commands.length > 0) as SyncRequest;
const response = () =>
  examples('syncResponse').find((one) => (one as SyncResponse).chain === 2) as SyncResponse;

it('names every tag with its number, and everything that is foreseen', () => {
  expect(table('tag').rows.map(([name, number]) => [bare(name!), Number(number)])).toEqual(
    Object.entries(TAG),
  );
  expect(names('foreseen at').sort()).toEqual(Object.keys(FORESIGHT).sort());
});

it('the packed example is the request of section 11', async () => {
  const bytes = fromBase64url(block('pack', 'request').replaceAll('\n', ''))!;
  expect(await readPack(bytes, new Map())).toEqual(request());
});

it('the brief example is the answer of section 11 to that request, and the poll follows it', () => {
  const short = v.parse(briefResponse, JSON.parse(block('brief', 'response')));
  expect(full(short, request().commands)).toEqual(response());
  expect(brief(response(), request().commands)).toEqual(short);
  expect(pollOf(standingAfter(response())!)).toBe(worked(/For instance `GET \/api\/sync\?([^`]+)`/));
});
