/**
 * Materials (材料) of an application: what was handed in, what is lacking, what need not come.
 * Invariants: every material of the item has exactly one entry; 容缺 only where the item allows it, 免提交 only where an
 * electronic licence can replace it, 不需要 only where the item does not always ask for it.
 * Paper that was handed in needs no photo; a photo that is named must have reached the office before acceptance.
 */
import type { Item, Material } from './item.ts';

export const MATERIAL_STATUSES = ['received', 'missing', 'tolerated', 'waived', 'notNeeded'] as const;
export type MaterialStatus = (typeof MATERIAL_STATUSES)[number];

export const MATERIAL_STATUS_NAMES: Readonly<Record<MaterialStatus, string>> = {
  received: '已收',
  missing: '缺',
  tolerated: '容缺',
  waived: '免提交',
  notNeeded: '不需要',
};

export const MATERIAL_KINDS = ['原件', '复印件', '原件和复印件', '电子件'] as const;

export interface MaterialEntry {
  code: string;
  status: MaterialStatus;
  /** In which form it was handed in. */
  kind: Material['kind'];
  /** Copies handed in; 0 to 99. */
  copies: number;
  /** Pictures and documents of it, page by page; 1 to 20. */
  photos?: Photo[];
}

/** What bytes a picture or document is made of; by magic, never by name. */
export const PHOTO_TYPES = ['jpeg', 'png', 'webp', 'pdf'] as const;

/** A picture (照片) or document (附件) of a material, named by the SHA-256 of its bytes as they are sent. */
export interface Photo {
  sha256: string;
  /** Bytes. */
  size: number;
  type: (typeof PHOTO_TYPES)[number];
}

export const PHOTOS_LIMIT = 20;

export interface MaterialProblem {
  code: string;
  problem:
    | 'unknown'
    | 'absent'
    | 'twice'
    | 'status'
    | 'kind'
    | 'copies'
    | 'nothing'
    | 'photo'
    | 'notTolerable'
    | 'notWaivable'
    | 'required';
  /** What the counter reads, with the way out. */
  text: string;
}

const COPIES_LIMIT = 99;

/** Everything that is wrong with the entries, in the item's order; an empty list means they may be sent. */
export function materialProblems(item: Item, entries: readonly MaterialEntry[]): MaterialProblem[] {
  const strangers = entries
    .filter((entry) => !item.materials.some((material) => material.code === entry.code))
    .map((entry) =>
      problem(entry.code, 'unknown', `这个事项不要编号为 ${entry.code} 的材料，请从清单里去掉`),
    );
  const listed = item.materials.flatMap((material) => {
    const found = entries.filter((entry) => entry.code === material.code);
    const [entry] = found;
    const { code, name } = material;
    if (!entry) return [problem(code, 'absent', `“${name}”还没有核对，请选已收、缺或其他情形`)];
    if (found.length > 1) return [problem(code, 'twice', `“${name}”列了两遍，请只留一条`)];
    return entryProblems(material, entry);
  });
  return [...listed, ...strangers];
}

/**
 * Materials that stand in the way of acceptance (受理): those that this application needs and lacks — always required,
 * or marked 缺 although the item does not always ask for them.
 */
export function missingForAcceptance(item: Item, entries: readonly MaterialEntry[]): Material[] {
  return item.materials.filter((material) => {
    const entry = entries.find((one) => one.code === material.code);
    return entry ? entry.status === 'missing' : material.required;
  });
}

/** Photos of an entry that the office does not hold yet (待上传). */
export const photosUnderway = (entry: MaterialEntry & { verified?: readonly string[] }): Photo[] =>
  (entry.photos ?? []).filter((photo) => entry.verified?.includes(photo.sha256) !== true);

/** The list as a new draft shows it: nothing is received yet; what depends on a case is not needed until it applies. */
export function defaultEntries(item: Item, { proxy }: { proxy: boolean }): MaterialEntry[] {
  return item.materials.map((material) => ({
    code: material.code,
    status: material.required || (proxy && isForProxy(material)) ? 'missing' : 'notNeeded',
    kind: material.kind,
    copies: 0,
  }));
}

/** Asked for when someone else handles the application (委托他人办理的). */
export function isForProxy(material: Material): boolean {
  return material.when !== undefined && /^(?:由|委托)(?:他人|代理人)/.test(material.when);
}

function entryProblems(material: Material, entry: MaterialEntry): MaterialProblem[] {
  const { code, name } = material;
  const { status, kind, copies, photos } = entry;
  const problems: MaterialProblem[] = [];
  const add = (which: MaterialProblem['problem'], text: string) => problems.push(problem(code, which, text));

  if (!MATERIAL_STATUSES.includes(status)) add('status', `“${name}”请选已收、缺或其他情形`);
  if (!MATERIAL_KINDS.includes(kind)) add('kind', `“${name}”请选原件、复印件或电子件`);
  if (!Number.isInteger(copies) || copies < 0 || copies > COPIES_LIMIT) {
    add('copies', `“${name}”的份数应是 0 到 ${COPIES_LIMIT} 的整数`);
  } else if (status === 'received' && copies === 0 && photos === undefined) {
    add('nothing', `“${name}”选了已收，请填收了几份，或者拍照`);
  }
  if (photos !== undefined) {
    if (!photos.every(isPhoto)) add('photo', `“${name}”的照片不完整，请重拍`);
    const { size } = new Set(photos.map((photo) => photo.sha256));
    if (photos.length === 0 || photos.length > PHOTOS_LIMIT || size < photos.length)
      add('photo', `“${name}”的照片应是 1 到 ${PHOTOS_LIMIT} 张，而且不能重复`);
    if (status !== 'received') add('photo', `“${name}”没有选已收，不能带照片，请选已收，或把照片去掉`);
  }
  if (status === 'tolerated' && material.tolerable !== true) {
    add('notTolerable', `“${name}”不能容缺，请选已收或缺`);
  }
  if (status === 'waived' && material.licence === undefined) {
    add('notWaivable', `“${name}”没有可用的电子证照，不能免提交，请选已收或缺`);
  }
  if (status === 'notNeeded' && material.required) add('required', `“${name}”必须提交，请选已收或缺`);
  return problems;
}

function isPhoto({ sha256, size, type }: Photo): boolean {
  return (
    /^[0-9a-f]{64}$/.test(sha256) && Number.isSafeInteger(size) && size > 0 && PHOTO_TYPES.includes(type)
  );
}

function problem(code: string, which: MaterialProblem['problem'], text: string): MaterialProblem {
  return { code, problem: which, text };
}
