/**
 * The implementation list (实施清单) of one item, as the standard knows it (domain.md §1.3): the item that travels to the
 * stations, unchanged, and beside it everything that they do not need. What both would say stands once: names, days,
 * conditions, fees in words and materials are the item's. Invariant: whatever is changed in `standard` alone changes no
 * item's hash and costs no station a byte.
 */
import type { Item } from '#lib/domain/item.ts';
import type {
  DepartmentType,
  HandleArea,
  HandleType,
  MaterialFormat,
  MaterialType,
  OnlineDepth,
  PowerSource,
  ResultType,
  ServerType,
  SheetState,
  TimeUnit,
  UseLevel,
} from './enumerations.ts';

/** A limit as the law or the office words it. The item has it in working days; null where none is known. */
export interface TimeLimit {
  amount: number | null;
  unit: TimeUnit;
  /** 时限说明. */
  explain: string;
}

/** A step of the procedure (环节). */
export interface Link {
  name: string;
  /** 处室、办理人. */
  office: string;
  handler: string;
  /** Working days. */
  days: number;
  special: boolean;
}

export interface FeeItem {
  name: string;
  /** 收费标准. */
  rate: string;
  basis: string;
  reducible: boolean;
  /** 减免说明. */
  reduction: string;
}

export interface Faq {
  question: string;
  answer: string;
}

/** What the list says of a material beside what a station reads. */
export interface MaterialStandard {
  /** The material's code within the item. */
  code: string;
  type: MaterialType;
  format: MaterialFormat;
  /** Paper size (纸质规格). */
  paper: string;
  /** Names of the files of the blank form (空白表格) and of the example (示例样表); '' for none. */
  blankForm: string;
  example: string;
  /** 填报须知、受理标准、要求依据. */
  notes: string;
  acceptance: string;
  basis: string;
  /** How many working days it may be handed in later (容缺补交期限); null: as the county's rule says. */
  toleranceDays: number | null;
}

/** Fields of the list that stations do not need. Texts are '' and lists empty where nothing is said. */
export interface Standard {
  /** 基本编码, 12; codes of the province's own numbering (≤50). */
  catalogCode: string;
  localCatalogCode: string;
  localTaskCode: string;
  /** 业务办理项编码, 33; '' where the item has only one way. */
  handleItem: string;
  powerSource: PowerSource;
  useLevel: UseLevel;
  /** 实施主体: unified social credit code and kind; 委托部门. */
  deptCode: string;
  deptType: DepartmentType;
  entrustName: string;
  /** 联办机构、中介服务. */
  otherDepts: string;
  intermediary: string;
  /** 法定办结时限 and 承诺办结时限. */
  anticipate: TimeLimit;
  promise: TimeLimit;
  /** 办理流程: in words, and by steps. */
  flow: string;
  links: Link[];
  /** 特别程序. */
  specialProcedure: string;
  /** 是否收费、收费依据、收费项目. In words for the applicant: `item.fee`. */
  charged: boolean;
  feeBasis: string;
  feeItems: FeeItem[];
  payOnline: boolean;
  serverTypes: ServerType[];
  /** 面向自然人 / 法人主题; `item.topics` are the tiles of the station. */
  userTopics: string[];
  corpTopics: string[];
  handleTypes: HandleType[];
  handleArea: HandleArea;
  /** 必须现场办理原因. */
  sceneReason: string;
  online: boolean;
  onlineDepth: OnlineDepth | '';
  onlineUrl: string;
  /** 支持物流快递、预约、自助终端、进驻大厅. */
  express: boolean;
  appointment: boolean;
  terminal: boolean;
  inCentre: boolean;
  /** 结果类型、结果样本 (file names). */
  resultType: ResultType;
  resultSamples: string[];
  /** 数量限制. */
  quantityLimit: string;
  materials: MaterialStandard[];
  faq: Faq[];
  /** 办理地点、时间, 咨询 and 监督投诉: the county's own, never locked. */
  address: string;
  hours: string;
  consultPhone: string;
  supervisePhone: string;
  /** 版本号, from 1; raised by the list's owner. */
  version: number;
  state: SheetState;
  /** YYYY-MM-DD; '' for none. */
  effectiveFrom: string;
  cancelledFrom: string;
}

export interface ItemSheet {
  item: Item;
  standard: Standard;
  /** Some of it is made up: shown as 模拟 wherever it is shown. */
  synthetic: boolean;
}

/** What travels to the stations: the very item, so that its hash stays what it was. */
export const stationItem = ({ item }: ItemSheet): Item => item;

/** The items that a release takes: what is in use, in the order of the list. */
export const itemsInUse = (sheets: readonly ItemSheet[]): Item[] =>
  sheets.filter(({ standard }) => standard.state === '在用').map(stationItem);
