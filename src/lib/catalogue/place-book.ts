/** A county's sites and people as rows of text. Invariant: imported again as they are, they change nothing. */
import { cellOf, type Row } from './column.ts';
import { PLACE_BOOK, type PlaceKind } from './place-columns.ts';
import { isKept, personRow, siteRow, type KnownPerson, type KnownSite } from './place-rows.ts';

/** The county as a workbook that can be imported again. */
export function placeBook(
  sites: readonly KnownSite[],
  people: readonly KnownPerson[],
): { kind: PlaceKind; rows: string[][] }[] {
  const rowsOf = (kind: PlaceKind, rows: readonly Row[]): string[][] => {
    const columns = PLACE_BOOK.columnsOf(kind);
    return [
      columns.map(({ heading }) => heading),
      ...rows.map((row) => columns.map((one) => cellOf(one, row))),
    ];
  };
  return [
    { kind: 'sites', rows: rowsOf('sites', sites.filter(({ level }) => isKept(level)).map(siteRow)) },
    { kind: 'staff', rows: rowsOf('staff', people.map(personRow)) },
  ];
}
