/** What is going on between this device and the township, in the words of the counter. Pure. */
import type { SyncStatus } from '#lib/client/state/sync-status.svelte.ts';
import { chineseDay, formatMonthDay, formatTime, instantMs, type Instant } from '#lib/domain/day.ts';
import { sizeText } from '../size-text.ts';
import { paceText } from './send-pace.ts';

type Left = Pick<SyncStatus, 'phase' | 'waiting' | 'applications' | 'bytesLeft' | 'photos' | 'alarm'>;

/** Bytes that still have to go: text, and photos without what has left of the one on its way. */
export function bytesLeft({ bytesLeft: text, photos }: Pick<SyncStatus, 'bytesLeft' | 'photos'>): {
  text: number;
  photos: number;
} {
  return { text, photos: Math.max(0, photos.bytesLeft - (photos.sending?.sent ?? 0)) };
}

/** 还有 12 件、3 张照片，1.3 MB; null when nothing waits. */
export function leftText(status: Left): string | null {
  const { waiting, applications, photos } = status;
  if (waiting === 0 && photos.waiting === 0) return null;
  const what = [
    waiting > 0 ? `${applications} 件` : '',
    photos.waiting > 0 ? `${photos.waiting} 张照片` : '',
  ].filter(Boolean);
  const left = bytesLeft(status);
  return `还有 ${what.join('、')}，${sizeText(left.text + left.photos)}`;
}

/** How long it takes yet, or honestly why nobody can tell; '' when nothing waits. `seconds` by the measured link. */
export function timeText(status: Left, seconds: number | null): string {
  if (status.waiting === 0 && status.photos.waiting === 0) return '';
  if (status.phase === 'offline' || status.phase === 'notEnrolled') return '没有网，联上以后自动送';
  if (status.phase === 'oldProgram') return '程序太旧，换上新版再送';
  const known = paceText(seconds);
  if (known !== '') return `按现在的网速${known}`;
  if (status.alarm !== null) return '送不动，看上面怎么办';
  return status.phase === 'sending' || status.photos.sending !== null
    ? '正在送，还测不出要多久'
    : '马上就送，还测不出要多久';
}

const PHASES: Record<SyncStatus['phase'], string> = {
  starting: '正在清点',
  offline: '离线',
  idle: '已联网',
  sending: '正在送填写的内容',
  pulling: '正在取新内容',
  trouble: '已联网，有一处要处理',
  oldProgram: '已联网，程序太旧',
  notEnrolled: '还没有登记',
};

/** The one line of what is going on. */
export function phaseText({ phase, photos, waiting }: Left): string {
  if (phase === 'idle' && photos.sending !== null) return '正在送照片';
  if (phase === 'idle' && waiting === 0 && photos.waiting === 0) return '已联网，都送到了';
  return PHASES[phase];
}

/** When the township last answered. */
export function lastText(last: Instant | null, now: Instant): string {
  if (last === null) return '还没有联上过乡镇';
  const minutes = Math.round((instantMs(now) - instantMs(last)) / 60_000);
  if (minutes < 1) return '刚刚联上过';
  const when = `上次联上是 ${formatMonthDay(chineseDay(last))} ${formatTime(last)}`;
  const days = Math.floor(minutes / 1440);
  if (days > 0) return `${when}，${days} 天前`;
  const ago = minutes < 60 ? `${minutes} 分钟前` : `${Math.floor(minutes / 60)} 小时前`;
  return `${when}，${ago}`;
}

/** The device's clock against the township's. */
export function clockText(skewMs: number | null): string {
  if (skewMs === null) return '联网后核对';
  const seconds = Math.round(skewMs / 1000);
  const way = seconds >= 0 ? '快' : '慢';
  if (Math.abs(seconds) < 60) return `比乡镇${way} ${Math.abs(seconds)} 秒，正常`;
  const minutes = Math.round(Math.abs(seconds) / 60);
  return minutes < 60
    ? `比乡镇${way} ${minutes} 分钟`
    : `比乡镇${way} ${Math.round(minutes / 60)} 小时，请校准`;
}
