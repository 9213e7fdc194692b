/** What a station may need somebody for, in the administrator's words. */
import type { Need } from '#lib/domain/board-view.ts';

export const NEED_WORDS: Readonly<Record<Need, string>> = {
  short: '不达标和刚够的',
  call: '静默、传不出来、空间不够的',
  late: '有超期的',
  bare: '没登记过电脑的',
};
