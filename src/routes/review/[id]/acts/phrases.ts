/** 常用语: what counters write again and again, and what the law says in the same words every time. */
import type { Field, Material } from '#lib/domain/item.ts';

/** What a defect is about: a material by its form, a question by its type, a person, a signature. */
export type PhraseSort = Material['kind'] | Field['type'] | 'person' | 'signature';

const ORIGINAL = ['没有交，请补交原件', '已过有效期，请换新的', '没有签字按指印'];
const COPY = ['没有交，请补交复印件', '复印件不清楚，请重新复印', '复印件没有核对原件'];
const ANY = ['反光看不清，请重拍', '缺页，请补齐', '姓名与身份证不一致'];
const WORDS = ['没有写全，请补写', '与证件不一致，请改正'];

const PHRASES: Record<PhraseSort, readonly string[]> = {
  原件: [...ORIGINAL, ...ANY],
  复印件: [...COPY, ...ANY],
  原件和复印件: [...ORIGINAL, ...COPY, ...ANY],
  电子件: ['没有交，请补传', '打不开，请重新上传', ...ANY],
  person: [
    '与证件不一致，请改正',
    '证件号码有误，请核对',
    '电话打不通，请留能联系上的',
    '住址请写到村、组和门牌',
  ],
  signature: ['请本人重新签名', '签名与姓名不一致，请重签', '指印没有见证人签名，请补'],
  idNumber: ['证件号码有误，请核对', '与证件不一致，请改正'],
  phone: ['电话打不通，请留能联系上的', '电话是别人的，请写明机主'],
  bankCard: ['账户不是本人的，请换本人账户', '账号有误，请核对', '不是社会保障卡账户，请换'],
  address: ['请写到村、组和门牌', '与户口簿不一致，请改正'],
  date: ['日期有误，请核对', '与材料上的日期不一致，请改正'],
  number: ['数目有误，请核对', '与材料上的数目不一致，请改正'],
  money: ['金额有误，请核对', '请附收入或支出的凭证'],
  select: ['选得不对，请核对', '与材料不一致，请改正'],
  multiselect: ['没有选全，请补选', '与材料不一致，请改正'],
  boolean: ['与实际不符，请改正'],
  table: ['没有列全，请逐行补齐', '与户口簿不一致，请改正'],
  text: WORDS,
  textarea: [...WORDS, '理由没有写清，请补写'],
};

export const phrasesFor = (sort: PhraseSort): readonly string[] => PHRASES[sort];

/** 行政复议法 §20 and 行政诉讼法 §46; printed on every refusal. */
export const REMEDIES =
  '不服的，可以自收到书面通知之日起 60 日内申请行政复议，或者 6 个月内向人民法院提起行政诉讼。';

export const GROUNDS = [
  { value: 'unfit', label: '不符合条件', note: '申请人或申请事项不符合法定条件' },
  { value: 'notNeeded', label: '不需要办', note: '依法不需要取得许可或办理这个事项' },
  { value: 'notOurs', label: '不归本机关', note: '要写明应当向哪个机关申请' },
] as const;

/** 行政许可法 §32 (一)(二) and §12, as a first proposal for the basis. */
export const GROUND_BASIS: Record<(typeof GROUNDS)[number]['value'], string | null> = {
  unfit: null,
  notNeeded: '《中华人民共和国行政许可法》第三十二条第一款第（一）项',
  notOurs: '《中华人民共和国行政许可法》第三十二条第一款第（二）项',
};

/** What stops the clock (行政许可法 §45). */
export const PROCEDURES = [
  '听证',
  '招标',
  '拍卖',
  '检验',
  '检测',
  '检疫',
  '鉴定',
  '专家评审',
  '公示',
  '其他',
];
