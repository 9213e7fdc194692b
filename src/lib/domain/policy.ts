/** A county's policies (县级规则), released like items. Defaults of design application.md, "Clocks". */
export interface Policy {
  /** Working days an applicant has to supply a correction (补正期限). */
  correctionDays: number;
  /** Working days for a tolerated material (容缺期限). */
  toleranceDays: number;
  /** Yellow when at most this share of the days is left … */
  yellowShare: number;
  /** … or at most this many working days, for clocks of up to `shortClockDays`. */
  yellowDays: number;
  shortClockDays: number;
  /** Working days a site may go on receiving on an item version that was replaced there (宽限期). */
  graceDays: number;
}

export const DEFAULT_POLICY: Policy = {
  correctionDays: 15,
  toleranceDays: 10,
  yellowShare: 0.2,
  yellowDays: 1,
  shortClockDays: 3,
  graceDays: 10,
};
