/** What a board's parts are given, as the page's load answers. */
import type { PageData } from './$types';

export type BoardData = PageData['board'];
export type BoardSite = BoardData['sites'][number];
export type LevelFigures = BoardData['levels'][number];
export type Newest = NonNullable<BoardData['newest']>;
export type Tile = BoardData['tiles'][number];
