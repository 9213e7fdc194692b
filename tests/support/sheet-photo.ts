/** A sheet of print on a desk as a telephone photographs it: uneven light, the grain of a small sensor. Made with sharp. */
import sharp from 'sharp';

const LINE = '河南省安阳市滑县白道口镇许村老年人高龄津贴申请表 王示例 家庭住址';

export async function sheetPhoto(width: number, height: number): Promise<Buffer> {
  const size = Math.round(height / 70);
  const lines = Array.from(
    { length: 32 },
    (_, i) =>
      `<text x="${width * 0.12}" y="${height * 0.14 + i * size * 1.75}" font-size="${size}">${i + 1} ${LINE}</text>`,
  );
  const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="Noto Sans CJK SC">
    <defs><linearGradient id="light" x2="1" y2="1"><stop stop-color="#fffdf5"/><stop offset="1" stop-color="#bab5a8"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="#6b5a48"/>
    <rect x="6%" y="5%" width="88%" height="90%" fill="url(#light)"/>${lines.join('')}</svg>`;
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  const grain = await sharp({
    create: { width, height, channels: 3, background: 'grey', noise },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp(Buffer.from(sheet), { limitInputPixels: false })
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 92 })
    .toBuffer();
}
