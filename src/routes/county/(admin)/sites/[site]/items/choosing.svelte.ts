/**
 * What somebody chooses a site to leave out, before it is saved. When somebody else saved another choice meanwhile, theirs
 * is taken over where this person changed nothing; nothing that was chosen here goes away.
 */
export interface Choice {
  leftOut: readonly string[];
  /** Names the choice that was saved. */
  mark: string;
}

export class Choosing {
  #base: ReadonlySet<string>;
  #left = $state.raw<ReadonlySet<string>>(new Set());
  mark = $state('');

  constructor({ leftOut, mark }: Choice) {
    this.#base = new Set(leftOut);
    this.#left = this.#base;
    this.mark = mark;
  }

  get leftOut(): ReadonlySet<string> {
    return this.#left;
  }

  offers(codes: Iterable<string>, offered: boolean): void {
    const next = new Set(this.#left);
    for (const code of codes) {
      if (offered) next.delete(code);
      else next.add(code);
    }
    this.#left = next;
  }

  /** Takes over what another person saved. Returns how many items they had changed. */
  merge({ leftOut, mark }: Choice): number {
    const theirs = new Set(leftOut);
    const changed = [...new Set([...theirs, ...this.#base])].filter(
      (code) => theirs.has(code) !== this.#base.has(code),
    );
    const untouched = changed.filter((code) => this.#left.has(code) === this.#base.has(code));
    this.offers(
      untouched.filter((code) => !theirs.has(code)),
      true,
    );
    this.offers(
      untouched.filter((code) => theirs.has(code)),
      false,
    );
    this.#base = theirs;
    this.mark = mark;
    return changed.length;
  }
}

export interface ChoiceItem {
  code: string;
  name: string;
  department: string;
  topic: string;
}

/** Every item once, under the first of its topics; the fullest topic first. */
export function byTopic<Item extends ChoiceItem>(items: readonly Item[]): { topic: string; items: Item[] }[] {
  const topics = new Map<string, Item[]>();
  for (const item of items) {
    const topic = item.topic || '没有写主题';
    const own = topics.get(topic);
    if (own) own.push(item);
    else topics.set(topic, [item]);
  }
  return [...topics]
    .map(([topic, own]) => ({ topic, items: own }))
    .sort((a, b) => b.items.length - a.items.length || a.topic.localeCompare(b.topic, 'zh'));
}
