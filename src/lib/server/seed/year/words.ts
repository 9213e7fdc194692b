/** Words that are written into forms, by what the question asks. All of it shows that it is made up. */
import type { Day } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Chance } from '../chance.ts';
import type { Villager, Villagers } from './villagers.ts';

/** Whom a form is about, and when it is filled in. */
export interface Asked {
  item: Item;
  /** Who applies; of an organisation who acts for it. */
  person: Villager;
  organisation: { name: string; idNumber: string } | null;
  villagers: Villagers;
  day: Day;
  luck: Chance;
}

/** By the first pattern that the label matches. */
const SENTENCES: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /困难|家庭情况|收入|经济/,
    [
      '家里两口人，老伴长期吃药，主要靠种地和养老金生活（样本）。',
      '本人患慢性病不能干重活，孩子还在上学，收入不够日常开支（样本）。',
      '去年秋天受灾减产，今年又住院一次，家里比较困难（样本）。',
    ],
  ],
  [/变更|变动/, ['原来登记的银行卡丢了，换了新卡（样本）。', '户口本换发以后住址写法变了（样本）。']],
  [/遗失|丢失/, ['赶集时不慎遗失，已在村里广播找过（样本）。', '搬家时找不到了（样本）。']],
  [
    /病|药|治疗|症状|身体/,
    [
      '高血压多年，每天吃降压药，最近一次在示例县医院复查（样本）。',
      '糖尿病，注射胰岛素，定期复查（样本）。',
    ],
  ],
  [
    /经过|事实|纠纷|争议/,
    [
      '双方因地边相邻产生争议，村里调解过一次没有谈成（样本）。',
      '按约定干完了活，尾款一直没有结清（样本）。',
    ],
  ],
  [/请求|诉求|理由|事由/, ['请按规定核实办理（样本）。', '希望尽快核实，给个明白答复（样本）。']],
  [/经营|范围|品种|菜品|业务/, ['日用百货、粮油零售（样本）。', '小麦、玉米种植，农产品销售（样本）。']],
  [
    /措施|防扰民|恢复|器具/,
    ['安排专人看护，完工后恢复原状（样本）。', '备有灭火器和水桶，专人值守（样本）。'],
  ],
  [
    /项目|内容|说明|概述|描述|问题/,
    ['按要求如实说明，材料属实（样本）。', '情况和材料一致，村里核实过（样本）。'],
  ],
];

export function sentenceFor(label: string, luck: Chance): string {
  const found = SENTENCES.find(([pattern]) => pattern.test(label));
  return luck.pick(found?.[1] ?? ['情况属实（样本）。', '按规定申请，材料齐全（样本）。']);
}

const TEXTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/医院|诊断机构|手术单位/, ['示例县人民医院', '样本镇卫生院', '示例县中医院']],
  [/药店/, ['样本大药房']],
  [/学校|院校/, ['示例县第一小学', '样本镇中心学校', '示例县职业中专']],
  [/年级/, ['三年级']],
  [/专业/, ['农业机械']],
  [/银行/, ['示例农商银行白样支行', '样本银行滑县支行']],
  [/疾病|病种|诊断|病名/, ['高血压', '2 型糖尿病', '脑梗死后遗症']],
  [/血压/, ['140/90']],
  [/树种/, ['杨树', '泡桐']],
  [/工种|岗位|职业|技能/, ['焊工', '保洁', '家政', '厨师']],
  [/省份/, ['江苏省', '浙江省', '广东省']],
  [/城市|地市/, ['苏州市', '郑州市']],
  [/型号|品牌/, ['示例牌 SL-1']],
  [/村|社区/, ['样本村']],
  [/项目/, ['示例项目']],
  [/部位/, ['左手']],
  [/内容/, ['示例内容']],
];

/** One line of text. */
export function textFor(label: string, { luck, person, organisation, villagers, day }: Asked): string {
  if (/信用代码/.test(label)) return (organisation ?? villagers.organisation()).idNumber;
  if (/残疾人证/.test(label)) return `${person.idNumber}${luck.whole(1, 7)}${luck.whole(1, 4)}`;
  if (/年月/.test(label)) return day.slice(0, 7);
  if (/单位|企业|公司|店|字号|组织|机构|场/.test(label) && !/医|药/.test(label))
    return (organisation ?? villagers.organisation()).name;
  if (
    /姓名|联系人|负责人|代表人|配偶|户主|房主|被申请人|当事人|经办人|照护|照料|监护|知情人|担保人|亲属/.test(
      label,
    )
  )
    return villagers.other({ from: 30, to: 66 }, day).name;
  const found = TEXTS.find(([pattern]) => pattern.test(label));
  if (found) return luck.pick(found[1]);
  if (/编号|证号|卡号|号/.test(label)) return `示例${luck.whole(1000, 9999)}`;
  return '示例';
}
