/** The county's working list and what its import keeps meanwhile (server/county). */

/** A sheet of the working list (工作清单). Never deleted: what is no longer offered has the state 取消. */
export interface ListItemTable {
  county: string;
  /** The item's code, 12 characters. */
  code: string;
  /** ItemSheet (catalogue/sheet.ts). */
  data: string;
  /** Rises by one with every change; whoever writes says which one they saw. */
  rev: number;
  updated_at: string;
  /** Staff id, or `office`. */
  updated_by: string;
}

/** What a county has changed of its calendar or policies; without a row they are as in force. */
export interface ListRuleTable {
  county: string;
  rule: 'calendar' | 'policy';
  /** Calendar with its reasons (county/working-rules.ts), or CountyPolicy (catalogue/policy.ts). */
  data: string;
  updated_at: string;
  /** Staff id. */
  updated_by: string;
}

/** Which column of a workbook means what, as a county last said it. */
export interface ListMappingTable {
  county: string;
  /** Kind of sheet (catalogue/workbook). */
  sheet: string;
  /** Heading → column. */
  data: string;
  updated_at: string;
}

/** A workbook that was read and waits for its columns or for 确认. Thrown away after a day. */
export interface ListImportTable {
  id: string;
  county: string;
  made_by: string;
  made_at: string;
  file_name: string;
  /** `places`: of sites and people, tried as soon as it was read. */
  stage: 'columns' | 'checked' | 'places';
  /** The cells as read. */
  book: string;
  /** What would be written, and over which revs; null until the columns are known. */
  plan: string | null;
}
