/**
 * Whether an item is fit to be published: seeding and the county's import ask this before anything is built on it.
 * Takes whatever was read from a file. The shape comes first; the rules are only asked of what has the shape.
 */
import { FIELD_KEY, FIELD_TYPES } from '#lib/domain/item.ts';
import type { Field, Item, Material } from '#lib/domain/item.ts';
import { shapeProblems } from './item-shape.ts';
import type { ItemProblem } from './item-shape.ts';

const CODE = /^[0-9A-Z]{12}$/;
const MATERIAL_CODE = /^[0-9A-Za-z-]{1,20}$/;
/** What a command may carry (protocol/command-bodies.ts): an item that asks for more could never be received. */
const MOST = { materials: 100, options: 100, characters: 5000 } as const;

/** All problems of one item; none means it may be published. `taskCode` may be missing: it is given per office. */
export function checkItem(value: unknown): ItemProblem[] {
  const shape = shapeProblems(value);
  if (shape.length) return shape;
  const item = value as Item;
  const problems: ItemProblem[] = [];
  const report = (where: string, text: string): void => void problems.push({ where, text });

  if (!CODE.test(item.code)) report('code', '事项编码应是 12 位数字或大写字母');
  if (!item.name.trim()) report('name', '没有事项名称');
  if (item.levels.length === 0) report('levels', '没有写明哪一级站点能办');
  for (const key of ['levels', 'topics', 'audience', 'keywords', 'resultDelivery'] as const) {
    for (const twice of repeated(item[key])) report(key, `“${twice}”写了两次`);
  }
  checkDays(item, report);
  if (item.materials.length > MOST.materials) report('materials', `材料最多 ${MOST.materials} 样`);
  for (const code of repeated(item.materials.map((material) => material.code))) {
    report(`materials.${code}`, '这个材料编码用了两次');
  }
  for (const material of item.materials) checkMaterial(material, report);
  checkForm(item.form, 'form', report, true);
  return problems;
}

/** Problems across a list: its items' own, and codes or names that two items share. */
export function checkItems(values: readonly unknown[]): ItemProblem[] {
  const own = values.flatMap((value, index) =>
    checkItem(value).map(({ where, text }) => ({ where: `${index}.${where}`, text })),
  );
  if (own.length) return own;
  const items = values as readonly Item[];
  return [
    ...repeated(items.map((item) => item.code)).map((code) => ({
      where: code,
      text: '两个事项用了同一个编码',
    })),
    ...repeated(items.map((item) => item.name)).map((name) => ({ where: name, text: '两个事项同名' })),
  ];
}

type Report = (where: string, text: string) => void;

function checkDays(item: Item, report: Report): void {
  for (const key of ['statutoryDays', 'promisedDays', 'visits'] as const) {
    if (!Number.isInteger(item[key]) || item[key] < 0) report(key, '应是 0 或更大的整数');
  }
  if (item.statutoryDays > 0 && item.promisedDays > item.statutoryDays) {
    report('promisedDays', '承诺时限比法定时限还长');
  }
  if (item.handling === '即办件' && item.promisedDays > 0)
    report('promisedDays', '即办件应当场办结，承诺时限填 0');
  const { minAge, maxAge } = item.eligibility ?? {};
  if (minAge !== undefined && maxAge !== undefined && minAge > maxAge) {
    report('eligibility', '最小年龄比最大年龄还大');
  }
}

function checkMaterial(material: Material, report: Report): void {
  const where = `materials.${material.code}`;
  if (!MATERIAL_CODE.test(material.code)) report(where, '材料编码应是 1 到 20 位字母或数字');
  if (!material.name.trim()) report(where, '没有材料名称');
  if (!Number.isInteger(material.copies) || material.copies < 1) report(where, '份数应是 1 或更大的整数');
  if (!material.required && !material.when) report(where, '不是必交的材料要写明什么情形下要交');
}

function checkForm(fields: readonly Field[], at: string, report: Report, tables: boolean): void {
  for (const key of repeated(fields.map((field) => field.key)))
    report(`${at}.${key}`, '这个填写项的键用了两次');
  for (const field of fields) checkField(field, fields, `${at}.${field.key}`, report, tables);
}

function checkField(
  field: Field,
  siblings: readonly Field[],
  at: string,
  report: Report,
  tables: boolean,
): void {
  if (!FIELD_KEY.test(field.key)) report(at, '填写项的键应以字母开头，只用字母和数字，最多 40 位');
  if (!field.label.trim()) report(at, '填写项没有名称');
  if (!FIELD_TYPES.includes(field.type)) return report(at, `没有“${String(field.type)}”这种填写项`);

  const choice = field.type === 'select' || field.type === 'multiselect';
  if (choice && !field.options?.length) report(`${at}.options`, '选择项没有可选的内容');
  if (!choice && field.options) report(`${at}.options`, '只有选择项才有可选的内容');
  for (const twice of repeated(field.options ?? [])) report(`${at}.options`, `“${twice}”写了两次`);
  if ((field.options?.length ?? 0) > MOST.options)
    report(`${at}.options`, `可选的内容最多 ${MOST.options} 个`);

  const { min, max, step, maxLength } = field;
  if (min !== undefined && max !== undefined && min > max) report(at, '最小值比最大值还大');
  if (step !== undefined && !(step > 0)) report(`${at}.step`, '步长应大于 0');
  if (maxLength !== undefined && !(Number.isInteger(maxLength) && maxLength > 0)) {
    report(`${at}.maxLength`, '最多字数应是 1 或更大的整数');
  }
  if (maxLength !== undefined && maxLength > MOST.characters) {
    report(`${at}.maxLength`, `最多字数不能超过 ${MOST.characters}`);
  }
  if (field.type === 'multiselect' && !tables) report(at, '表格的一格里只能选一个，不能多选');
  if (field.type === 'table') {
    if (!tables) report(at, '表格里不能再放表格');
    else if (!field.columns?.length) report(`${at}.columns`, '表格没有列');
    else checkForm(field.columns, at, report, false);
  } else if (field.columns) report(`${at}.columns`, '只有表格才有列');

  checkCondition(field, siblings, at, report);
}

function checkCondition(field: Field, siblings: readonly Field[], at: string, report: Report): void {
  const condition = field.visibleIf;
  if (!condition) return;
  const where = `${at}.visibleIf`;
  const other = siblings.find(({ key }) => key === condition.key);
  if (!other) return report(where, `条件里的“${condition.key}”不在这张表里`);
  if (other === field) return report(where, '填写项不能以自己为条件');
  const chain = new Set([field.key]);
  for (let next: Field | undefined = other; next;) {
    if (chain.has(next.key)) return report(where, '几个填写项互为条件，谁也不会出现');
    chain.add(next.key);
    const after: string | undefined = next.visibleIf?.key;
    next = siblings.find(({ key }) => key === after);
  }
  const { equals } = condition;
  if (other.type === 'boolean' && typeof equals !== 'boolean') report(where, '条件应是“是”或“否”');
  if (other.options && !other.options.includes(String(equals))) {
    report(where, `“${other.label}”里没有“${String(equals)}”可选`);
  }
}

/** Values that occur more than once, each named once. */
function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
