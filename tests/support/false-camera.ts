/** What Chromium's false camera shows: a still, written as the video file that it plays in a loop. */
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';

const [WIDTH, HEIGHT] = [640, 480];
const FRAMES = 3;

/** The argument of Chromium that plays this file; it may be written later, before the camera is opened. */
export const cameraShows = (file: string): string => `--use-file-for-fake-video-capture=${file}`;

/** The picture in the middle of a grey desk, as YUV 4:2:0. */
export async function showToCamera(file: string, picture: Buffer): Promise<void> {
  const grey = { r: 190, g: 190, b: 190 };
  const luma = await sharp(picture)
    .resize(300, 300, { fit: 'contain', background: 'white' })
    .flatten({ background: 'white' })
    .extend({ top: 90, bottom: 90, left: 170, right: 170, background: grey })
    .greyscale()
    .raw()
    .toBuffer();
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  writeFileSync(file, Buffer.concat([head, ...Array<Buffer>(FRAMES).fill(frame)]));
}
