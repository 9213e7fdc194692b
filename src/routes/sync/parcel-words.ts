/** Words for a courier's parcel: what is in it, and why one cannot be taken in. Pure. */
import type { Hindrance, Packed, TakenIn } from '#lib/client/state/parcel.ts';
import type { ThreeLines } from '../sync-words.ts';

/** 12 件（14 步）、3 张照片 */
export function contentsText({
  applications,
  commands,
  photos,
}: Pick<Packed, 'applications' | 'commands' | 'photos'>): string {
  const parts = [
    commands > 0 ? `${applications} 件${commands > applications ? `（${commands} 步）` : ''}` : '',
    photos > 0 ? `${photos} 张照片` : '',
  ].filter(Boolean);
  return parts.length === 0 ? '没有办件' : parts.join('、');
}

/** What came of taking one in. */
export function takenText(taken: TakenIn): string {
  if (taken.commands + taken.photos === 0) return '里面的这台电脑上都有了，没有重复带入。';
  const known = taken.known > 0 ? `；另有 ${taken.known} 样原来就有，没有重复` : '';
  return `带入了 ${contentsText(taken)}${known}。联网自动送，经手人还是原来的人。`;
}

const HINDRANCES: Record<Exclude<Hindrance['why'], 'elsewhere'>, ThreeLines> = {
  notParcel: {
    what: '这不是近办导出的文件',
    why: '文件的开头不对，可能选错了文件',
    remedy: '请选名字像“近办未上传-日期.jbp”的文件',
  },
  code: {
    what: '打不开这个文件',
    why: '开封码不对，或文件开头坏了',
    remedy: '请对着纸上的 12 个字再输一遍；每次导出的开封码都不一样',
  },
  damaged: {
    what: '文件没有带全',
    why: '文件坏了，或者拷贝时没拷完',
    remedy: '已经带入的有效。请重新拷贝一次再带入；还不行就回原来的电脑再导出',
  },
  newer: {
    what: '这个文件带不进来',
    why: '它是用更新的程序导出的',
    remedy: '请先联网刷新本页换上新版，再带入',
  },
  spoilt: {
    what: '文件里的内容对不上',
    why: '里面的编号和本机已有的冲突',
    remedy: '请不要再试。把文件和开封码一起交给乡镇，并导出诊断',
  },
  notEnrolled: {
    what: '没有带入',
    why: '这台电脑还没有登记到站点',
    remedy: '请用登记码登记后再带入',
  },
  full: {
    what: '没有带全',
    why: '这台电脑留给近办的地方满了',
    remedy: '已经带入的有效。腾出磁盘空间，再带入一次',
  },
  reloadNeeded: {
    what: '没有带入',
    why: '另一个窗口已经换了新版程序',
    remedy: '请刷新本页，再带入一次',
  },
  unavailable: {
    what: '没有带入',
    why: '浏览器打不开本机的存储',
    remedy: '请关掉其他近办窗口再试；还不行就重启浏览器',
  },
};

export function hindranceWords(hindrance: Hindrance): ThreeLines {
  if (hindrance.why !== 'elsewhere') return HINDRANCES[hindrance.why];
  return {
    what: '这份文件不能在这里带入',
    why: `它是${hindrance.site}的，不归这台电脑所在的站点管`,
    remedy: `请拿到${hindrance.site}的另一台电脑，或它的乡镇窗口带入`,
  };
}
