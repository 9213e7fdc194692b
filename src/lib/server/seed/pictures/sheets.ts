/**
 * Sample documents (样本材料) as SVG: drawn by this program, like nothing that was ever issued, each marked 样本 all over.
 * Titles are strokes (glyphs.ts), what would be print is scribble, and no picture names anybody.
 */
import type { Chance } from '../chance.ts';
import { textPath } from './glyphs.ts';

export const WIDTH = 1000;
export const HEIGHT = 1400;

export const SHEETS = [
  'card',
  'household',
  'form',
  'proof',
  'passbook',
  'licence',
  'scene',
  'other',
] as const;
export type Sheet = (typeof SHEETS)[number];

const path = (d: string, stroke: string, width: number): string =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
const box = (x: number, y: number, w: number, h: number, fill: string, stroke = 'none', round = 0): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${round}" fill="${fill}" stroke="${stroke}" stroke-width="3"/>`;
const title = (text: string, x: number, y: number, size: number, colour = '#222'): string =>
  path(textPath(text, x, y, size), colour, size / 11);
const centred = (text: string, y: number, size: number, colour?: string): string =>
  title(text, (WIDTH - [...text].length * size * 1.12) / 2, y, size, colour);

/** Rows of what looks like characters from afar. */
function scribble(luck: Chance, x: number, y: number, columns: number, rows: number, size = 24): string {
  let d = '';
  for (let row = 0; row < rows; row++) {
    const last = row === rows - 1 ? luck.whole(Math.ceil(columns / 3), columns) : columns;
    for (let column = 0; column < last; column++) {
      const [left, top] = [x + column * size, y + row * size * 1.7];
      for (let stroke = luck.whole(3, 5); stroke > 0; stroke--) {
        const flat = luck.happens(0.5);
        const [a, b] = [luck.whole(2, size - 9), luck.whole(2, size - 6)];
        d += `M${left + a} ${top + b}l${flat ? luck.whole(6, 11) : luck.whole(-3, 3)} ${flat ? luck.whole(-1, 2) : luck.whole(5, 10)}`;
      }
    }
  }
  return path(d, '#333', 2);
}

function grid(
  x: number,
  y: number,
  w: number,
  rows: number,
  height: number,
  columns: readonly number[],
  colour = '#444',
): string {
  let d = '';
  for (let row = 0; row <= rows; row++) d += `M${x} ${y + row * height}h${w}`;
  for (const column of [0, ...columns, w]) d += `M${x + column} ${y}v${rows * height}`;
  return path(d, colour, 2.5);
}

const seal = (x: number, y: number): string =>
  `<g opacity=".75"><circle cx="${x}" cy="${y}" r="86" fill="none" stroke="#b8352c" stroke-width="7"/>${title('样本', x - 62, y - 28, 58, '#b8352c')}</g>`;

const signature = (luck: Chance, x: number, y: number): string => {
  let d = `M${x} ${y}`;
  for (let i = 0; i < 9; i++)
    d += `q${luck.whole(4, 26)} ${luck.whole(-38, 30)} ${luck.whole(12, 26)} ${luck.whole(-8, 10)}`;
  return path(d, '#1d2b5c', 3.5);
};

const bust = (x: number, y: number): string =>
  `<g fill="#9aa4ad"><circle cx="${x}" cy="${y}" r="46"/><path d="M${x - 84} ${y + 140}q0-86 84-86t84 86z"/></g>`;

function card(luck: Chance): string {
  const front =
    box(150, 210, 700, 430, '#e8eef0', '#9db0b6', 26) +
    title('身份证', 190, 250, 44) +
    bust(710, 380) +
    scribble(luck, 200, 340, 15, 5);
  const back =
    box(150, 740, 700, 430, '#eef0e8', '#b0b69d', 26) +
    title('身份证', 330, 800, 70) +
    scribble(luck, 280, 1000, 17, 2);
  return front + back;
}

const household = (luck: Chance): string =>
  box(90, 110, 820, 1180, '#fbf7f0', '#8c3b34') +
  centred('户口本', 150, 62, '#8c3b34') +
  grid(130, 270, 740, 12, 80, [180, 370, 550], '#8c3b34') +
  [0, 1, 2, 3, 4, 5, 6, 7]
    .map(
      (row) =>
        scribble(luck, 145, 295 + row * 80, luck.whole(4, 6), 1) +
        scribble(luck, 330, 295 + row * 80, luck.whole(3, 6), 1),
    )
    .join('');

