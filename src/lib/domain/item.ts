/**
 * What a service item (事项) is, as a station needs it: guide, form, materials, limits.
 * Immutable once published; addressed by code and hash. Invariant: nothing here depends on a site or a clock.
 * Source: reference/domain.md §1.3; levels and field types are those of the Anyang list.
 */

/** Where an item may be handled. `village` covers communities (社区) too. */
export type Level = 'township' | 'subdistrict' | 'village';

export const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'money',
  'date',
  'select',
  'multiselect',
  'idNumber',
  'phone',
  'bankCard',
  'address',
  'boolean',
  'table',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** Keys of questions and columns: what `amend` can name (`answers.KEY`), and an id on a page without further care. */
export const FIELD_KEY = /^[A-Za-z][A-Za-z0-9]{0,39}$/;

/** A question of an item's form. `min`, `max`, `step` bound numbers (a number without `step` is an integer). */
export interface Field {
  key: string;
  label: string;
  type: FieldType;
  required: boolean;
  maxLength?: number;
  min?: number;
  max?: number;
  step?: number;
  options?: string[];
  /** Asked only when the other field of this form has this answer. */
  visibleIf?: { key: string; equals: string | boolean | number };
  /** Columns of a `table`: one answer in each cell, so neither `table` nor `multiselect`. */
  columns?: Field[];
}

/** A material (材料) that an applicant hands in. */
export interface Material {
  code: string;
  name: string;
  kind: '原件' | '复印件' | '原件和复印件' | '电子件';
  copies: number;
  required: boolean;
  /** In which case a material that is not always required is needed. */
  when?: string;
  source: string;
  shareable: boolean;
  /** The electronic licence (电子证照) that can replace it. */
  licence?: string;
  /** May be handed in later (容缺后补). */
  tolerable?: boolean;
}

export type ItemType =
  '行政许可' | '行政给付' | '行政确认' | '行政奖励' | '行政裁决' | '行政检查' | '其他行政权力' | '公共服务';

/** A service item (事项). Days are working days; 0 statutory days = no known limit; 0 promised days = on the spot. */
export interface Item {
  code: string;
  /** 31-digit implementation code (实施编码), synthetic in the demo city. */
  taskCode: string;
  name: string;
  type: ItemType;
  department: string;
  levels: Level[];
  audience: string[];
  topics: string[];
  handling: '即办件' | '承诺件';
  statutoryDays: number;
  promisedDays: number;
  fee: string;
  legalBasis: string[];
  conditions: string;
  materials: Material[];
  form: Field[];
  result: string;
  resultType: 'licence' | 'document';
  resultDelivery: string[];
  visits: number;
  keywords: string[];
  /** Checked against the applicant's own number. */
  eligibility?: { minAge?: number; maxAge?: number; sex?: string };
  proxyAllowed: boolean;
  /** Why the person must come. */
  mustAppear?: string;
}

/** Which version of an item something was filled against. */
export interface ItemRef {
  code: string;
  /** SHA-256 (hex) of the item's canonical bytes. */
  hash: string;
}
