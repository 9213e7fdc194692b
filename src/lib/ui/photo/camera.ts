/** The camera of this device through the browser: opening it, taking a still, and what to say when it cannot be had. */

export type CameraTrouble = 'denied' | 'none' | 'busy' | 'lost' | 'fault';

export const CAMERA_TROUBLES: Readonly<Record<CameraTrouble, { what: string; why: string; remedy: string }>> =
  {
    denied: {
      what: '没让用摄像头',
      why: '浏览器问过能不能用摄像头，选了不让用',
      remedy: '点地址栏左边的锁或摄像头图标，改成“允许”，再点“再试一次”；也可以改选文件',
    },
    none: {
      what: '没找到摄像头',
      why: '这台设备没有摄像头，或者高拍仪没插好',
      remedy: '插好高拍仪再试一次；也可以用手机拍好传过来，改选文件',
    },
    busy: {
      what: '摄像头打不开',
      why: '它可能正被别的程序占着，比如微信、高拍仪自带的软件',
      remedy: '关掉那个程序再试一次；也可以改选文件',
    },
    lost: {
      what: '摄像头断开了',
      why: '线松了，或者被别的程序拿走了',
      remedy: '插好后再试一次；拍好的照片都还在',
    },
    fault: {
      what: '摄像头打不开',
      why: '浏览器没有说原因',
      remedy: '再试一次；还不行就改选文件',
    },
  };

const TROUBLE_OF: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Enough for A4 at 200 dots an inch; a camera that has less gives what it has. */
const WANTED = { width: { ideal: 2592 }, height: { ideal: 1944 } };

/** Opens that camera, or the one at the back; whichever there is when that one is gone. Never rejects. */
export async function openCamera(device: string | undefined): Promise<MediaStream | CameraTrouble> {
  // only pages that are loaded safely have one
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return 'none';
  const open = (which: MediaTrackConstraints): Promise<MediaStream | CameraTrouble> =>
    devices.getUserMedia({ audio: false, video: { ...which, ...WANTED } }).catch(troubleOf);
  const chosen = device === undefined ? 'none' : await open({ deviceId: { exact: device } });
  return chosen === 'none' ? open({ facingMode: { ideal: 'environment' } }) : chosen;
}

const troubleOf = (error: unknown): CameraTrouble =>
  (error instanceof Error && TROUBLE_OF[error.name]) || 'fault';

/** Cameras by name; names are known once one was allowed. */
export async function listCameras(): Promise<{ value: string; label: string }[]> {
  const found = await navigator.mediaDevices.enumerateDevices();
  return found
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }, i) => ({ value: deviceId, label: label || `摄像头 ${i + 1}` }));
}

export const hasTorch = (track: MediaStreamTrack): boolean =>
  'torch' in track.getCapabilities() && (track.getCapabilities() as { torch?: boolean }).torch === true;

export const setTorch = (track: MediaStreamTrack, on: boolean): Promise<void> =>
  track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });

/** Some cameras never answer a request for a still: then the frame that is shown must do. */
const STILL_MS = 4_000;

/** A still as sharp as the camera can, else the frame that is shown. null when there is no picture yet. */
export async function takeStill(track: MediaStreamTrack, video: HTMLVideoElement): Promise<Blob | null> {
  return (await stillOf(track)) ?? frameOf(video);
}

async function stillOf(track: MediaStreamTrack): Promise<Blob | null> {
  if (!('ImageCapture' in window)) return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), STILL_MS);
  });
  const still = new ImageCapture(track).takePhoto().catch(() => null);
  const photo = await Promise.race([still, silence]);
  clearTimeout(timer);
  return photo && photo.size > 0 ? photo : null;
}

async function frameOf(video: HTMLVideoElement): Promise<Blob | null> {
  if (video.videoWidth === 0) return null;
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
}
