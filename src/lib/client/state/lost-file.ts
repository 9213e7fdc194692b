/**
 * A file of the program that did not come although it is kept: Chromium 109 now and then drops what its service worker
 * answers, and such a file then fails for as long as the page lives. Only a page loaded anew asks again.
 */
const KEY = 'jinban-anew';
const AGAIN_AFTER = 10_000; // ms

/** Loads `url` as a whole page, unless that has just been tried and did not help: then the page says that it failed. */
export function loadAnew(url: string): void {
  const now = Date.now();
  if (Math.abs(now - Number(sessionStorage.getItem(KEY))) < AGAIN_AFTER) return;
  sessionStorage.setItem(KEY, String(now));
  location.assign(url);
}
