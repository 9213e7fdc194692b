/**
 * What goes into one request: commands in order of n up to a size, with the signatures that vouch for them. Invariants:
 * I7 the order of n is kept, so every chain is; at least one command goes, however large, so nothing blocks for ever.
 */
import { LIMITS, PROTOCOL } from '#lib/protocol/limits.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import type { SyncRequest } from '#lib/protocol/sync.ts';
import type { OutboxColumns, Position } from '../store/rows.ts';
import { runsOf } from '../store/runs.ts';

/** The first commands of `rows` (by device and n) that fit into `bytes` and the protocol's count. */
export function takeBatch(rows: readonly OutboxColumns[], bytes: number): OutboxColumns[] {
  const batch: OutboxColumns[] = [];
  let sum = 0;
  for (const row of rows) {
    sum += row.bytes;
    if (batch.length > 0 && (sum > bytes || batch.length === LIMITS.commands)) break;
    batch.push(row);
  }
  return batch;
}

/** The request that carries these commands and asks for what comes after `position`. */
export function requestOf(
  position: Position,
  rows: readonly OutboxColumns[],
  commands: readonly WireCommand[],
  more: Pick<SyncRequest, 'release' | 'keeps' | 'patch' | 'report' | 'choice'>,
): SyncRequest {
  const sent = new Set(commands.map((command) => command.id));
  const { paging } = position;
  const at = paging
    ? { lineage: paging.lineage, cursor: paging.at, mark: paging.mark }
    : { lineage: position.lineage, cursor: position.cursor, mark: position.mark };
  return {
    protocol: PROTOCOL,
    ...at,
    ...more,
    ...(paging ? { page: { at: paging.at, next: paging.next } } : {}),
    commands: [...commands],
    runs: runsOf(rows, sent),
  };
}
