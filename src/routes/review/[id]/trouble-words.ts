/** What to say about a command that needs a person (需处理): three lines, whatever the office answered. */
import { refusalWords } from '#lib/domain/refusal.ts';
import type { OutboxItem } from '#lib/client/state/sync-center.svelte.ts';

export interface ThreeLines {
  what: string;
  why: string;
  remedy: string;
}

const QUARANTINED: Record<'deviceRevoked' | 'staffDisabled' | 'brokenChain', string> = {
  deviceRevoked: '这台设备已被停用',
  staffDisabled: '办这一步的人已被停用',
  brokenChain: '本机送去的内容前后接不上',
};

export function troubleWords({ outcome, damage }: Pick<OutboxItem, 'outcome' | 'damage'>): ThreeLines {
  if (outcome?.is === 'refused') return refusalWords(outcome.reason);
  if (outcome?.is === 'quarantined') {
    return {
      what: '送到了，等人核实',
      why: QUARANTINED[outcome.why],
      remedy: '内容没有丢，请联系县管理员核实后放行',
    };
  }
  if (damage !== null) {
    return { what: '本机读不出这一步', why: '存下的内容打不开', remedy: '到“同步”里导出诊断，联系县管理员' };
  }
  return {
    what: '送到了，还没有办成',
    why: '乡镇那边处理时出了问题，已留下来再办',
    remedy: '不用重办，办成后自己会变；过了一天还在，请联系县管理员',
  };
}

export const doubtText = (status: string): string =>
  status === 'sent' ? '已经送出，等答复。' : '送到后以答复为准，先不要重办。';
