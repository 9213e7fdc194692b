/**
 * The walk over a request's values, both ways: a tag says what stands at a path, then come its parts. Whatever JSON holds
 * passes unchanged (up to the order of keys, which canonical JSON does not know). Invariants: reading takes no more steps
 * and no more text than its limits, whatever the bytes say; both directions pass the same values in the same order.
 */
import type { Field, Item } from '#lib/domain/item.ts';
import { sameValue } from '#lib/domain/same-value.ts';
import { FORESIGHT, nothingPassed, type Json, type Passed } from './pack-foresight.ts';
import { BadPack, type Io } from './pack-io.ts';
import { TAG, unzigzag, zigzag } from './pack-tags.ts';
import { Texts } from './pack-text.ts';

export interface KnownItem {
  hash: string;
  item: Item;
}

export interface WalkLimits {
  /** Values, and UTF-16 units of text, that may come of reading. */
  values: number;
  text: number;
}

/** Keys that come first, because what follows is foreseen from them; the others by their spelling. */
const ORDER = [
  'protocol commands v device n actor kind at id item applicationId after baseRev supersedes body runs'.split(
    ' ',
  ),
  'applicant name idNumber handler receivedOn site receiptNumber status code'.split(' '),
].flat();
const rankOf = new Map(ORDER.map((key, at) => [key, at]));
const byRank = (a: string, b: string): number => {
  const [x, y] = [rankOf.get(a) ?? ORDER.length, rankOf.get(b) ?? ORDER.length];
  return x - y || (a < b ? -1 : 1);
};

/** By tag. */
const CONSTANTS = [undefined, undefined, null, true, false];
const LONGEST_INT = 2 ** 31;
const DEEPEST = 100;

const isStrokes = (list: readonly unknown[]): list is number[] =>
  list.length > 0 && list.every((one) => Number.isInteger(one) && Math.abs(one as number) < LONGEST_INT);
const put = (object: Json, key: string, value: unknown): void => {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
};
const own = (object: unknown, key: string): unknown =>
  typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? (object as Json)[key]
    : undefined;

export class Walk {
  readonly #io: Io;
  readonly #items: readonly KnownItem[];
  readonly #itemIndex: ReadonlyMap<string, number>;
  readonly #passed: Passed = nothingPassed();
  readonly #last = new Map<string, unknown>();
  readonly #texts: Texts;
  readonly #shapes = new Map<string, { list: string[][]; index: Map<string, number> }>();
  #itemsMet = 0;
  #left: WalkLimits;

  /** `items` in the order in which commands first cite them. */
  constructor(io: Io, items: readonly KnownItem[], limits: WalkLimits) {
    this.#io = io;
    this.#items = items;
    this.#itemIndex = new Map(items.map(({ hash }, at) => [hash, at]));
    this.#left = { ...limits };
    this.#texts = new Texts(io, limits.text);
  }

  request(value?: unknown): unknown {
    return this.#node('', value, undefined, 0);
  }

