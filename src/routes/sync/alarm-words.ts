/**
 * Words for what the worker met and cannot mend by itself (I10), in three lines, with the one act that helps first. Codes
 * and details of the alarm itself are for the diagnosis, never for people.
 */
import type { SyncStatus } from '#lib/client/state/sync-status.svelte.ts';
import type { ThreeLines } from '../sync-words.ts';

/** `call`: the township's counter. `again`: 立即同步. `carry`: 导出未上传. `diagnose`: 导出诊断. `reload`: this page. */
export type Act = 'call' | 'again' | 'carry' | 'diagnose' | 'reload';
export interface AlarmWords extends ThreeLines {
  act: Act;
}
type Code = NonNullable<SyncStatus['alarm']>['code'];

const ALARMS: Record<Code, AlarmWords> = {
  stalled: {
    what: '有办件等了十分钟还没送出去',
    why: '乡镇的服务联得上，可是一直没有收下',
    remedy: '办件都在本机，不要重报。先点“再送一次”；还不行就导出诊断，交给乡镇',
    act: 'again',
  },
  rejected: {
    what: '有办件送不出去',
    why: '乡镇的服务看不懂本机送去的内容，多半是程序的毛病',
    remedy: '办件都在本机，不要重报。请导出诊断交给乡镇；急件用“导出未上传”先送过去',
    act: 'diagnose',
  },
  tooLarge: {
    what: '有一步太大，送不过去',
    why: '网络中间的设备不让这么大的内容通过',
    remedy: '换个网络再送，例如用手机热点；还不行就用“导出未上传”送到乡镇',
    act: 'carry',
  },
  deviceRefused: {
    what: '乡镇不认这台设备',
    why: '这台设备的登记在乡镇查不到，或已经注销',
    remedy: '办件都在本机，没有丢。请打电话联系乡镇，由县管理员重新登记',
    act: 'call',
  },
  revoked: {
    what: '这台设备已被停用',
    why: '县管理员停用了它：送去的办件要人核对，新的内容也不再发到这里',
    remedy: '没有停错就换一台设备办；停错了请打电话联系乡镇',
    act: 'call',
  },
  storage: {
    what: '本机存不进新内容',
    why: '磁盘满了，或者浏览器不让近办存东西',
    remedy: '请不要关页面。关掉别的近办窗口、腾出磁盘空间，再试一次',
    act: 'again',
  },
  feed: {
    what: '乡镇送来的内容对不上',
    why: '前后接不起来，本机没有采用，原来的内容都还在',
    remedy: '不影响往外送。先再试一次；过一小时还这样，请导出诊断交给乡镇',
    act: 'again',
  },
  release: {
    what: '新的事项目录没有换上',
    why: '取到的目录不完整，或签名不对，本机不敢用',
    remedy: '照常收件，现在用的目录不受影响。请导出诊断交给乡镇',
    act: 'diagnose',
  },
  fault: {
    what: '近办程序自己出了毛病',
    why: '后台传送的程序停了几次',
    remedy: '办件都在本机。请刷新本页；再出现就导出诊断交给乡镇',
    act: 'reload',
  },
};

const OLD_PROGRAM: AlarmWords = {
  what: '程序太旧，送不出去',
  why: '乡镇的服务已经换了新版，不再收旧版送的内容',
  remedy: '办件都在本机。请联网刷新本页换上新版；换不了就用“导出未上传”送到乡镇',
  act: 'reload',
};

/** null while nothing needs a person. */
export function alarmWords({ phase, alarm }: Pick<SyncStatus, 'phase' | 'alarm'>): AlarmWords | null {
  if (phase === 'oldProgram') return OLD_PROGRAM;
  return alarm === null ? null : ALARMS[alarm.code];
}
