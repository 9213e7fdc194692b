/** An address with a place put at its beginning, in the stead of another known place that stands there. */
export function withPlace(address: string, place: string, places: readonly string[]): string {
  const text = address.trim();
  // the longest first: 白道口镇许村 begins with 白道口镇 too
  const before = [...places].sort((a, b) => b.length - a.length).find((one) => text.startsWith(one));
  return place + (before === undefined ? text : text.slice(before.length));
}
