/**
 * The drawings of every icon, on a 24 × 24 grid, as strokes. Invariant: an icon says nothing by itself; the
 * words beside it (or the button's name) do, so Icon.svelte always hides it from screen readers.
 */

/** One stroke: its path, or a path with a dash pattern or a role in a filled lamp. */
export type Shape = string | { d: string; dash?: string; part?: 'solid' | 'cut' | 'cut-dark' };

export const ICONS = {
  alert: ['M12 4 2.5 20h19z', 'M12 10v5M12 17.5v.01'],
  back: ['M11 5 4 12l7 7M4 12h16'],
  big: ['M2.5 19 8.5 5l6 14M4.7 14h7.6', 'M15 19l3.3-8 3.2 8M16.2 16h4.2'],
  board: ['M4 20V4', 'M4 20h16', 'M8 16v-4M12 16V7M16 16v-6'],
  book: ['M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3z', 'M5 17a3 3 0 0 1 3-3h11', 'M9 8h6'],
  calendar: ['M4 6h16v14H4z', 'M4 10h16M8 3v5M16 3v5'],
  camera: ['M3 8h4l2-3h6l2 3h4v12H3z', 'M8 13.5a4 4 0 1 0 8 0a4 4 0 1 0-8 0z'],
  check: ['m5 12.5 4.5 4.5L19 7'],
  checkc: ['M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0z', 'm7.5 12.5 3 3L16.5 9'],
  clock: ['M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0z', 'M12 7v5l3.5 2.5'],
  close: ['M6 6l12 12M18 6 6 18'],
  crossc: ['M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0z', 'm8.5 8.5 7 7M15.5 8.5l-7 7'],
  desk: ['M3 10h18', 'M3 13h18', 'M5 13v7M19 13v7', 'M9.5 5.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z'],
  device: ['M4 5h16v11H4z', 'M9 20h6M12 16v4'],
  down: ['m6 9 6 6 6-6'],
  download: ['M12 4v11M8 11l4 4 4-4', 'M4 16v4h16v-4'],
  edit: ['m4 20 1-4L16 5l3 3L8 19z', 'm14 7 3 3'],
  export: ['M12 15V4M8 8l4-4 4 4', 'M4 14v6h16v-6'],
  eye: [
    'M2.5 12C5 7.5 8.5 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-6 6.5-9.5 6.5S5 16.5 2.5 12z',
    'M9.5 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z',
  ],
  fit: ['M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5'],
  help: [
    'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0z',
    'M9.5 9.5a2.5 2.5 0 1 1 3.7 2.2c-.8.5-1.2 1-1.2 2',
    'M12 17v.01',
  ],
  home: ['M4 11 12 4l8 7', 'M6 9.5V20h12V9.5', 'M10 20v-6h4v6'],
  info: ['M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0z', 'M12 11v6M12 7.5v.01'],
  lampgreen: ['M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0z', 'm8 12.5 3 3 5-6'],
  lampnone: [{ d: 'M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0z', dash: '3 3' }, 'M8.5 12h7'],
  lampover: [
    { d: 'M8 2.8h8l5.2 5.2v8L16 21.2H8L2.8 16V8z', part: 'solid' },
    { d: 'm8.5 8.5 7 7M15.5 8.5l-7 7', part: 'cut-dark' },
  ],
  lampred: [
    { d: 'M12 3.5 2.5 20h19z', part: 'solid' },
    { d: 'M12 9.5v5M12 17v.01', part: 'cut' },
  ],
  lampyellow: ['M12 2.8 21.2 12 12 21.2 2.8 12z', 'M12 7.5v5M12 16v.01'],
  later: ['M6 3h9l4 4v14H6z', 'M15 3v4h4', 'M8.5 14a4 4 0 1 0 8 0a4 4 0 1 0-8 0z', 'M12.5 12v2l1.3 1'],
  ledger: ['M5 3h14v18H5z', 'M9 3v18M13 7h3M13 11h3M13 15h3'],
  lock: ['M5 11h14v10H5z', 'M8 11V7.5a4 4 0 0 1 8 0V11'],
  minus: ['M5 12h14'],
  missing: [{ d: 'M6 3h9l4 4v14H6z', dash: '3 2.500' }, 'M10 13h5'],
  moon: ['M19 14.5A8 8 0 1 1 9.5 5a6.5 6.5 0 0 0 9.5 9.5z'],
  next: ['M13 5l7 7-7 7M20 12H4'],
  offline: [
    'M3 3l18 18',
    'M5 12a10 10 0 0 1 4-2.4M12.5 9A10 10 0 0 1 19 12M8 15.5a6 6 0 0 1 5-1.5M12 19.5v.01',
  ],
  online: ['M2.5 9a14 14 0 0 1 19 0M5.5 12.5a9.5 9.5 0 0 1 13 0M8.5 16a5 5 0 0 1 7 0M12 19.5v.01'],
  paper: ['M6 3h9l4 4v14H6z', 'M15 3v4h4', 'M9 11h7M9 15h7'],
  pause: ['M8 5v14M16 5v14'],
  person: ['M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0z', 'M4 21c.8-5 4-7 8-7s7.2 2 8 7'],
  phone: ['M6 3h3l1.5 5-2 1.5a11 11 0 0 0 6 6l1.5-2 5 1.5v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z'],
  pile: ['M6 3h9l4 4v10H6z', 'M15 3v4h4', 'M3 7v14h12', 'M9 11h7M9 14h5'],
  play: ['M7 4.5v15l12-7.5z'],
  plus: ['M12 5v14M5 12h14'],
  print: ['M7 8V3h10v5', 'M7 17H3V8h18v9h-4', 'M7 14h10v7H7z'],
  queue: ['M9 6h11M9 12h11M9 18h11', 'M4 6h1M4 12h1M4 18h1'],
  release: [
    'M10 12a2 2 0 1 0 4 0a2 2 0 1 0-4 0z',
    'M6.5 12a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z',
    'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0z',
  ],
  scan: ['M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4', 'M4 12h16'],
  search: ['M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0z', 'm15.5 15.5 5 5'],
  send: ['m3 11 18-8-6 18-4-7z', 'm11 14 5-6'],
  site: ['M4 21V9l8-5 8 5v12', 'M2 21h20', 'M9 21v-6h6v6', 'M9 11h6'],
  sound: ['M4 9.5v5h3.5L12 19V5L7.5 9.5z', 'M15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11'],
  stamp: ['M9 13c0-3-2-4-2-6.5a5 5 0 0 1 10 0c0 2.5-2 3.5-2 6.5', 'M5 13h14v4H5z', 'M5 21h14'],
  star: ['m12 3.5 2.6 5.5 6 .8-4.4 4.1 1.1 6L12 17l-5.3 2.9 1.1-6L3.4 9.8l6-.8z'],
  swap: ['M4 8h14l-3.5-3.5M20 16H6l3.5 3.5'],
  sync: [
    'M4 12a8 8 0 0 1 13.7-5.6L20 8.5',
    'M20 4v4.5h-4.5',
    'M20 12a8 8 0 0 1-13.7 5.6L4 15.5',
    'M4 20v-4.5h4.5',
  ],
  tool: ['M14 7a4 4 0 0 1 5-3.8l-2.5 2.6 1.7 1.7L20.8 5A4 4 0 0 1 16 10.5L8 19a2 2 0 0 1-3-3l8.5-8'],
  trash: ['M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14'],
  turnright: ['M19 12a7 7 0 1 0-2.5 5.4', 'M20 7.5 19 12l-4.5-1.2'],
  turn: ['M5 12a7 7 0 1 1 2.5 5.4', 'M4 7.5 5 12l4.5-1.2'],
  undo: ['M8 5 4 9l4 4', 'M4 9h10a5.5 5.5 0 0 1 0 11H9'],
  up: ['M12 20V6M6 11l6-6 6 6'],
  zoomin: ['M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0z', 'm15.5 15.5 5 5M10.5 8v5M8 10.5h5'],
  zoomout: ['M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0z', 'm15.5 15.5 5 5M8 10.5h5'],
} as const satisfies Record<string, readonly Shape[]>;

export type IconName = keyof typeof ICONS;

interface Strokes {
  /** All that need nothing of their own, as one path: an element for each is what an old PC draws longest. */
  plain: string;
  special: readonly Exclude<Shape, string>[];
}
const strokes = new Map<IconName, Strokes>();

/** Each path begins anew at 0,0: some begin with a relative move. */
export function iconStrokes(name: IconName): Strokes {
  const known = strokes.get(name);
  if (known) return known;
  const shapes: readonly Shape[] = ICONS[name];
  const plain = shapes.filter((shape) => typeof shape === 'string').join('M0 0');
  const made = { plain, special: shapes.filter((shape) => typeof shape !== 'string') };
  strokes.set(name, made);
  return made;
}