const form = (luck: Chance): string =>
  centred('申请表', 120, 74) +
  grid(90, 250, 820, 9, 84, [190, 410, 600]) +
  [0, 1, 2, 3, 4, 5, 6, 7, 8]
    .map(
      (row) =>
        scribble(luck, 105, 278 + row * 84, luck.whole(4, 6), 1) +
        scribble(luck, 295, 278 + row * 84, luck.whole(2, 4), 1),
    )
    .join('') +
  scribble(luck, 110, 1050, 31, 4) +
  signature(luck, 600, 1280);

const proof = (luck: Chance): string =>
  centred('证明', 150, 96) +
  scribble(luck, 130, 350, 30, luck.whole(7, 10), 25) +
  title('村委会', 600, 1010, 46) +
  scribble(luck, 640, 1090, 9, 1) +
  seal(720, 1060);

const passbook = (luck: Chance): string =>
  box(110, 260, 780, 860, '#e3efe6', '#6f9b7c', 18) +
  centred('存折', 310, 76, '#2f6b45') +
  grid(150, 470, 700, 10, 58, [150, 330, 520], '#6f9b7c') +
  [0, 1, 2, 3, 4, 5]
    .map(
      (row) =>
        scribble(luck, 165, 486 + row * 58, 5, 1) + scribble(luck, 350, 486 + row * 58, luck.whole(3, 6), 1),
    )
    .join('');

const licence = (luck: Chance): string =>
  box(80, 160, 840, 1060, '#fffdf3', '#a5852f', 6) +
  box(104, 184, 792, 1012, 'none', '#a5852f', 4) +
  centred('执照', 270, 110) +
  scribble(luck, 180, 520, 24, 8, 26) +
  seal(700, 1040);

/** Somewhere in a village: sky, a wall with a door, a field. */
function scene(luck: Chance): string {
  const ground = luck.whole(820, 980);
  const wall = luck.pick(['#c9b8a2', '#b9a79a', '#d6cdbd']);
  let rows = '';
  for (let at = 0; at < 26; at++) rows += `M${at * 44 - 60} ${HEIGHT}L${380 + at * 12} ${ground}`;
  const house = luck.whole(120, 380);
  return (
    box(0, 0, WIDTH, ground, '#c5d8e6') +
    box(0, ground, WIDTH, HEIGHT - ground, '#8aa06a') +
    path(rows, '#74895a', 5) +
    box(house, ground - 330, 470, 340, wall) +
    `<path d="M${house - 40} ${ground - 320}l275-150 275 150z" fill="#8d5a4a"/>` +
    box(house + 190, ground - 190, 96, 200, '#5d4a3c') +
    box(house + 50, ground - 200, 90, 90, '#7d98a8') +
    box(house + 340, ground - 200, 90, 90, '#7d98a8')
  );
}

const other = (luck: Chance): string =>
  centred('材料', 140, 84) +
  scribble(luck, 120, 330, 31, luck.whole(10, 14), 25) +
  signature(luck, 620, 1200);

const DRAWN: Readonly<Record<Sheet, (luck: Chance) => string>> = {
  card,
  household,
  form,
  proof,
  passbook,
  licence,
  scene,
  other,
};

/** 样本 across the whole picture: nobody can take a part of it for a document. */
function watermark(): string {
  let d = '';
  for (let row = 0; row < 5; row++)
    for (let column = -1; column < 3; column++)
      d += textPath('样本', column * 420 + (row % 2) * 210, row * 300 + 60, 120);
  return `<g opacity=".2" transform="rotate(-24 500 700)">${path(d, '#c0392b', 11)}</g>`;
}

/** The sheet as it lies on a desk or a scanner: a little askew, one side darker. */
export function sheetSvg(sheet: Sheet, luck: Chance): string {
  const desk = luck.pick(['#8f7b66', '#6f6a63', '#a58b6b', '#f4f4f2']);
  const tint = luck.pick(['#fdfcf8', '#fbf8ee', '#f6f6f4']);
  const turn = luck.whole(-25, 25) / 10;
  const drawing = DRAWN[sheet](luck);
  const paper = sheet === 'scene' ? drawing : `${box(28, 24, WIDTH - 56, HEIGHT - 48, tint)}${drawing}`;
  const askew = sheet === 'scene' ? paper : `<g transform="rotate(${turn} 500 700)">${paper}</g>`;
  const [from, to] = luck.happens(0.5) ? [0, 0.16] : [0.14, 0];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
    `<defs><linearGradient id="light"><stop offset="0" stop-opacity="${from}"/><stop offset="1" stop-opacity="${to}"/></linearGradient></defs>` +
    `${box(0, 0, WIDTH, HEIGHT, desk)}${askew}${watermark()}<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#light)"/></svg>`
  );
}
