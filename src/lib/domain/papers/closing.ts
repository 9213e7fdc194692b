/** 办结（终止）单 in its three cases: the applicant withdrew, nothing was supplied in time, or another organ has to decide. */
import { formatDay } from '../day.ts';
import { organPaper } from './organ-paper.ts';
import type { PaperFacts } from './sheet.ts';
import { requestOf } from './wording.ts';
import type { Block, Paper } from './paper.ts';
import { applicantLine, youOf } from './parties.ts';

export const CLOSING_TITLES = {
  withdrawn: '撤回申请确认书',
  lapsed: '终止办理告知书',
  forwarded: '转报通知书',
} as const;

/** null unless it ended in one of these ways. */
export function closingPaper(facts: PaperFacts): Paper | null {
  const { state } = facts;
  switch (state.state) {
    case 'withdrawn':
      return made(facts, CLOSING_TITLES.withdrawn, withdrawn(facts));
    case 'lapsed':
      return made(facts, CLOSING_TITLES.lapsed, lapsed(facts));
    case 'forwarded':
      return made(facts, CLOSING_TITLES.forwarded, forwarded(facts));
    default:
      return null;
  }
}

const made = (facts: PaperFacts, title: string, body: Block[]): Paper =>
  organPaper(facts, { kind: 'closing', title, on: facts.state.closedOn, body });

function withdrawn(facts: PaperFacts): Block[] {
  const { state } = facts;
  const reason = state.history.find(({ event }) => event === 'withdrawn')?.note;
  return [
    {
      is: 'text',
      text: `${youOf(state.applicant)}于 ${requestOf(facts)}，现${reason ? `因“${reason}”` : ''}自愿撤回，本机关终止办理。撤回不影响以后重新申请；已交的材料可以取回。`,
    },
    { is: 'sign', lines: [applicantLine(state.applicant, null)] },
  ];
}

function lapsed(facts: PaperFacts): Block[] {
  const { state } = facts;
  const told = state.notices.at(-1);
  return [
    {
      is: 'text',
      text: `${youOf(state.applicant)}于 ${requestOf(facts)}，本机关${told ? `已于 ${formatDay(told.requestedOn)}` : '已'}一次告知需要补正的内容，期限届满没有补正，本次申请终止办理。不影响以后重新申请；已交的材料可以取回。`,
    },
  ];
}

function forwarded(facts: PaperFacts): Block[] {
  const { state } = facts;
  const { organ = '', reason = '' } = state.forwarded ?? {};
  return [
    {
      is: 'text',
      text: `${youOf(state.applicant)}于 ${requestOf(facts)}，依法由${organ}决定，本机关已将申请和全部材料转报该机关，由该机关继续办理并答复。`,
    },
    {
      is: 'facts',
      facts: [
        { name: '转报机关', value: organ },
        { name: '原因', value: reason },
      ],
    },
  ];
}
