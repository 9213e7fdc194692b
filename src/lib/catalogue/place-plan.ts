/**
 * What a workbook of sites and people would do to a county, worked out without writing anything. Pure. Invariants: a row
 * with a problem does nothing; what the workbook does not say stays as it was; nobody is taken away, moved or closed by it.
 */
import type { PlaceKind } from './place-columns.ts';
import { planSites } from './place-plan-sites.ts';
import { planStaff } from './place-plan-staff.ts';
import type { IsGood, KnownPlaces, PlacePlan } from './place-rows.ts';
import type { Book, CellProblem } from './sheet-book.ts';

/** @param stray problems of cells that could not be read at all */
export function planPlaces(
  book: Book<PlaceKind>,
  known: KnownPlaces,
  stray: readonly CellProblem<PlaceKind>[] = [],
): PlacePlan {
  const plan: PlacePlan = { sites: [], staff: [], same: 0, withProblems: 0, problems: [...stray] };
  const hurt = new Set(stray.map(({ kind, row }) => `${kind}/${row}`));
  const isGood: IsGood = (kind, row, problems) => {
    for (const [column, text] of Object.entries(problems)) plan.problems.push({ kind, row, column, text });
    const good = Object.keys(problems).length === 0 && !hurt.has(`${kind}/${row}`);
    if (!good) plan.withProblems += 1;
    return good;
  };
  planSites(book.sites ?? [], known, plan, isGood);
  planStaff(book.staff ?? [], known, plan, isGood);
  plan.problems.sort((a, b) => b.kind.length - a.kind.length || a.row - b.row);
  return plan;
}
