/** Why a file cannot be a photo of a material: a closed list, each with what happened, why, and the way out. */
export type PhotoTrouble =
  | 'empty'
  | 'notPicture'
  | 'truncated'
  | 'tooManyPixels'
  | 'heic'
  | 'encryptedPdf'
  | 'tooLarge'
  | 'undecodable'
  /** The file went away while it was read: a stick pulled out. */
  | 'unreadable'
  /** The worker died or gave no answer: most likely too little memory. */
  | 'stopped';

export interface RefusedWords {
  what: string;
  why: string;
  remedy: string;
}

const WORDS: Readonly<Record<PhotoTrouble, (found: string) => RefusedWords>> = {
  empty: () => ({
    what: '这个文件是空的',
    why: '里面什么也没有，多半是没存完或没拷完',
    remedy: '请重新拷一次再选，或者直接拍照',
  }),
  notPicture: (found) => ({
    what: '这个文件不是照片',
    why: `里面其实是${found}，改名字也没有用`,
    remedy: '请选 JPG、PNG、WebP 照片或 PDF；别的文件先另存成 PDF，或者打印出来拍照',
  }),
  truncated: () => ({
    what: '这个文件不完整',
    why: '后面一截没有了，多半是没传完就断开了',
    remedy: '请从手机或相机重新传一次再选，或者重拍',
  }),
  tooManyPixels: (found) => ({
    what: '这张照片尺寸太大',
    why: `它有 ${found}，最多能处理 5000 万像素`,
    remedy: '请把照片缩小后再选，或者直接拍照',
  }),
  heic: () => ({
    what: '这是 HEIC 格式的照片，打不开',
    why: '苹果手机和一些新手机默认用这种格式，电脑和乡镇都看不了',
    remedy:
      '苹果手机在“设置—相机—格式”里选“兼容性最佳”，其他手机关掉“高效图片格式”，再拍一张；已经拍好的，用微信发一遍会变成 JPG',
  }),
  encryptedPdf: () => ({
    what: '这个 PDF 有密码，打不开',
    why: '加了密的 PDF 乡镇看不了，也不能存档',
    remedy: '请去掉密码另存一份再选，或者打印出来拍照',
  }),
  tooLarge: (found) => ({
    what: '这个文件太大',
    why: `它有 ${found}；PDF 最大 20 MB，照片最大 100 MB`,
    remedy: '请把 PDF 分成几份，或者一页一页拍照',
  }),
  undecodable: () => ({
    what: '这张照片打不开',
    why: '文件已经损坏，或者格式很少见',
    remedy: '请重拍，或者在手机上打开后截一张图再选',
  }),
  unreadable: () => ({
    what: '这个文件读不出来',
    why: '选好以后它不在原处了，可能是 U 盘或手机拔掉了',
    remedy: '请插好后重新选',
  }),
  stopped: () => ({
    what: '处理到一半停了',
    why: '多半是这台电脑的内存不够用',
    remedy: '请关掉别的窗口再试一次；还不行，就把照片缩小，或者直接在这里拍照',
  }),
};

export const refusedWords = ({ why, found }: { why: PhotoTrouble; found: string }): RefusedWords =>
  WORDS[why](found);
