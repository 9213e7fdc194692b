/**
 * Taking photos of one material: camera or files → corners → result → kept. Files are taken one after the other; a bad one is
 * told and the rest go on. Invariant: a photo counts only once it is kept on this device.
 */
import { keepPrepared, photoDesk } from '#lib/client/state/photo-desk.ts';
import type { Failure } from '#lib/client/state/failures.ts';
import { WHOLE } from '#lib/client/photo/corners.ts';
import type { Quad } from '#lib/client/photo/homography.ts';
import type { LookedAt, Prepared, Refused } from '#lib/client/photo/prepared.ts';
import { refusedWords } from '#lib/client/photo/refusals.ts';
import { targetOf } from '#lib/client/photo/targets.ts';
import { PHOTOS_LIMIT, type Photo } from '#lib/domain/materials.ts';

type Preview = NonNullable<LookedAt['preview']>;

export type Stage =
  | { is: 'camera' }
  | { is: 'busy'; doing: string }
  | { is: 'crop'; preview: Preview }
  | { is: 'result'; prepared: Prepared; preview: Preview | null; failure: Failure | null }
  | { is: 'refused'; words: Failure }
  | { is: 'done' };

export interface FlowPorts {
  /** Name of the material. */
  material: string;
  /** Pages that it has by now. */
  pages: () => readonly Photo[];
  /** One more page is safe. */
  onkept: (photo: Photo) => void;
}

/** One may begin (换一张) before the other has ended: the worker rests after the last. */
const running = new Set<PhotoFlow>();

export class PhotoFlow {
  stage = $state.raw<Stage>({ is: 'busy', doing: '' });
  corners = $state.raw<Quad>(WHOLE);
  quarterTurns = $state(0);
  /** Files that wait behind the one at hand. */
  waiting = $state.raw<readonly Blob[]>([]);
  fromCamera = $state(false);
  /** Pages that were kept since it began. */
  kept = $state(0);

  #file: Blob | null = null;
  #ports: FlowPorts;
  #closed = false;

  constructor(ports: FlowPorts) {
    this.#ports = ports;
    running.add(this);
  }

  openCamera(): void {
    this.fromCamera = true;
    this.waiting = [];
    this.#show({ is: 'camera' });
  }

  async addFiles(files: readonly Blob[]): Promise<void> {
    this.fromCamera = false;
    this.waiting = files;
    await this.next();
  }

  /** The next file; done when none is left. */
  async next(): Promise<void> {
    const [first, ...rest] = this.waiting;
    this.waiting = rest;
    if (first) return this.take(first);
    if (this.fromCamera && this.room > 0) this.#show({ is: 'camera' });
    else this.#show({ is: 'done' });
  }

  get room(): number {
    return PHOTOS_LIMIT - this.#ports.pages().length;
  }

  async take(file: Blob): Promise<void> {
    if (this.room <= 0) return this.#refuse(full(this.waiting.length + 1));
    this.#file = file;
    this.corners = WHOLE;
    this.quarterTurns = 0;
    this.#show({ is: 'busy', doing: '正在打开照片…' });
    const looked = await photoDesk.lookAt(file);
    if (this.#file !== file) return;
    if (!looked.ok) return this.#refuse(refusedWords(looked));
    if (looked.preview) this.#show({ is: 'crop', preview: looked.preview });
    else await this.prepare(null);
  }

  /** 看效果 */
  async prepare(preview: Preview | null): Promise<void> {
    const file = this.#file;
    if (!file) return;
    this.#show({ is: 'busy', doing: '正在裁剪和压缩…' });
    const how = {
      target: targetOf(this.#ports.material),
      corners: this.corners,
      quarterTurns: this.quarterTurns,
    };
    const prepared: Prepared | Refused = await photoDesk.preparePicture(file, how);
    if (this.#file !== file) return;
    if (!prepared.ok) return this.#refuse(refusedWords(prepared));
    this.#show({ is: 'result', prepared, preview, failure: null });
  }

  /** 用这张 */
  async use(prepared: Prepared, preview: Preview | null): Promise<void> {
    const { sha256 } = prepared.photo;
    const page = this.#ports.pages().findIndex((photo) => photo.sha256 === sha256) + 1;
    if (page > 0) return this.#refuse(again(page));
    this.#show({ is: 'busy', doing: '正在存到这台电脑…' });
    const failure = await keepPrepared(prepared);
    if (failure) return this.#show({ is: 'result', prepared, preview, failure });
    this.kept += 1;
    this.#ports.onkept(prepared.photo);
    this.#file = null;
    await this.next();
  }

  close(): void {
    this.#closed = true;
    this.#file = null;
    this.waiting = [];
    running.delete(this);
    if (running.size === 0) photoDesk.rest();
  }

  #refuse(words: Failure): void {
    this.#file = null;
    this.#show({ is: 'refused', words });
  }

  #show(stage: Stage): void {
    if (!this.#closed) this.stage = stage;
  }
}

const full = (left: number): Failure => ({
  what: '照片满了',
  why: `一样材料最多 ${PHOTOS_LIMIT} 页，还有 ${left} 个文件没放进来`,
  remedy: '页数多的请合成一个 PDF，或者去掉几页再放',
});

const again = (page: number): Failure => ({
  what: '这一页已经有了',
  why: `它和第 ${page} 页一模一样`,
  remedy: '不用再放；要放别的页，请换一张',
});
