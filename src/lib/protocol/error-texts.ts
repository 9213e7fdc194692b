/** What people are told of an error of transport, each with a way out. The office sends it along; a worker needs none of it. */
import type { ErrorCode } from './errors.ts';

export const ERROR_TEXTS: Readonly<Record<ErrorCode, string>> = {
  malformed: '送来的内容不完整或格式不对，请更新本机程序后重试',
  badCode: '登记码不对或已经用过，请向县里要一个新的',
  noSession: '连接已过期，本机会自动续上',
  badProof: '口令不对，请再试一次',
  unknownDevice: '这台设备没有登记，请重新登记；本机的办件都还在',
  staffDisabled: '这个账号已停用，请联系县管理员',
  foreignOrigin: '请从近办的页面操作',
  notFound: '没有这项内容',
  tooLarge: '一次送得太多，本机会分批再送',
  notJson: '请用 JSON 格式',
  oldProtocol: '程序太旧，请先更新；没有上传的办件可以导出保存',
  tooMany: '试得太快，请稍等一会儿',
  fault: '县里的服务出了问题，本机的办件都还在，稍后会自动再送',
  notReady: '县里的服务暂时用不了，本机的办件都还在，稍后会自动再送',
};
