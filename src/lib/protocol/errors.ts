/**
 * Errors of transport: HTTP status, a closed code, and a Chinese sentence with a way out. They say nothing about a
 * command: a refused command is an outcome with HTTP 200. Anything that is not this JSON is somebody else's page
 * (a captive portal) and means "offline".
 */
import * as v from 'valibot';
import { count } from './primitives.ts';

export const ERRORS = {
  malformed: { status: 400, text: '送来的内容不完整或格式不对，请更新本机程序后重试' },
  badCode: { status: 400, text: '登记码不对或已经用过，请向县里要一个新的' },
  noSession: { status: 401, text: '连接已过期，本机会自动续上' },
  badProof: { status: 403, text: '口令不对，请再试一次' },
  unknownDevice: { status: 403, text: '这台设备没有登记，请重新登记；本机的办件都还在' },
  staffDisabled: { status: 403, text: '这个账号已停用，请联系县管理员' },
  foreignOrigin: { status: 403, text: '请从近办的页面操作' },
  notFound: { status: 404, text: '没有这项内容' },
  tooLarge: { status: 413, text: '一次送得太多，本机会分批再送' },
  notJson: { status: 415, text: '请用 JSON 格式' },
  oldProtocol: { status: 426, text: '程序太旧，请先更新；没有上传的办件可以导出保存' },
  tooMany: { status: 429, text: '试得太快，请稍等一会儿' },
  fault: { status: 500, text: '县里的服务出了问题，本机的办件都还在，稍后会自动再送' },
  notReady: { status: 503, text: '县里的服务暂时用不了，本机的办件都还在，稍后会自动再送' },
} as const;
export type ErrorCode = keyof typeof ERRORS;

export const errorResponse = v.strictObject({
  error: v.picklist(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  text: v.string(),
  /** Also as the Retry-After header. */
  retryAfterSeconds: v.exactOptional(count),
});
