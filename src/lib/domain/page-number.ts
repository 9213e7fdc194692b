/** Which page of a list an address asks for. Whatever stands there, it is a page: the first where it says none. */
const MOST = 9999;

export const pageNumber = (params: URLSearchParams): number =>
  Math.min(MOST, Math.max(1, Math.trunc(Number(params.get('page'))) || 1));
