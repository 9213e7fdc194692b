/**
 * Calls of a page to its worker: a number, a name and arguments there, the number and what came of it back. Plain data only.
 * In 60 KB of worker nothing larger has room.
 */
type Methods = Record<string, (...args: never[]) => Promise<unknown>>;

interface Asked {
  call: number;
  name: string;
  args: never[];
}
interface Answered {
  answers: number;
  value?: unknown;
  error?: string;
}

/** The worker's side. */
export function serveCalls(api: object): void {
  const methods = api as Methods;
  addEventListener('message', ({ data: { call, name, args } }: MessageEvent<Asked>) => {
    const method = methods[name];
    if (!method) return;
    method(...args).then(
      (value) => postMessage({ answers: call, value }),
      (error: unknown) => postMessage({ answers: call, error: String(error) }),
    );
  });
}

/** The page's side: a worker that is dead never answers, so whoever calls has a time-out of their own. */
export function callsTo<Api extends object>(worker: Worker): Api {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
    const waiting = open.get(data.answers);
    open.delete(data.answers);
    if (data.error === undefined) waiting?.resolve(data.value);
    else waiting?.reject(new Error(data.error));
  });
  return new Proxy({} as Api, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          last += 1;
          open.set(last, { resolve, reject });
          worker.postMessage({ call: last, name, args });
        }),
  });
}
