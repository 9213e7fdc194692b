/** What a station's devices are told of their site after enrolment: that it changed, and what it does not offer. */
import * as v from 'valibot';
import { enrolResponse } from './auth.ts';
import { text } from './primitives.ts';

/** As at enrolment. The device works under this site and number from now on. */
export const station = v.strictObject({
  site: enrolResponse.entries.site,
  number: enrolResponse.entries.number,
  contact: enrolResponse.entries.contact,
});
export type Station = v.InferOutput<typeof station>;

/** Codes of items of its release that a site does not offer (本站不办的事项). `mark` names it; '' and no codes: all are. */
export const siteChoice = v.strictObject({ mark: text(16), leftOut: v.array(text(40)) });
export type SiteChoice = v.InferOutput<typeof siteChoice>;

export const NO_CHOICE: SiteChoice = { mark: '', leftOut: [] };
