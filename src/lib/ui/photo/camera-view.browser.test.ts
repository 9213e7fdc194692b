import axe from 'axe-core';
import { afterEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../tokens.css';
import CameraView from './CameraView.svelte';

const usual = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
afterEach(() => {
  navigator.mediaDevices.getUserMedia = usual;
});

/** What the browser answers when it is asked for a camera: this machine has none. */
const answer = (error: DOMException): void => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(error);
};

async function view(device?: string) {
  const calls = { onshot: vi.fn(), onfiles: vi.fn() };
  const screen = await render(CameraView, { of: '居民身份证第 1 页', device, ...calls });
  return { screen, ...calls };
}

test('a computer without a camera says so, and offers files and another try', async () => {
  const { screen, onfiles } = await view();
  await expect.element(screen.getByText('没找到摄像头')).toBeVisible();
  await screen.getByRole('button', { name: '改选文件' }).click();
  expect(onfiles).toHaveBeenCalledTimes(1);
  const { violations } = await axe.run(screen.container);
  expect(violations).toEqual([]);
});

test.each([
  ['NotAllowedError', '没让用摄像头'],
  ['NotReadableError', '摄像头打不开'],
  ['TypeError', '摄像头打不开'],
])('%s is told in words, with a way out', async (name, what) => {
  answer(new DOMException('', name));
  const { screen } = await view();
  await expect.element(screen.getByText(what)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: '再试一次' })).toBeVisible();
});

/** A camera made of a canvas: the real element, the real stream, the real stop. */
function canvasCamera(): { stream: MediaStream; asked: MediaStreamConstraints[] } {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 640, height: 480 });
  const paint = canvas.getContext('2d')!;
  paint.fillStyle = 'teal';
  paint.fillRect(0, 0, 640, 480);
  const stream = canvas.captureStream(10);
  const redraw = setInterval(() => paint.fillRect(0, 0, 640, 480), 50);
  stream.getVideoTracks()[0]!.addEventListener('ended', () => clearInterval(redraw));
  const asked: MediaStreamConstraints[] = [];
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    asked.push(constraints ?? {});
    const video = constraints?.video;
    if (typeof video === 'object' && video.deviceId) throw new DOMException('', 'OverconstrainedError');
    return stream;
  };
  return { stream, asked };
}

test('a photo is a picture of the size of the camera, and the camera is let go with the view', async () => {
  const { stream } = canvasCamera();
  const { screen, onshot } = await view();
  const shoot = screen.getByRole('button', { name: '拍照' });
  await expect.element(shoot).not.toHaveAttribute('aria-disabled');
  await shoot.click();
  await vi.waitFor(() => expect(onshot).toHaveBeenCalledTimes(1), { timeout: 10_000 });
  const photo = await createImageBitmap(onshot.mock.lastCall?.[0] as Blob);
  expect([photo.width, photo.height]).toEqual([640, 480]);
  await screen.unmount();
  expect(stream.getTracks().every((track) => track.readyState === 'ended')).toBe(true);
});

test('the 高拍仪 that was chosen last is asked for first; when it is gone, the camera at the back', async () => {
  const { asked } = canvasCamera();
  const { screen } = await view('the-one-on-the-desk');
  await expect.element(screen.getByRole('button', { name: '拍照' })).not.toHaveAttribute('aria-disabled');
  expect(asked.map(({ video }) => video)).toMatchObject([
    { deviceId: { exact: 'the-one-on-the-desk' } },
    { facingMode: { ideal: 'environment' } },
  ]);
});
