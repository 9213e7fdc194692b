/** Tables for a terminal, where a Chinese character is two columns wide. */

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

export const displayWidth = (text: string): number =>
  [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0);

/** Lines of the table, the head first; columns two spaces apart, no space at the end. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => displayWidth(row[column] ?? ''))));
  return all.map((row) =>
    head
      .map((_, column) => {
        const cell = row[column] ?? '';
        return cell + ' '.repeat(widths[column]! - displayWidth(cell));
      })
      .join('  ')
      .trimEnd(),
  );
}
