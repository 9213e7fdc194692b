/** 办理情况: what the authority has written on a case so far, newest fact last. Names of officials only in 经过. */
import { formatMonthDay } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Application } from '#lib/domain/state.ts';
import type { Answer } from '#lib/ui/AnswerList.svelte';
import { fieldName } from '../../conflict.ts';

const MODES = { window: '窗口领取', post: '邮寄', village: '村里代送' } as const;
const GROUNDS = { notNeeded: '不需要办', notOurs: '不归本机关', unfit: '不符合条件' } as const;

const row = (key: string, question: string, answer: string): Answer => ({ key, question, answer });

function noticeRows(app: Application, item: Item): Answer[] {
  return app.notices.flatMap((notice, n) => {
    const again = app.notices.length > 1 ? `第 ${n + 1} 次` : '';
    const lines = notice.defects.map(({ id, kind, target, problem }): Answer => {
      const name =
        kind === 'material'
          ? (item.materials.find((material) => material.code === target)?.name ?? target)
          : fieldName(target, item);
      const said = notice.answers?.[id];
      const answer = `${name}：${problem}${said ? `（答：${said}）` : ''}`;
      return row(`notice.${n}.${id}`, `${again}告知 ${formatMonthDay(notice.requestedOn)}`, answer);
    });
    return notice.secondReason
      ? [...lines, row(`notice.${n}.why`, `${again}告知原因`, notice.secondReason)]
      : lines;
  });
}

export function outcomeRows(app: Application, item: Item): Answer[] {
  const { refusal, assignment, decision, delivery, forwarded } = app;
  return [
    ...noticeRows(app, item),
    ...(refusal
      ? [row('refusal', '不予受理', `${GROUNDS[refusal.ground]}：${refusal.reason}（${refusal.basis}）`)]
      : []),
    ...(refusal?.organ ? [row('refusal.organ', '有权机关', refusal.organ)] : []),
    ...(assignment ? [row('assignment', '分办', assignment.department)] : []),
    ...app.reviews.map(({ department, pass, opinion }, n) =>
      row(`review.${n}`, '审查意见', `${department}${pass ? '通过' : '不通过'}：${opinion}`),
    ),
    ...app.suspensions.map(({ procedure, from, to, days, reason }, n) =>
      row(
        `suspension.${n}`,
        '特别程序',
        `${procedure}，${formatMonthDay(from)}起${to ? `到 ${formatMonthDay(to)}` : `，预计 ${days} 天`}：${reason}`,
      ),
    ),
    ...app.extensions.map(({ days, reason }, n) =>
      row(`extension.${n}`, '延长', `${days} 个工作日：${reason}`),
    ),
    ...(decision
      ? [
          row(
            'decision',
            '决定',
            `${decision.granted ? '准予' : '不予'}：${decision.facts}（${decision.basis}）`,
          ),
        ]
      : []),
    ...(app.licenceNumber ? [row('licence', '证照编号', app.licenceNumber)] : []),
    ...(delivery
      ? [
          row(
            'delivery',
            '送达',
            `${MODES[delivery.mode]}，${delivery.collector.name}（${delivery.collector.relation}）${
              delivery.trackingNumber ? `，单号 ${delivery.trackingNumber}` : ''
            }`,
          ),
        ]
      : []),
    ...(forwarded ? [row('forwarded', '转报', `${forwarded.organ}：${forwarded.reason}`)] : []),
  ];
}
