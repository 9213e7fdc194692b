/** Words for what the device itself cannot do: what happened, why, and the way out. Nothing here is a refusal of the office. */
import type { EnqueueFailure } from '../store/enqueue.ts';

export interface Failure {
  what: string;
  why: string;
  remedy: string;
}

const FAILURES: Record<EnqueueFailure, Failure> = {
  full: {
    what: '没有存上',
    why: '这台电脑留给近办的地方满了',
    remedy: '不要关页面。先到“同步”把待传的送出去，或腾出磁盘空间，再点一次',
  },
  reloadNeeded: {
    what: '没有存上',
    why: '另一个窗口已经换了新版程序',
    remedy: '抄下或截图没存上的内容，再刷新本页',
  },
  unavailable: {
    what: '没有存上',
    why: '浏览器打不开本机的存储',
    remedy: '不要关页面。关掉其他近办窗口再点一次；还不行就打印或截图留底，再重启浏览器',
  },
  notEnrolled: { what: '没有存上', why: '这台电脑还没有登记到站点', remedy: '请用登记码登记后再办' },
  noKey: {
    what: '没有存上',
    why: '您还没有在这台电脑上联网登录过',
    remedy: '联网时登录一次，以后就能离线办',
  },
  idReused: { what: '没有存上', why: '同一个编号已经用在别的内容上', remedy: '请刷新页面，内容会从草稿恢复' },
};

export const failureWords = (why: EnqueueFailure): Failure => FAILURES[why];
