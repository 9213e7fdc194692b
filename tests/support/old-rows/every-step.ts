/**
 * Rows that databases hold, by the step of the migration that brought their tables or columns. A new step adds a file
 * with rows of every table that it makes or changes; migrations.db.test.ts fails without it.
 */
import { office } from './0001-office.ts';
import { photos } from './0002-photos.ts';
import { duplicates } from './0003-duplicates.ts';
import { guesses } from './0004-guesses.ts';
import { releaseWays } from './0005-release-ways.ts';
import { workingList } from './0006-working-list.ts';
import { releaseReach } from './0007-release-reach.ts';
import { stations } from './0008-stations.ts';
import { workingRules } from './0009-working-rules.ts';
import type { Rows } from './rows.ts';

export const ROWS_BY_STEP: Readonly<Record<string, Rows>> = {
  '0001-office': office,
  '0002-photos': photos,
  '0003-duplicates': duplicates,
  '0004-guesses': guesses,
  '0005-release-ways': releaseWays,
  '0006-working-list': workingList,
  '0007-release-reach': releaseReach,
  '0008-stations': stations,
  '0009-working-rules': workingRules,
};

/** All rows of a database at these steps: a later step's rows of a table take the place of earlier ones. */
export const rowsAt = (steps: readonly string[]): Rows =>
  Object.assign({}, ...steps.map((step) => ROWS_BY_STEP[step] ?? {})) as Rows;
