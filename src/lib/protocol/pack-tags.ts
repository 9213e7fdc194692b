/** What stands at a path of a pack (pack-walk.ts): one number each, so that deflate finds how they follow one another. */
export const TAG = {
  same: 0,
  absent: 1,
  null: 2,
  true: 3,
  false: 4,
  whole: 5,
  negative: 6,
  number: 7,
  text: 8,
  seen: 9,
  uuid7: 10,
  hex: 11,
  base64: 12,
  digits: 13,
  resident: 14,
  day: 15,
  instant: 16,
  choice: 17,
  list: 18,
  likely: 19,
  strokes: 20,
  form: 21,
  item: 22,
  /** This and all above: an object of the shape with that number, at this path. */
  object: 23,
} as const;

export const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
export const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);
