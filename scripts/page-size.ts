/**
 * Works out which built files a page needs before it can run: the two entries of Kit, its layouts and itself,
 * and everything these import statically. What is imported dynamically may come later and does not count.
 */

/** What we read of Vite's manifest.json; keys are source paths, `imports` are keys again. */
export type Manifest = Record<string, { file: string; src?: string; imports?: string[]; isEntry?: boolean }>;

/** What we read of Kit's server manifest: the numbers of the nodes a route is made of. */
export interface KitRoute {
  id: string;
  page: { layouts: (number | null | undefined)[]; leaf: number } | null;
}

/** What scripts/build.ts leaves in build/client-manifest.json. */
export interface BuiltClient {
  manifest: Manifest;
  routes: KitRoute[];
}

/** Where Kit's own two entries and its numbered nodes are in the manifest. */
const startEntry = 'runtime/client/entry.js';
const appEntry = 'client-optimized/app.js';
const node = (number: number): string => `client-optimized/nodes/${number}.js`;

/** Built files of the keys and of all they import statically, each once. */
export function closure(manifest: Manifest, keys: readonly string[]): string[] {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const imported of manifest[key]?.imports ?? []) visit(imported);
  };
  keys.forEach(visit);
  return [...new Set([...seen].flatMap((key) => manifest[key]?.file ?? []))].filter((file) =>
    file.endsWith('.js'),
  );
}

/**
 * Built files that the page `id` needs at its first load.
 * @returns a message when the route or one of its parts is not in the build
 */
export function pageFiles(manifest: Manifest, routes: readonly KitRoute[], id: string): string[] | string {
  const page = routes.find((route) => route.id === id)?.page;
  if (!page) return `没有 ${id} 这个页面`;
  const numbers = [...page.layouts.filter((layout) => typeof layout === 'number'), page.leaf];
  const keys: string[] = [];
  for (const ending of [startEntry, appEntry, ...numbers.map(node)]) {
    const key = Object.keys(manifest).find((name) => name.endsWith(`/${ending}`));
    if (key === undefined) return `构建清单里没有 ${ending}`;
    keys.push(key);
  }
  return closure(manifest, keys);
}
