/**
 * 受理通知书: written, dated, sealed (行政许可法 §32); until when by law and by promise, counted as on the day of acceptance;
 * what the term does not count (§45); fee, result and how to collect it. Silence past five days has the same effect (§32 (4)).
 */
import { ACCEPTANCE_DAYS } from '../clocks.ts';
import { formatDay } from '../day.ts';
import { organPaper } from './organ-paper.ts';
import type { PaperFacts } from './sheet.ts';
import { basisOf, requestOf, termText } from './wording.ts';
import { materialName } from './material-lines.ts';
import type { Block, Paper } from './paper.ts';
import { youOf } from './parties.ts';

/** null before acceptance. */
export function acceptancePaper(facts: PaperFacts): Paper | null {
  const { state, item, calendar, office } = facts;
  const on = state.acceptedOn;
  if (on === null) return null;
  const you = youOf(state.applicant);
  const body: Block[] = [
    { is: 'text', text: `${you}于 ${requestOf(facts)}，${groundOf(facts)}` },
    {
      is: 'facts',
      pairs: true,
      facts: [
        { name: '受理日期', value: formatDay(on) },
        {
          name: '法定时限',
          value:
            item.statutoryDays > 0
              ? termText(calendar, on, item.statutoryDays)
              : '法律、法规没有规定，按承诺时限办理',
        },
        {
          name: '承诺时限',
          value: item.promisedDays > 0 ? termText(calendar, on, item.promisedDays) : '当场办结',
        },
        { name: '收费', value: item.fee },
        { name: '办理结果', value: `${item.result}（${item.resultDelivery.join('、')}）` },
        { name: '联系', value: `${office.organ} ${office.phone}`.trimEnd() },
      ],
    },
    { is: 'list', lines: [excluded(facts), ...tolerated(facts)] },
  ];
  return organPaper(facts, { kind: 'acceptance', title: '受理通知书', on, body });
}

function groundOf({ state, item }: PaperFacts): string {
  if (state.acceptedBySilence)
    return `本机关没有在 ${ACCEPTANCE_DAYS} 个工作日内告知需要补正的内容，根据${basisOf(item, '第三十二条第一款第四项')}，自收到申请材料之日起即为受理。`;
  return `申请材料齐全、符合法定形式${hasTolerated(state) ? '（部分材料容缺后补）' : ''}，属于本机关办理范围。根据${basisOf(item, '第三十二条第一款第五项')}，决定予以受理。`;
}

const excluded = ({ item }: PaperFacts): string =>
  item.type === '行政许可'
    ? '依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需时间不计算在上述时限内，另行书面告知（行政许可法第四十五条）。'
    : '依法启动特别程序所需的时间不计算在上述时限内，另行书面告知。';

const hasTolerated = ({ materials }: PaperFacts['state']): boolean =>
  Object.values(materials).some(({ status }) => status === 'tolerated');

/** 容缺: which materials, and until when. */
function tolerated({ state, item, calendar, policy }: PaperFacts): string[] {
  const names = Object.values(state.materials)
    .filter(({ status }) => status === 'tolerated')
    .map(({ code }) => materialName(item, code));
  if (names.length === 0 || state.acceptedOn === null) return [];
  return [
    `容缺受理的材料：${names.join('、')}。补交期限：${termText(calendar, state.acceptedOn, policy.toleranceDays)}；逾期不补，会影响办理结果。`,
  ];
}
