/** What people of the demo year write when they act: opinions, notices, reasons. Texts say 示例 where they name anything. */
import { actingFor } from '#lib/domain/applicant.ts';
import type { Bodies, Decision, Defect } from '#lib/domain/commands.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Chance } from '../chance.ts';
import { drawnBy } from './applicants.ts';

type Receive = Bodies['receive'];

const basisOf = (item: Item): string => item.legalBasis[0] ?? '有关规定';

export const granted = (item: Item): Decision => ({
  granted: true,
  facts: '材料齐全，经核实符合办理条件。',
  basis: basisOf(item),
});

export const declined = (item: Item): Decision => ({
  granted: false,
  facts: '经核实，申请情况和规定的条件不一致（样本）。',
  basis: basisOf(item),
});

export const opinion = (pass: boolean, luck: Chance): string =>
  pass
    ? luck.pick(['材料齐全，符合条件。', '已入户核实，情况属实，同意。', '和系统数据核对一致，同意。'])
    : luck.pick(['核对后不符合规定条件，建议不予。', '和有关部门数据比对不一致，建议不予。']);

const MATERIAL_PROBLEMS = [
  '缺页，请补齐全部页',
  '看不清，请补交清晰的复印件',
  '已经过期，请交有效期内的',
  '没有盖章，请到出具单位盖章后补交',
  '和申请表上的信息不一致，请核对后重新提交',
];

/** One thing or two that are wrong: materials that were to be handed in, and now and then an answer. */
export function defectsOf(item: Item, { materials, answers }: Receive, luck: Chance): Defect[] {
  const lacking = materials.find((held) => held.status === 'missing');
  const handed = materials.filter((held) => held.status === 'received');
  const chosen = lacking ? [lacking] : luck.shuffle(handed).slice(0, 1);
  const defects = chosen.map(({ code, status }, at): Defect => {
    const problem = status === 'missing' ? '没有交，请补交' : luck.pick(MATERIAL_PROBLEMS);
    return { id: `d${at + 1}`, kind: 'material', target: code, problem, basis: basisOf(item) };
  });
  const field = item.form.find(({ key, type }) => type === 'bankCard' && answers[key] !== undefined);
  if (field && (defects.length === 0 || luck.happens(0.3))) {
    defects.push({
      id: `d${defects.length + 1}`,
      kind: 'field',
      target: `answers.${field.key}`,
      problem: '不是申请人本人的账户，请更正',
      basis: basisOf(item),
    });
  }
  // whoever has nothing to hand in explains himself
  if (defects.length === 0)
    defects.push({ id: 'd1', kind: 'field', target: 'applicant', problem: '住址没有写到组和门牌号，请补充' });
  return defects;
}

export const secondReason = (luck: Chance): string =>
  luck.pick(['第一次补来的材料是另一个人的', '补来的材料页数不全，第一次时看不出来']);

export function delivery(
  { applicant, handler }: Receive,
  mode: Bodies['deliver']['mode'],
  luck: Chance,
): Bodies['deliver'] {
  const { name, idKind, idNumber, relation } = handler.kind === 'proxy' ? handler : actingFor(applicant);
  return {
    mode,
    collector: { name, idKind, idNumber, relation },
    signature: luck.happens(0.6) ? drawnBy(name, luck) : { kind: 'paper', by: name },
    ...(mode === 'post' ? { trackingNumber: `示例单号${luck.whole(100000, 999999)}` } : {}),
  };
}

export const licenceNumber = (luck: Chance): string =>
  `示例〔${luck.whole(2025, 2027)}〕第 ${String(luck.whole(1, 9999)).padStart(4, '0')} 号`;

export const refusal = (item: Item, luck: Chance): Bodies['refuseAcceptance'] =>
  luck.pick<Bodies['refuseAcceptance']>([
    { ground: 'unfit', reason: '经核对，目前不符合规定的受理条件（样本）。', basis: basisOf(item) },
    {
      ground: 'notOurs',
      reason: '申请人户籍不在本乡镇，应向户籍所在地提出（样本）。',
      basis: basisOf(item),
      organ: '户籍所在地乡镇便民服务中心',
    },
    {
      ground: 'notNeeded',
      reason: '同一事项已经办过，仍在有效期内，不必再办（样本）。',
      basis: basisOf(item),
    },
  ]);

export const withdrawal = ({ applicant, handler }: Receive, luck: Chance): Bodies['withdraw'] => {
  const by = handler.kind === 'proxy' ? handler.name : actingFor(applicant).name;
  const reason = luck.pick(['家里另有安排，先不办了', '材料一时凑不齐，以后再办', '改到外地办理']);
  return { reason, signature: drawnBy(by, luck) };
};

export const voiding = (luck: Chance): Bodies['void'] => ({
  reason: luck.pick(['同一件录了两遍', '选错了事项，已按正确的事项重新收件']),
});

export const forwarding = (item: Item): Bodies['forward'] => ({
  organ: `滑县${item.department}`,
  reason: '按职责由县级部门办理，材料一并转报。',
});

export const procedure = (luck: Chance): Bodies['suspend'] =>
  luck.pick([
    {
      procedure: '专家评审',
      reason: '需要专家现场评审',
      basis: '《中华人民共和国行政许可法》第四十五条',
      days: 15,
    },
    {
      procedure: '检验检测',
      reason: '需要检测机构出具报告',
      basis: '《中华人民共和国行政许可法》第四十五条',
      days: 10,
    },
    { procedure: '公示', reason: '按规定在村里公示', basis: '有关公示的规定', days: 7 },
  ]);

export const extension = (luck: Chance): Bodies['extend'] => ({
  days: luck.whole(3, 6),
  reason: '入户核查遇农忙，部分成员外出未回',
  basis: '《中华人民共和国行政许可法》第四十二条',
});

/** 好差评: most are content; who is not says why. */
export function rating(luck: Chance): Bodies['rate'] {
  const grade = luck.weighted<Bodies['rate']['grade']>([
    [1, 76],
    [2, 17],
    [3, 4],
    [4, 2],
    [5, 1],
  ]);
  if (grade < 4)
    return {
      grade,
      reasons: luck.happens(0.5) ? ['态度好', '办得快'].slice(0, luck.whole(1, 2)) : [],
      text: '',
    };
  return {
    grade,
    reasons: [luck.pick(['等的时间太长', '没有一次讲清要什么材料', '跑了不止一趟', '服务态度不好'])],
    text: luck.happens(0.5) ? '希望把要带的材料一次说清（样本）。' : '',
  };
}
