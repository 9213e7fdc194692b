/**
 * The parts of an item sheet of which it has several: materials, questions of the form, steps, fees, questions people ask.
 * In a workbook each is a sheet of its own whose rows name their item; in the editor each is a table. A question inside a
 * table of the form names the table (所属表格).
 */
import type { Field, Material } from '#lib/domain/item.ts';
import { FIELD_TYPES } from '#lib/domain/item.ts';
import type { Kind } from './cell-kinds.ts';
import { column, type Column, type Row } from './column.ts';
import {
  MATERIAL_FORMATS,
  MATERIAL_TYPES,
  NECESSITIES,
  necessityOf,
  type Necessity,
} from './enumerations.ts';
import { FIELD_TYPE_WORDS } from './item-words.ts';
import type { ItemSheet, MaterialStandard, Standard } from './sheet.ts';

export type PartName = 'materials' | 'form' | 'links' | 'feeItems' | 'faq';

export interface Part {
  name: PartName;
  /** Name of the sheet in a workbook. */
  title: string;
  /** Key of the column that a person knows a row by. */
  naming: string;
  columns: readonly Column[];
  /** The rows of a sheet, copies. */
  rowsOf: (sheet: ItemSheet) => Row[];
  /** A row that is not there yet. */
  blank: () => Row;
  /** Puts rows into a sheet that nobody else holds. */
  put: (sheet: ItemSheet, rows: readonly Row[]) => void;
  /** What tells a row from the others of its item; '' for rows that only have a place. */
  keyOf: (row: Row) => string;
}

const text = (most: number): Kind => ({ is: 'text', most });
const lines = (most: number): Kind => ({ is: 'text', most, lines: true });
const one = (of: readonly string[]): Kind => ({ is: 'one', of });
const said = { empty: '' } as const;

/** A material with both halves, so that a row has all of it. */
interface WholeMaterial {
  item: Material;
  standard: MaterialStandard;
}

const necessity: Column = {
  key: 'necessity',
  heading: '材料必要性',
  kind: one(NECESSITIES),
  locked: true,
  empty: '必要',
  get: (row) => necessityOf((row as unknown as WholeMaterial).item),
  set: (row, value) => {
    const { item } = row as unknown as WholeMaterial;
    const wanted = value as Necessity;
    if (necessityOf(item) === wanted) return;
    item.required = wanted !== '非必要';
    if (wanted === '容缺后补') item.tolerable = true;
    else delete item.tolerable;
  },
};

const MATERIALS: Part = {
  name: 'materials',
  title: '材料',
  naming: 'item.name',
  columns: [
    column('item.code', '材料编码', text(20), { required: true }),
    column('item.name', '材料名称', text(200), { required: true, locked: true }),
    column('standard.type', '材料类型', one(MATERIAL_TYPES), { empty: '其他', locked: true }),
    column('standard.format', '材料形式', one(MATERIAL_FORMATS), { empty: '纸质', locked: true }),
    necessity,
    column('item.when', '何种情形要交', lines(500), { hint: '非必要的要写明' }),
    column('item.kind', '原件或复印件', one(['原件', '复印件', '原件和复印件', '电子件']), { empty: '原件' }),
    column('item.copies', '份数', { is: 'whole', least: 1 }, { empty: 1, locked: true }),
    column('item.source', '来源渠道', text(100), { empty: '申请人自备', locked: true }),
    column('item.shareable', '可以共享免交', { is: 'flag' }, { empty: false }),
    column('item.licence', '可替代的电子证照', text(100)),
    column('standard.toleranceDays', '容缺补交工作日', { is: 'whole', least: 1 }, { empty: null }),
    column('standard.paper', '纸质规格', text(50), said),
    column('standard.blankForm', '空白表格', text(200), said),
    column('standard.example', '示例样表', text(200), said),
    column('standard.notes', '填报须知', lines(1000), said),
    column('standard.acceptance', '受理标准', lines(1000), said),
    column('standard.basis', '要求依据', lines(1000), said),
  ],
  rowsOf: ({ item, standard }) =>
    item.materials.map((material) => ({
      item: { ...material },
      standard: {
        ...(standard.materials.find(({ code }) => code === material.code) ?? blankStandard(material.code)),
      },
    })),
  blank: () => ({
    item: {
      code: '',
      name: '',
      kind: '原件',
      copies: 1,
      required: true,
      source: '申请人自备',
      shareable: false,
    },
    standard: blankStandard(''),
  }),
  put({ item, standard }, rows) {
    const whole = rows as unknown as WholeMaterial[];
    item.materials = whole.map((row) => row.item);
    standard.materials = whole.map((row) => ({ ...row.standard, code: row.item.code }));
  },
  keyOf: (row) => (row as unknown as WholeMaterial).item.code,
};

export const blankStandard = (code: string): MaterialStandard => ({
  code,
  type: '其他',
  format: '纸质',
  paper: 'A4',
  blankForm: '',
  example: '',
  notes: '',
  acceptance: '',
  basis: '',
  toleranceDays: null,
});

