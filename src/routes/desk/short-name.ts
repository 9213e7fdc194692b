/** Names of organisations and items may have a hundred characters; headings, crumbs and buttons show as many as fit. */
export function shortName(name: string, most: number): string {
  const characters = [...name.trim()];
  return characters.length <= most ? name.trim() : `${characters.slice(0, most - 1).join('')}…`;
}
