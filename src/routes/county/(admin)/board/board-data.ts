/** What a board's parts are given, as the page's load answers. */
import type { PageData } from './$types';

export type BoardData = PageData['board'];
export type BoardSite = BoardData['short']['rows'][number];
export type TotalRow = BoardData['rows'][number];
export type Duty = BoardData['duties'][number];
export type LevelFigures = BoardData['levels'][number];
export type Newest = NonNullable<BoardData['newest']>;
export type Tile = BoardData['tiles'][number];
