/** Why a device is not renamed or moved, in words with a way out. */
export const DEVICE_REFUSALS = [
  'noDevice',
  'name',
  'noSite',
  'sameSite',
  'otherLevel',
  'unknownWaiting',
  'waiting',
] as const;
export type DeviceRefusal = (typeof DEVICE_REFUSALS)[number];

export function deviceRefusalWords(why: DeviceRefusal): { what: string; remedy: string } {
  switch (why) {
    case 'noDevice':
      return { what: '本县没有这台在用的设备', remedy: '可能刚刚停用了，请回设备列表看。' };
    case 'name':
      return { what: '名称没有改', remedy: '请填 1 到 100 个字，例如“前台一号”。' };
    case 'noSite':
      return { what: '没有找到目标站点', remedy: '请填 12 位代码，只能是本县开着的站点。' };
    case 'sameSite':
      return { what: '它已经在这个站点', remedy: '不用转。' };
    case 'otherLevel':
      return {
        what: '两个站点级别不同，不能直接转',
        remedy: '请在这里停用它，再给新站点开一个登记码，重新登记。',
      };
    case 'unknownWaiting':
      return {
        what: '不知道它上面还有没有没上传的办件',
        remedy: '请让它联网，打开近办等上一分钟，上传完再转。',
      };
    case 'waiting':
      return {
        what: '它上面还有没上传的办件',
        remedy: '请让它联网传完再转；有需处理的，先在“同步”里处理。',
      };
  }
}
