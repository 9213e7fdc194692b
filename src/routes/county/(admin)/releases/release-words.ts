/** Releases in the words of these pages: stages, rings, steps. */
import type { RingAdoption } from '#lib/catalogue/adoption.ts';
import type { Stage, StepName } from '#lib/catalogue/rollout.ts';
import type { IconName } from '#lib/ui/icons.ts';
import type { StatusKind } from '#lib/ui/Status.svelte';

/** 第 3 版 · 拟定的新版 */
export const numberWords = (number: number | null): string =>
  number === null ? '拟定的新版' : `第 ${number} 版`;

export function stageKind(plan: { stage: Stage; held: boolean; undone: boolean }): StatusKind {
  if (plan.undone || plan.stage === 'withdrawn') return 'wait';
  if (plan.held) return 'later';
  return plan.stage === 'all' ? 'done' : 'todo';
}

/** One that goes on shows its rings; the others the sign of their kind. */
export const stageIcon = (plan: Parameters<typeof stageKind>[0]): IconName | undefined =>
  plan.stage !== 'drawn' && stageKind(plan) === 'todo' ? 'release' : undefined;

export const STEP_WORDS: Readonly<Record<StepName, string>> = {
  drawn: '拟定',
  withdrawn: '撤回拟定',
  pilot: '发布，到试点站',
  township: '放到一个乡镇',
  all: '放到全县',
  held: '暂停',
  resumed: '继续',
  undone: '退回',
};

export const RING_WORDS: Readonly<Record<RingAdoption['ring'], string>> = {
  pilot: '试点站',
  township: '一个乡镇',
  all: '全县其余',
};
