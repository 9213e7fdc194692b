/**
 * 特别程序告知书 and 延长办理期限告知书: the time that is not counted is told in writing (行政许可法 §45); an extension is
 * approved by the organ's head and its reasons are told (§42). Both say the new day, counted with all that was told before.
 */
import { chineseDay, formatDay, type Day } from '../day.ts';
import { dueWorkingDays } from '../calendar.ts';
import type { Suspension } from '../state.ts';
import { organPaper } from './organ-paper.ts';
import type { PaperFacts } from './sheet.ts';
import { requestOf, termText } from './wording.ts';
import type { Paper, PaperFact } from './paper.ts';
import { youOf } from './parties.ts';

/** null where the application had fewer procedures. */
export function procedurePaper(facts: PaperFacts, nth: number): Paper | null {
  const { state, item, calendar } = facts;
  const procedure = state.suspensions[nth - 1];
  if (procedure === undefined) return null;
  const { from, days, basis, reason } = procedure;
  const planned = dueWorkingDays(calendar, from, days);
  return organPaper(facts, {
    kind: 'procedure',
    title: '特别程序告知书',
    nth,
    on: from,
    body: [
      {
        is: 'text',
        text: `${youOf(state.applicant)}于 ${requestOf(facts)}已经受理。办理中需要启动特别程序，所需时间不计算在办理时限内，现告知如下：`,
      },
      {
        is: 'facts',
        facts: [
          { name: '种类', value: procedure.procedure },
          { name: '原因', value: reason },
          { name: '依据', value: basis },
          { name: '开始', value: formatDay(from) },
          { name: '需要时间', value: termText(calendar, from, days) },
          ...newTerms(facts, facts.state.extensions.length, [
            ...state.suspensions.slice(0, nth - 1),
            { from, to: planned },
          ]),
        ],
      },
      {
        is: 'text',
        text: `特别程序结束后，${item.name}的办理时限继续计算；提前或者推迟结束的，另行告知。`,
      },
    ],
  });
}

/** null where the term was extended less often. */
export function extensionPaper(facts: PaperFacts, nth: number): Paper | null {
  const { state } = facts;
  const extension = state.extensions[nth - 1];
  if (extension === undefined) return null;
  const told = state.history.filter(({ event }) => event === 'extended')[nth - 1];
  const on: Day | null = told ? chineseDay(told.at) : null;
  return organPaper(facts, {
    kind: 'extension',
    title: '延长办理期限告知书',
    nth,
    on,
    body: [
      {
        is: 'text',
        text: `${youOf(state.applicant)}于 ${requestOf(facts)}已经受理。在规定时限内不能办结，经本机关负责人批准，延长办理期限，现告知如下：`,
      },
      {
        is: 'facts',
        facts: [
          { name: '延长', value: `${extension.days} 个工作日` },
          { name: '原因', value: extension.reason },
          { name: '依据', value: extension.basis },
          ...newTerms(
            facts,
            nth,
            state.suspensions.filter(({ from }) => on === null || from <= on),
          ),
        ],
      },
    ],
  });
}

/** Until when it is now to be done: by promise, and by law where it sets a term. `extensions`: how many count. */
function newTerms(
  { state, item, calendar }: PaperFacts,
  extensions: number,
  suspended: readonly Pick<Suspension, 'from' | 'to'>[],
): PaperFact[] {
  const start = state.acceptedOn;
  if (start === null) return [];
  const extra = state.extensions.slice(0, extensions).reduce((sum, { days }) => sum + days, 0);
  const until = (days: number): string => {
    const due = dueWorkingDays(calendar, start, days + extra, { suspended });
    return due === null ? '特别程序结束后另行告知' : formatDay(due);
  };
  return [
    ...(item.promisedDays > 0 ? [{ name: '承诺办结日', value: until(item.promisedDays) }] : []),
    ...(item.statutoryDays > 0 ? [{ name: '法定届满日', value: until(item.statutoryDays) }] : []),
  ];
}
