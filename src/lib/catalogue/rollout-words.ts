/** The steps of a release in the words of the county's pages: what they are called, and why one cannot be taken. */
import type { Ring, Stage, StepRefusal } from './rollout.ts';

const RING_NAMES: Readonly<Record<Ring, string>> = {
  pilot: '试点站',
  township: '一个乡镇',
  all: '全县',
};

/** 拟定，等另一人发布 · 试点站 · … */
export function stageWords(plan: { stage: Stage; held: boolean; undone: boolean }): string {
  if (plan.undone) return '已退回';
  const held = plan.held ? '，已暂停' : '';
  switch (plan.stage) {
    case 'drawn':
      return '拟定，等另一人发布';
    case 'withdrawn':
      return '已撤回，没有发布';
    default:
      return `已放到${RING_NAMES[plan.stage]}${held}`;
  }
}

interface Said {
  /** 怎么了 */
  what: string;
  /** 为什么、怎么办 */
  how: string;
}

export const STEP_REFUSALS: Readonly<Record<StepRefusal, Said>> = {
  samePerson: {
    what: '拟定的人不能自己发布',
    how: '发布要两个人：一个拟定，另一个核对后发布。请让另一位有“发布员”角色的人登录，打开这一页来发布。',
  },
  notReleaser: {
    what: '您没有发布的权限',
    how: '发布、放下一环和继续，要有“发布员”角色。请找有这个角色的人来做；要先停下来，谁都可以点“暂停”。',
  },
  noPilots: {
    what: '还没有选试点站',
    how: '新版本先到试点站，没有问题再往外放。请先在“试点站”里选几个站，选过一次以后都记得。',
  },
  short: {
    what: '有站点会掉到数量底线以下，没有写明原因',
    how: '请撤回这份拟定，补上事项再拟；确实要发，就在重新拟定时写明原因，原因会记进审计。',
  },
  notDrawn: {
    what: '这份拟定已经不在等发布了',
    how: '别人可能刚刚发布或撤回了它。请看本页现在的状态。',
  },
  notNext: {
    what: '现在不能放到这一环',
    how: '要一环一环放：试点站，一个乡镇，全县。别人可能刚刚放过，请看本页现在的状态。',
  },
  held: { what: '已经暂停', how: '请先点“继续”，再往外放。' },
  notHeld: { what: '没有暂停', how: '它正在往外放，不用继续。别人可能刚刚点过，请看本页现在的状态。' },
  superseded: {
    what: '后来又发布了新版本',
    how: '只有最新的一版还能放、暂停和退回。请到最新的一版去做。',
  },
  undone: { what: '这一版已经退回', how: '它不会再到别的站。要重新发布，请改好清单再拟定一次。' },
  noBase: {
    what: '没有可以退回的版本',
    how: '这是本县的第一版，前面没有别的。有问题请先暂停，改好清单再发新版。',
  },
  otherDrawn: {
    what: '还有一份拟定等着发布',
    how: '一个县一次只能有一份拟定。请先发布或撤回它，再来做。',
  },
  undoDrawn: {
    what: '有人拟定了退回这一版',
    how: '那份退回还在等另一人发布，这一版先停着。确实要继续放，请先到“目录发布”里撤回那份拟定。',
  },
};
