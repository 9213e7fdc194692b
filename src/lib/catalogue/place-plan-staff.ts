/** The sheet 人员 against the county's people: known ones by their number, the others are new. Pure. */
import { cleanCode } from '#lib/domain/site-keeping.ts';
import type { SiteLevel } from '#lib/domain/site.ts';
import { readStaffForm, type StaffForm } from '#lib/domain/staff-keeping.ts';
import {
  differencesOf,
  personRow,
  readRow,
  type IsGood,
  type KnownPlaces,
  type PlacePlan,
} from './place-rows.ts';
import type { BookRow } from './sheet-book.ts';

export function planStaff(
  lines: readonly BookRow[],
  known: KnownPlaces,
  plan: PlacePlan,
  isGood: IsGood,
): void {
  const levels = new Map<string, SiteLevel>(known.sites.map(({ form, level }) => [form.code, level]));
  for (const { form, level } of plan.sites) levels.set(form.code, level);
  const byId = new Map(known.people.map((one) => [one.id, one]));
  const names = new Map(known.people.map(({ id, site, form }) => [`${site}/${form.name}`, id]));
  const logins = new Map(
    known.people.flatMap(({ id, form }) => (form.login ? [[form.login, id] as const] : [])),
  );
  const rows = new Map<string, number>();
  for (const line of lines) {
    const id = (line.cells.id ?? '').trim();
    const old = byId.get(id);
    const { fields, problems: said } = readRow('staff', line, old ? personRow(old) : null);
    const site = cleanCode(String(fields.site ?? ''));
    const level = levels.get(site);
    const read = readStaffForm(fields as unknown as StaffForm, level ?? 'city');
    const { roles: ofRoles, ...wrong } = read.problems;
    // which roles there are depends on the site
    const problems: Record<string, string> = {
      ...wrong,
      ...(level && ofRoles ? { roles: ofRoles } : {}),
      ...said,
    };
    const { form } = read;
    const key = id === '' ? `${site}/${form.name}` : id;
    const first = rows.get(key);
    if (first !== undefined) problems[id === '' ? 'name' : 'id'] ??= `和第 ${first} 行是同一个人，只能写一行`;
    else rows.set(key, line.row);
    if (id !== '' && !old) problems.id ??= '本县没有这个人员编号；新添的人不要填';
    if (!level && site !== '') problems.site ??= '本县没有这个代码的站点，“站点”表里也没有能添上的';
    else if (old && old.site !== site) problems.site ??= '换站点请在“人员”里调';
    const twin = names.get(`${site}/${form.name}`);
    if (!old && id === '' && twin !== undefined)
      problems.name ??= `这个站点已经有这个姓名的人（${twin}）：要改他，请写人员编号；是另一个人，请在“人员”里添`;
    const owner = logins.get(form.login);
    if (form.login !== '' && owner !== undefined && owner !== id)
      problems.login ??= '登录名已经有人用，请换一个';
    if (!isGood('staff', line.row, problems)) continue;
    if (form.login !== '') logins.set(form.login, id);
    const differences = old ? differencesOf('staff', personRow(old), personRow({ form, site, id })) : [];
    if (old && differences.length === 0) plan.same += 1;
    else
      plan.staff.push({
        row: line.row,
        id: old?.id ?? null,
        site,
        before: old?.form ?? null,
        form,
        differences,
      });
  }
}
