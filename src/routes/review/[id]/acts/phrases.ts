/** 常用语: what counters write again and again, and what the law says in the same words every time. */
export const MATERIAL_PHRASES = [
  '没有交，请补交原件',
  '反光看不清，请重拍',
  '缺页，请补齐',
  '姓名与身份证不一致',
  '没有签字按指印',
  '已过有效期，请换新的',
  '复印件没有核对原件',
];
export const FIELD_PHRASES = [
  '与证件不一致，请改正',
  '没有写全，请补写',
  '账户不是本人的，请换本人账户',
  '请写到村、组和门牌',
  '请本人重新签名',
];

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
