/** Valibot schemas as data: one stable line of words for a table, one stable text for a hash. Reads only what they hold. */

/** A schema or an action of a pipe, as far as it is looked at here. */
export interface Node {
  kind: string;
  type: string;
  pipe?: readonly Node[];
  entries?: Readonly<Record<string, Node>>;
  wrapped?: Node;
  item?: Node;
  key?: Node | string;
  value?: Node;
  options?: readonly (Node | string | number)[];
  literal?: unknown;
  requirement?: unknown;
}

export const isSchema = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && (value as Partial<Node>).kind === 'schema';

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'kind' in value && 'type' in value;

/** What is checked, whole: types, entries in the order of their names, pipes, expressions, lists, limits. */
export function serialise(node: Node): unknown {
  if (node.pipe) return { pipe: node.pipe.map(bare) };
  return bare(node);
}

function bare(node: Node): unknown {
  const { type, entries, wrapped, item, key, value, options, literal, requirement } = node;
  if (node.pipe && node.kind === 'schema' && node.pipe[0] !== node) return serialise(node);
  const named =
    entries &&
    Object.keys(entries)
      .sort()
      .map((name) => [name, serialise(entries[name]!)]);
  return [
    type,
    ...(named ? [named] : []),
    ...(wrapped ? [serialise(wrapped)] : []),
    ...(item ? [serialise(item)] : []),
    ...(key === undefined ? [] : [isNode(key) ? serialise(key) : key]),
    ...(value ? [serialise(value)] : []),
    ...(options ? [options.map((one) => (isNode(one) ? serialise(one) : one))] : []),
    ...(literal === undefined ? [] : [literal]),
    ...(requirement === undefined || typeof requirement === 'function'
      ? []
      : [requirement instanceof RegExp ? requirement.source + '/' + requirement.flags : requirement]),
  ];
}

/** One line of words, as the tables of docs/protocol.md have it. `names`: what is called by a word of its own. */
export function describeSchema(node: Node, names: ReadonlyMap<Node, string>, top = false): string {
  const known = top ? undefined : names.get(node);
  if (known !== undefined) return known;
  if (node.pipe) return piped(node.pipe, names);
  const say = (one: Node): string => describeSchema(one, names);
  switch (node.type) {
    case 'string':
      return 'text';
    case 'unknown':
      return 'any JSON';
    case 'literal':
      return JSON.stringify(node.literal);
    case 'picklist':
      return node.options!.map((one) => JSON.stringify(one)).join(' or ');
    case 'nullable':
      return `${say(node.wrapped!)} or null`;
    case 'exact_optional':
      return say(node.wrapped!);
    case 'array':
      return `list of (${say(node.item!)})`;
    case 'record':
      return `map of (${say(node.key as Node)}) to (${say(node.value!)})`;
    case 'union':
    case 'variant':
      return node.options!.map((one) => say(one as Node)).join(' or ');
    case 'strict_object':
      return Object.keys(node.entries!).length === 0 ? '{}' : `{ ${Object.keys(node.entries!).join(', ')} }`;
    default:
      return node.type;
  }
}

function piped([first, ...actions]: readonly Node[], names: ReadonlyMap<Node, string>): string {
  const limit = (type: string): unknown => actions.find((action) => action.type === type)?.requirement;
  const regex = limit('regex') as RegExp | undefined;
  const [low, high, length] = [limit('min_value'), limit('max_value'), limit('max_length')];
  const isInteger = actions.some((action) => action.type === 'safe_integer');
  let words = first!.pipe || first!.type !== 'string' ? describeSchema(first!, names) : 'text';
  if (regex) words = regex.source === '^[A-Za-z0-9_-]+$' ? 'base64url' : `/${regex.source}/`;
  if (isInteger) words = 'integer';
  if (low !== undefined) words += ` ≥ ${String(low)}`;
  if (high !== undefined) words += ` ≤ ${String(high)}`;
  if (length !== undefined) words += ` ≤ ${String(length)}`;
  return words;
}
