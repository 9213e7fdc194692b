/**
 * Whether something read from a file has the shape of an item (`Item` of the domain): every key there, of its kind,
 * and no key that nobody knows, for a misspelt optional key would vanish without a word.
 */

export interface ItemProblem {
  /** Where in the item, e.g. `form.payTier.options`. */
  where: string;
  /** What is wrong, in the words of the person who imports. */
  text: string;
}

type Kind = (value: unknown) => boolean;
interface Shape {
  required: Record<string, Kind>;
  optional: Record<string, Kind>;
}

const text: Kind = (value) => typeof value === 'string';
const number: Kind = (value) => typeof value === 'number' && Number.isFinite(value);
const flag: Kind = (value) => typeof value === 'boolean';
const texts: Kind = (value) => Array.isArray(value) && value.every(text);
const list: Kind = (value) => Array.isArray(value);
const oneOf =
  (...values: string[]): Kind =>
  (value) =>
    values.includes(value as string);
const shaped =
  (shape: Shape): Kind =>
  (value) =>
    problemsOf(value, shape, '').length === 0;

const ITEM: Shape = {
  required: {
    code: text,
    name: text,
    type: oneOf(
      '行政许可',
      '行政给付',
      '行政确认',
      '行政奖励',
      '行政裁决',
      '行政检查',
      '其他行政权力',
      '公共服务',
    ),
    department: text,
    levels: (value) => texts(value) && (value as string[]).every(oneOf('township', 'subdistrict', 'village')),
    audience: texts,
    topics: texts,
    handling: oneOf('即办件', '承诺件'),
    statutoryDays: number,
    promisedDays: number,
    fee: text,
    legalBasis: texts,
    conditions: text,
    materials: list,
    form: list,
    result: text,
    resultType: oneOf('licence', 'document'),
    resultDelivery: texts,
    visits: number,
    keywords: texts,
    proxyAllowed: flag,
  },
  optional: {
    taskCode: text,
    mustAppear: text,
    eligibility: shaped({
      required: {},
      optional: { minAge: number, maxAge: number, sex: oneOf('male', 'female') },
    }),
  },
};

const MATERIAL: Shape = {
  required: {
    code: text,
    name: text,
    kind: oneOf('原件', '复印件', '原件和复印件', '电子件'),
    copies: number,
    required: flag,
    source: text,
    shareable: flag,
  },
  optional: { when: text, licence: text, tolerable: flag },
};

const FIELD: Shape = {
  required: { key: text, label: text, type: text, required: flag },
  optional: {
    maxLength: number,
    min: number,
    max: number,
    step: number,
    options: texts,
    visibleIf: shaped({
      required: { key: text, equals: (value) => text(value) || flag(value) || number(value) },
      optional: {},
    }),
    columns: list,
  },
};

/** Problems of shape; none means the value can be read as an `Item`. */
export function shapeProblems(value: unknown): ItemProblem[] {
  const problems = problemsOf(value, ITEM, '');
  if (problems.length) return problems;
  const item = value as { materials: unknown[]; form: unknown[] };
  return [
    ...item.materials.flatMap((material, i) => problemsOf(material, MATERIAL, `materials.${i}.`)),
    ...item.form.flatMap((field, i) => fieldProblems(field, `form.${i}.`, true)),
  ];
}

function fieldProblems(value: unknown, at: string, tables: boolean): ItemProblem[] {
  const problems = problemsOf(value, FIELD, at);
  const { columns = [] } = (problems.length ? {} : value) as { columns?: unknown[] };
  // deeper tables are a problem of rules, not of shape
  const inner = tables
    ? columns.flatMap((column, i) => fieldProblems(column, `${at}columns.${i}.`, false))
    : [];
  return [...problems, ...inner];
}

function problemsOf(value: unknown, shape: Shape, at: string): ItemProblem[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return [{ where: at.slice(0, -1), text: '这里应是一组写明名称的内容' }];
  }
  const given = value as Record<string, unknown>;
  const problems: ItemProblem[] = [];
  for (const [key, kind] of Object.entries(shape.required)) {
    if (!(key in given)) problems.push({ where: at + key, text: '缺这一项' });
    else if (!kind(given[key])) problems.push({ where: at + key, text: '内容不是应有的样子' });
  }
  for (const [key, member] of Object.entries(given)) {
    if (key in shape.required) continue;
    const kind = Object.hasOwn(shape.optional, key) ? shape.optional[key] : undefined;
    if (!kind) problems.push({ where: at + key, text: '没有这一项，是不是写错了名称' });
    else if (!kind(member)) problems.push({ where: at + key, text: '内容不是应有的样子' });
  }
  return problems;
}
