/** Which devices of a county are listed. Pure. */
import { pageNumber } from './page-number.ts';

/** `silent`: in use, and not heard of for three days or ever. */
export const DEVICE_STANDINGS = ['active', 'silent', 'revoked'] as const;
export type DeviceStanding = (typeof DEVICE_STANDINGS)[number];

export interface DeviceView {
  query: string;
  /** '' is all of them. */
  standing: DeviceStanding | '';
  page: number;
}

const LONGEST = 60;

/** `d`: the page that lists devices looks for sites by `q`. */
export function readDeviceView(params: URLSearchParams): DeviceView {
  return {
    query: (params.get('d') ?? '').slice(0, LONGEST),
    standing: DEVICE_STANDINGS.find((one) => one === params.get('is')) ?? '',
    page: pageNumber(params),
  };
}

/** The address of a view at another page. */
export function deviceQuery({ query, standing }: DeviceView, page: number): string {
  const said = Object.entries({ d: query, is: standing, page: page > 1 ? String(page) : '' });
  const params = new URLSearchParams(said.filter(([, value]) => value !== ''));
  return params.size > 0 ? `?${params.toString()}` : '';
}
