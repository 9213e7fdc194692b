/** How a site stands and what happened to it, in the administrator's words. */
export const STANDING_WORDS = { open: '', paused: '（暂停）', closed: '（已关闭）' } as const;

const HAPPENED: Readonly<Record<string, string>> = {
  siteAdded: '添站点',
  siteEdited: '改资料',
  sitePaused: '暂停',
  siteClosed: '关闭',
  siteReopened: '重新开放',
  siteMerged: '并站',
  siteTransferred: '划转乡镇',
  choiceSet: '改不办的事项',
};
export const happenedWords = (what: string, applications: number | null): string =>
  `${HAPPENED[what] ?? what}${applications ? `，${applications} 件在办的跟着过去` : ''}`;
