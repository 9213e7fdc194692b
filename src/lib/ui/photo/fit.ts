/** Where a picture stands in its frame: turned by quarters, as large as the frame times `zoom`. All in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

export interface Fitted {
  /** The picture itself, before it is turned. */
  picture: Size;
  /** The room it takes when turned: what is scrolled. */
  room: Size;
}

export const ZOOMS = [1, 1.5, 2, 3, 4, 6] as const;

/** The next larger or smaller step; stays at the ends. */
export function stepZoom(zoom: number, by: 1 | -1): number {
  const at = ZOOMS.findIndex((step) => step >= zoom);
  return ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, at + by))]!;
}

export function fit(natural: Size, frame: Size, quarters: number, zoom: number): Fitted {
  const across = quarters % 2 !== 0;
  const width = across ? natural.height : natural.width;
  const height = across ? natural.width : natural.height;
  if (width === 0 || height === 0) {
    return { picture: { width: 0, height: 0 }, room: { width: 0, height: 0 } };
  }
  const scale = Math.min(frame.width / width, frame.height / height) * zoom;
  return {
    picture: { width: natural.width * scale, height: natural.height * scale },
    room: { width: width * scale, height: height * scale },
  };
}
