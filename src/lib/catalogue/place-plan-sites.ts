/** The sheet 站点 against the county's sites: new ones are added, known ones changed by their code. Pure. */
import { cleanCode, noSiteAtCodeWords, readSiteForm, type SiteForm } from '#lib/domain/site-keeping.ts';
import type { SiteLevel } from '#lib/domain/site.ts';
import { STATION_WORDS, type StationLevel } from './place-columns.ts';
import {
  differencesOf,
  isKept,
  isStation,
  readRow,
  siteRow,
  type IsGood,
  type KnownPlaces,
  type PlacePlan,
} from './place-rows.ts';
import type { BookRow } from './sheet-book.ts';

/** Townships first: stations of the same workbook may lie in them. */
export function planSites(
  lines: readonly BookRow[],
  known: KnownPlaces,
  plan: PlacePlan,
  isGood: IsGood,
): void {
  const byCode = new Map(known.sites.map((site) => [site.form.code, site]));
  const rows = new Map<string, number>();
  const read = lines.map((line) => {
    const code = cleanCode(line.cells.code ?? '');
    const old = byCode.get(code);
    const { fields, problems } = readRow('sites', line, old ? siteRow(old) : null);
    const first = rows.get(code);
    if (first !== undefined) problems.code ??= `代码和第 ${first} 行一样，一个站点只能写一行`;
    else rows.set(code, line.row);
    return { line, old, fields, problems };
  });
  const ofTownships = read.filter(({ fields }) => !isStation(fields.level as SiteLevel));
  const townships = new Set(
    known.sites.filter(({ level, parent }) => isKept(level) && parent === '').map(({ form }) => form.code),
  );
  for (const { line, old, fields, problems } of [
    ...ofTownships,
    ...read.filter((one) => !ofTownships.includes(one)),
  ]) {
    const level = fields.level as StationLevel;
    const parent = isStation(level) ? cleanCode(String(fields.parent ?? '')) : '';
    const { form, problems: wrong } = readSiteForm(fields as unknown as SiteForm, {
      level,
      ...(old ? {} : { county: known.county }),
    });
    const said: Record<string, string> = { ...(problems.level ? {} : wrong), ...problems };
    if (old && !isKept(old.level)) said.code ??= '这是县里自己的窗口，不在这里改';
    else if (old && old.level !== level)
      said.level ??= `现在是${STATION_WORDS[old.level as StationLevel]}，级别不能改`;
    else if (old && old.parent !== parent) said.parent ??= '换乡镇请在“站点”里划转，办件会跟着过去';
    else if (!old && !problems.level && isStation(level) && !townships.has(parent))
      said.parent ??= parent === '' ? '村、社区要写归哪个乡镇' : `本县没有 ${parent} 这个乡镇、街道`;
    const before = known.gone.get(form.code);
    if (before) said.code ??= `${noSiteAtCodeWords(before).what}，不能用导入再添；请到“站点”里查这个代码`;
    if (!isGood('sites', line.row, said)) continue;
    if (!isStation(level)) townships.add(form.code);
    const differences = old ? differencesOf('sites', siteRow(old), siteRow({ form, level, parent })) : [];
    if (old && differences.length === 0) plan.same += 1;
    else
      plan.sites.push({
        row: line.row,
        id: old?.id ?? null,
        level,
        parent,
        before: old?.form ?? null,
        form,
        differences,
      });
  }
}