/** `needMakeup=是`: which question, and its answer as a person sees it. What the answer means is known once all rows are. */
const condition: Column = {
  key: 'visibleIf',
  heading: '什么时候出现',
  kind: text(120),
  hint: '键=回答，例如 needMakeup=是；一直出现的不填',
  get: (row) => {
    const when = row.visibleIf as Field['visibleIf'] | string | undefined;
    if (when === undefined || typeof when === 'string') return when;
    const { key, equals } = when;
    return `${key}=${equals === true ? '是' : equals === false ? '否' : String(equals)}`;
  },
  set: (row, value) => {
    if (value === undefined) delete row.visibleIf;
    else row.visibleIf = value;
  },
};

const FORM: Part = {
  name: 'form',
  title: '表单',
  naming: 'label',
  columns: [
    column('table', '所属表格', text(40), { hint: '表格里的一列才填：表格的键' }),
    column('key', '键', text(40), { required: true, also: ['填写项键'], hint: '字母开头，只用字母和数字' }),
    column('label', '填写项', text(100), { required: true, also: ['名称', '填写项名称'] }),
    column('type', '类型', { is: 'one', of: FIELD_TYPES, words: FIELD_TYPE_WORDS }, { required: true }),
    column('required', '必填', { is: 'flag' }, { empty: false }),
    column('options', '可选内容', { is: 'lines' }, { hint: '一行一个，或用 | 隔开' }),
    column('maxLength', '最多字数', { is: 'whole', least: 1 }),
    column('min', '最小', { is: 'number' }),
    column('max', '最大', { is: 'number' }),
    column('step', '步长', { is: 'number' }, { hint: '可以有小数的才填，例如 0.01' }),
    condition,
  ],
  rowsOf: ({ item }) =>
    item.form.flatMap(({ columns, ...field }) => [
      { ...field },
      ...(columns ?? []).map((inner) => ({ ...inner, table: field.key })),
    ]),
  blank: () => ({ key: '', label: '', type: 'text', required: false }),
  put({ item }, rows) {
    item.form = nested(rows);
  },
  keyOf: ({ table, key }) => (table === undefined ? String(key) : `${String(table)}.${String(key)}`),
};

/** Questions with the columns of their tables in them. A column of a table that is none stays a question: its check says so. */
function nested(rows: readonly Row[]): Field[] {
  const settled = rows.map((row) => settleCondition(row, rows));
  const fields: Field[] = [];
  for (const { table, ...field } of settled) {
    const owner = table === undefined ? undefined : fields.find(({ key }) => key === table);
    if (owner) (owner.columns ??= []).push(field as unknown as Field);
    else fields.push(field as unknown as Field);
  }
  return fields;
}

/** A condition's answer by the type of the question that it asks. */
function settleCondition(row: Row, rows: readonly Row[]): Row {
  const { visibleIf: when, ...rest } = row;
  if (typeof when !== 'string') return { ...row };
  const [, key, answer] = /^([^=＝]+)[=＝](.*)$/s.exec(when) ?? [null, when, ''];
  const other = rows.find((one) => one.key === key!.trim() && one.table === row.table);
  const said = answer!.trim();
  const equals =
    other?.type === 'boolean' && /^[是否]$/.test(said)
      ? said === '是'
      : other?.type === 'number' && /^-?\d+(\.\d+)?$/.test(said)
        ? Number(said)
        : said;
  return { ...rest, visibleIf: { key: key!.trim(), equals } };
}

/** A part that is simply a list of the standard. */
function listed<K extends 'links' | 'feeItems' | 'faq'>(
  name: K,
  title: string,
  blank: Standard[K][number],
  columns: readonly Column[],
): Part {
  return {
    name,
    title,
    naming: columns[0]!.key,
    columns,
    rowsOf: ({ standard }) => standard[name].map((row) => ({ ...row })),
    blank: () => ({ ...blank }),
    put({ standard }, rows) {
      standard[name] = rows.map((row) => ({ ...row })) as unknown as Standard[K];
    },
    keyOf: () => '',
  };
}

export const PARTS: readonly Part[] = [
  MATERIALS,
  FORM,
  listed('links', '环节', { name: '', office: '', handler: '', days: 0, special: false }, [
    column('name', '环节名称', text(50), { required: true }),
    column('office', '处室', text(100), said),
    column('handler', '办理人', text(50), said),
    column('days', '时限（工作日）', { is: 'whole' }, { empty: 0 }),
    column('special', '有特别程序', { is: 'flag' }, { empty: false }),
  ]),
  listed('feeItems', '收费', { name: '', rate: '', basis: '', reducible: false, reduction: '' }, [
    column('name', '收费项目', text(100), { required: true }),
    column('rate', '收费标准', lines(500), { ...said, locked: true }),
    column('basis', '项目收费依据', lines(1000), said),
    column('reducible', '可以减免', { is: 'flag' }, { empty: false }),
    column('reduction', '减免说明', lines(500), said),
  ]),
  listed('faq', '常见问题', { question: '', answer: '' }, [
    column('question', '问题', lines(300), { required: true }),
    column('answer', '回答', lines(2000), { required: true }),
  ]),
];

export const partNamed = (name: PartName): Part => PARTS.find((part) => part.name === name)!;