  #node(path: string, value: unknown, likely: unknown, depth: number, field?: Field): unknown {
    if (depth > DEEPEST || --this.#left.values < 0) throw new BadPack();
    const rule = FORESIGHT[path];
    const foreseen = rule ? rule(this.#passed) : (likely ?? this.#last.get(path));
    const { writing } = this.#io;
    const tag = this.#io.uint(path, writing ? this.#tagOf(path, value, foreseen, field) : 0);
    const told = tag === TAG.same ? foreseen : this.#told(tag, path, value, foreseen, depth, field);
    if (told === undefined && tag !== TAG.absent) throw new BadPack();
    if (typeof told === 'string' && (this.#left.text -= told.length) < 0) throw new BadPack();
    if (typeof told !== 'object' || told === null) this.#last.set(path, told);
    return told;
  }

  #tagOf(path: string, value: unknown, foreseen: unknown, field?: Field): number {
    if (value === undefined) return TAG.absent;
    if (sameValue(value, foreseen)) return TAG.same;
    switch (typeof value) {
      case 'string':
        return this.#texts.tagOf(path, value, field);
      case 'number':
        if (Number.isSafeInteger(value)) return value < 0 ? TAG.negative : TAG.whole;
        return TAG.number;
      case 'boolean':
        return value ? TAG.true : TAG.false;
      case 'object':
        return value === null ? TAG.null : this.#tagOfObject(path, value, foreseen);
      default:
        throw new BadPack();
    }
  }

  #tagOfObject(path: string, value: object, foreseen: unknown): number {
    if (Array.isArray(value)) {
      if (isStrokes(value)) return TAG.strokes;
      return Array.isArray(foreseen) && foreseen.length === value.length ? TAG.likely : TAG.list;
    }
    if (path === 'commands[].item') {
      const { code, hash, ...more } = value as Json;
      const known = this.#items[this.#itemIndex.get(String(hash)) ?? -1];
      if (known?.item.code === code && Object.keys(more).length === 0) return TAG.item;
    }
    const fields = this.#formAt(path);
    if (fields && Object.keys(value).every((key) => fields.some((field) => field.key === key)))
      return TAG.form;
    return this.#shapeOf(path, value);
  }

  #formAt(path: string): readonly Field[] | null {
    return path === 'commands[].body.answers' ? (this.#passed.item?.form ?? null) : null;
  }

  #told(tag: number, path: string, value: unknown, foreseen: unknown, depth: number, field?: Field): unknown {
    const io = this.#io;
    if (tag <= TAG.false) return CONSTANTS[tag];
    switch (tag) {
      case TAG.whole:
        return io.uint(path, value as number);
      case TAG.negative:
        return -1 - io.uint(path, -1 - (value as number));
      case TAG.number: {
        const number = Number(io.text(path, String(value)));
        if (!Number.isFinite(number)) throw new BadPack();
        return number;
      }
      case TAG.choice:
        return field?.options?.[io.uint(path, field.options.indexOf(value as string))];
      case TAG.list:
      case TAG.likely: {
        const list = value as unknown[] | undefined;
        const expected = (tag === TAG.likely ? foreseen : []) as unknown[];
        const length = tag === TAG.likely ? expected.length : io.uint(path, list?.length ?? 0);
        if (length > this.#left.values) throw new BadPack();
        const out: unknown[] = [];
        for (let at = 0; at < length; at++)
          out.push(this.#element(path, list?.[at], expected[at], depth + 1, field));
        return out;
      }
      case TAG.strokes:
        return this.#strokes(path, value as number[]);
      case TAG.form:
        return this.#form(this.#formAt(path), value as Json, depth);
      case TAG.item:
        return this.#item(path, value as Json);
      default:
        return tag >= TAG.object
          ? this.#object(tag, path, value as Json, foreseen, depth)
          : this.#texts.told(tag, path, value as string);
    }
  }

  /** x, y, x, y …: a pen moves little from one to the next. */
  #strokes(path: string, value: number[] | undefined): number[] {
    const length = this.#io.uint(path, value?.length ?? 0);
    if ((this.#left.values -= length) < 0) throw new BadPack();
    const out: number[] = [];
    for (let at = 0; at < length; at++) {
      const before = out[at - 2] ?? 0;
      out.push(
        before + unzigzag(this.#io.uint(`${path} pen`, this.#io.writing ? zigzag(value![at]! - before) : 0)),
      );
    }
    return out;
  }

  /** Each question of the form in its order, told with others of its type. */
  #form(form: readonly Field[] | null, value: Json, depth: number): Json {
    if (!form) throw new BadPack();
    const out: Json = {};
    for (const field of form) {
      const answer = this.#node(`answer:${field.type}`, own(value, field.key), undefined, depth + 1, field);
      if (answer !== undefined) put(out, field.key, answer);
    }
    return out;
  }

  #item(path: string, value: Json): Json {
    const { writing } = this.#io;
    const at = writing ? this.#itemIndex.get(String(value['hash']))! : 0;
    // 0: one that was not cited yet; they come in their order
    const told = this.#io.uint(path, writing ? (at === this.#itemsMet ? 0 : at + 1) : 0);
    const known = this.#items[told === 0 ? this.#itemsMet++ : told - 1];
    if (!known) throw new BadPack();
    this.#passed.item = known.item;
    return { code: known.item.code, hash: known.hash };
  }

  #shapeOf(path: string, value: object): number {
    const keys = Object.keys(value)
      .filter((key) => (value as Json)[key] !== undefined)
      .sort(byRank);
    const known = this.#shapes.get(path)?.index.get(JSON.stringify(keys));
    return TAG.object + (known ?? this.#shapes.get(path)?.list.length ?? 0);
  }

  #object(tag: number, path: string, value: Json, foreseen: unknown, depth: number): Json {
    const io = this.#io;
    let shapes = this.#shapes.get(path);
    if (!shapes) this.#shapes.set(path, (shapes = { list: [], index: new Map() }));
    const number = tag - TAG.object;
    let keys = shapes.list[number];
    if (!keys) {
      if (number !== shapes.list.length) throw new BadPack();
      const mine = io.writing
        ? Object.keys(value)
            .filter((key) => value[key] !== undefined)
            .sort(byRank)
        : [];
      const count = io.uint(path, mine.length);
      keys = Array.from({ length: count }, (_, at) => io.text('keys', mine[at] ?? ''));
      shapes.list.push(keys);
      shapes.index.set(JSON.stringify(keys), number);
    }
    const out: Json = {};
    if (path === 'commands[]') Object.assign(this.#passed, { command: out, body: {}, item: null });
    if (path === 'commands[].body') this.#passed.body = out;
    for (const key of keys) {
      const told = this.#node(
        path === '' ? key : `${path}.${key}`,
        own(value, key),
        own(foreseen, key),
        depth + 1,
      );
      put(out, key, told);
    }
    this.#pass(path, out);
    return out;
  }

  #element(path: string, value: unknown, likely: unknown, depth: number, field?: Field): unknown {
    return this.#node(`${path}[]`, value, likely, depth, field?.options ? field : undefined);
  }

  /** What later values are foreseen from. */
  #pass(path: string, out: Json): void {
    const passed = this.#passed;
    if (path === 'commands[]') {
      passed.n = Number(out['n']);
      passed.lastOf.set(String(out['applicationId']), String(out['id']));
    } else if (path === 'commands[].body' && typeof out['receiptNumber'] === 'string') {
      passed.receipt = out['receiptNumber'];
    } else if (path === 'commands[].body.handler' && out['acts'] !== undefined) passed.acts = out['acts'];
  }
}
