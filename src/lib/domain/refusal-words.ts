/** What people are told of a refusal, in three lines: 怎么了 (what), 为什么 (why), 怎么办 (what to do). */
import type { RefusalReason } from './refusal.ts';

interface Words {
  what: string;
  why: string;
  remedy: string;
}

const WORDS = {
  wrongState: {
    what: '这一步现在办不了',
    why: '这件事已经走到别的步骤',
    remedy: '看一下最新进度，再决定下一步',
  },
  exists: {
    what: '这件已经收过',
    why: '同一个办件号已经有了',
    remedy: '打开已有的办件，不用再报',
  },
  closed: {
    what: '这件已经办完',
    why: '办结、撤回或终止以后不能再改',
    remedy: '需要的话新办一件',
  },
  notAllowed: {
    what: '您的岗位不能办这一步',
    why: '这一步由别的岗位负责',
    remedy: '请对应岗位的同事办理',
  },
  unknownApplication: {
    what: '没有这件办件',
    why: '它不存在，或不归本站管',
    remedy: '核对办件，或联系乡镇',
  },
  villageOnly: {
    what: '村里不能直接办结',
    why: '这个事项要由乡镇（街道）受理',
    remedy: '提交后由乡镇办理',
  },
  sameReviewer: {
    what: '您不能作这个决定',
    why: '审查和决定不能是同一个人',
    remedy: '请另一位负责人决定',
  },
  applicant: {
    what: '申请人信息有错',
    why: '姓名、证件或电话不符合规定',
    remedy: '改正标出的内容后重报',
  },
  handler: {
    what: '经办人信息有错',
    why: '受托人的信息或委托书不齐',
    remedy: '改正标出的内容后重报',
  },
  answers: {
    what: '表单有错',
    why: '有必填的没填，或填得不符合要求',
    remedy: '改正标出的内容后重报',
  },
  materials: {
    what: '材料清单有错',
    why: '材料与事项要求对不上',
    remedy: '按清单重新核对材料',
  },
  signature: {
    what: '没有签名',
    why: '提交、撤回和领取要有本人或受托人签名',
    remedy: '签名后再提交',
  },
  receiptNumber: {
    what: '收件号不对',
    why: '收件号与站点、日期或校验位不符',
    remedy: '重新提交，系统会重新编号',
  },
  receivedOn: { what: '收件日期不对', why: '收件日期不能晚于今天', remedy: '改正收件日期' },
  site: {
    what: '站点不对',
    why: '收件站点与本机登记的站点不同',
    remedy: '请联系乡镇核对设备',
  },
  mustAppear: {
    what: '要本人到场',
    why: '这个事项法律要求本人到场',
    remedy: '请本人到场后再收件',
  },
  proxyNotAllowed: { what: '不能代办', why: '这个事项不允许他人代办', remedy: '请本人来办' },
  materialsMissing: {
    what: '还不能受理',
    why: '必要材料没有收齐',
    remedy: '一次告知补正，收齐后再受理',
  },
  photosMissing: {
    what: '还不能受理',
    why: '有材料照片还没传到',
    remedy: '等照片到齐，或请村里重传',
  },
  noSuchMaterial: {
    what: '没有这项材料',
    why: '事项的材料清单里没有它',
    remedy: '按清单选择材料',
  },
  notTolerated: {
    what: '现在不能补交',
    why: '受理以后只能补交容缺的材料，而且要在期限内',
    remedy: '联系乡镇窗口',
  },
  noDefects: {
    what: '补正清单是空的',
    why: '一次告知要写明全部要补的内容',
    remedy: '写明要补什么，再发出',
  },
  defects: {
    what: '补正清单有错',
    why: '清单里有事项没有的材料或内容',
    remedy: '按事项的材料和表单重新选',
  },
  secondNotice: {
    what: '第二次补正要写原因',
    why: '这些问题第一次就能看到，应当一次告知（行政许可法第三十二条）',
    remedy: '写明第二次告知的原因',
  },
  defectsOpen: {
    what: '补正还没到齐',
    why: '清单里还有没补的',
    remedy: '逐条补上，或写明情况',
  },
  notInstant: {
    what: '不能当场办结',
    why: '这是承诺件，要经过受理、审查、决定',
    remedy: '先受理',
  },
  alreadyReviewed: { what: '已有审查意见', why: '每个部门出一次意见', remedy: '看已有的意见' },
  noReview: { what: '还不能决定', why: '承诺件先要有审查意见', remedy: '请审查人员先写意见' },
  noLicence: { what: '不用制证', why: '结果不是证照，或没有准予', remedy: '直接送达' },
  licenceNotMade: { what: '还不能送达', why: '证照还没有制作', remedy: '先制证出件' },
  trackingNumber: { what: '缺邮寄单号', why: '邮寄送达要有单号', remedy: '填上邮寄单号' },
  villageDelivery: {
    what: '村里只能登记村级送达',
    why: '窗口和邮寄送达由乡镇登记',
    remedy: '选“村里代送”',
  },
  extendTooLong: {
    what: '延长太久',
    why: '行政许可最多延长十个工作日（行政许可法第四十二条）',
    remedy: '改短延长的天数',
  },
  alreadyRated: {
    what: '已经评价过',
    why: '一事一评，只能评一次',
    remedy: '需要反映情况请打监督电话',
  },
  claimed: {
    what: '已经有人认领',
    why: '同一件不能两个人同时认领',
    remedy: '请对方放回，或请负责人放回',
  },
  notClaimed: {
    what: '不用放回',
    why: '这件没有人认领，或不是您认领的',
    remedy: '请认领的人或负责人放回',
  },
  notDue: { what: '期限没到', why: '时钟没有走到', remedy: '无须处理' },
  text: { what: '有内容没填好', why: '必填的文字是空的，或太长', remedy: '补上标出的内容' },
  fieldConflict: {
    what: '两边改了同一处',
    why: '您改之前，别人已经改过',
    remedy: '对照两边的内容，选一个',
  },
  itemUnknown: {
    what: '事项版本已停用',
    why: '事项换了新版或停办',
    remedy: '点“修改后重报”，换成新版',
  },
  predecessorRefused: {
    what: '前一步没办成',
    why: '这一步跟在没办成的一步后面',
    remedy: '先处理前一步',
  },
  idReused: {
    what: '编号重复',
    why: '同一编号送来了不同的内容',
    remedy: '导出诊断并联系乡镇',
  },
} as const satisfies Record<RefusalReason, Words>;

export const refusalWords = (reason: RefusalReason): Words => WORDS[reason];
