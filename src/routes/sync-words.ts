/** Words of the sync centre: what an answer of the office means to the person who acted, in three lines. */
import type { OutboxItem } from '#lib/client/state/sync-center.svelte.ts';
import { refusalWords } from '#lib/domain/refusal-words.ts';
import { PHOTO_REFUSAL_TEXTS } from '#lib/protocol/photo-errors.ts';
import type { PhotoRefusal } from '#lib/protocol/photo.ts';

export interface ThreeLines {
  what: string;
  why: string;
  remedy: string;
}

const QUARANTINED: Record<'deviceRevoked' | 'staffDisabled' | 'brokenChain', ThreeLines> = {
  deviceRevoked: {
    what: '已经送到县里，等人核对',
    why: '这台设备已被停用',
    remedy: '请联系县管理员；内容没有丢，不要重复再报',
  },
  staffDisabled: {
    what: '已经送到县里，等人核对',
    why: '经手人的账号已停用',
    remedy: '请联系县管理员；内容没有丢，不要重复再报',
  },
  brokenChain: {
    what: '已经送到县里，等人核对',
    why: '本机送来的顺序或签名对不上',
    remedy: '请联系县管理员，并导出诊断给他；内容没有丢',
  },
};

export function troubleWords(item: OutboxItem): ThreeLines {
  if (item.damage !== null) {
    return {
      what: '这一步在本机读不出来',
      why: '存储可能损坏',
      remedy: '请不要清浏览器数据，导出诊断交给乡镇',
    };
  }
  switch (item.outcome?.is) {
    case 'refused':
      return refusalWords(item.outcome.reason);
    case 'quarantined':
      return QUARANTINED[item.outcome.why];
    default:
      return {
        what: '已经送到县里，正在查原因',
        why: '县里的服务处理这一步时出了问题',
        remedy: '不用重报，查好后会自动接着办；着急请打乡镇电话',
      };
  }
}

/** Why the office could not take a photo, with the way out. */
export function photoTroubleText(why: string | null): string {
  if (why === 'lost') return '这台电脑上的照片坏了或被清掉了，没法送；请重拍';
  return PHOTO_REFUSAL_TEXTS[why as PhotoRefusal] ?? '乡镇收不了这张照片；请重拍，或重新选文件';
}
