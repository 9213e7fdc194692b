/** 要件: what the item asks of the person and which materials are in hand, for the eyes of whoever decides. */
import { runningClocks } from '#lib/domain/clocks.ts';
import { openDefects } from '#lib/domain/decide-correction.ts';
import { formatMonthDay, type Day } from '#lib/domain/day.ts';
import type { KnownFacts } from '#lib/domain/facts.ts';
import { ageOn } from '#lib/domain/identity.ts';
import type { Item } from '#lib/domain/item.ts';
import { photosUnderway } from '#lib/domain/materials.ts';
import type { Application, HeldMaterial } from '#lib/domain/state.ts';
import type { IconName } from '#lib/ui/icons.ts';
import type { StatusKind } from '#lib/ui/Status.svelte';

export interface Line {
  is: StatusKind;
  text: string;
  icon?: IconName;
}

/** 年满 80 周岁：82 岁. Age on the day of receipt; a hint, never a refusal by itself. */
export function eligibilityLines(
  item: Pick<Item, 'eligibility'>,
  { birthDate, sex }: Application['applicant'],
  receivedOn: Day,
): Line[] {
  const { minAge, maxAge, sex: wanted } = item.eligibility ?? {};
  const age = birthDate === null ? null : ageOn(birthDate, receivedOn);
  const line = (fits: boolean | null, rule: string, found: string): Line =>
    fits === null
      ? { is: 'later', icon: 'alert', text: `${rule}：证件上看不出，请核对` }
      : { is: fits ? 'done' : 'wrong', text: `${rule}：${found}` };
  const lines: Line[] = [];
  if (minAge !== undefined)
    lines.push(line(age === null ? null : age >= minAge, `年满 ${minAge} 周岁`, `${age} 岁`));
  if (maxAge !== undefined)
    lines.push(line(age === null ? null : age <= maxAge, `不超过 ${maxAge} 周岁`, `${age} 岁`));
  if (wanted !== undefined) {
    const name = wanted === 'female' ? '女' : '男';
    lines.push(line(sex === null ? null : sex === wanted, `限${name}性`, sex === 'female' ? '女' : '男'));
  }
  return lines;
}

export interface MaterialLine extends Line {
  code: string;
  name: string;
  note: string;
  /** Not asked for in this case: shown faint, nothing to look at. */
  idle: boolean;
}

const STATUS: Record<HeldMaterial['status'], Line> = {
  received: { is: 'done', text: '已收' },
  missing: { is: 'wrong', text: '缺', icon: 'missing' },
  tolerated: { is: 'later', text: '容缺' },
  waived: { is: 'done', text: '免提交' },
  notNeeded: { is: 'wait', text: '不需要', icon: 'minus' },
};

function noteOf(
  held: HeldMaterial | undefined,
  material: Item['materials'][number],
  term: Day | null | undefined,
): string {
  if (held === undefined || held.status === 'notNeeded') return material.when ?? '不是每件都要';
  if (held.status === 'waived') return `用电子证照“${material.licence ?? material.name}”`;
  if (held.status === 'tolerated') return term ? `容缺到 ${formatMonthDay(term)}` : '容缺后补，受理后起算';
  if (held.status === 'missing') return `要${material.kind} ${material.copies} 份`;
  const copies = held.copies > 0 ? `${held.kind} ${held.copies} 份` : held.kind;
  return held.photos ? `${copies}，照片 ${held.photos.length} 张` : copies;
}

/** Every material of the item, in its order. */
export function materialLines(app: Application, facts: KnownFacts): MaterialLine[] {
  const open = new Set(
    app.state === 'correction'
      ? openDefects(app).flatMap((defect) => (defect.kind === 'material' ? [defect.target] : []))
      : [],
  );
  const clocks = runningClocks(app, facts);
  return facts.item.materials.map((material) => {
    const held = app.materials[material.code];
    const status = held?.status ?? 'notNeeded';
    const face: Line = open.has(material.code)
      ? { is: 'wrong', text: '要补' }
      : held && photosUnderway(held).length > 0
        ? { is: 'todo', text: '照片没到', icon: 'up' }
        : STATUS[status];
    const term = clocks.find((clock) => clock.name === `tolerance:${material.code}`)?.due;
    return {
      code: material.code,
      name: material.name,
      note: noteOf(held, material, term),
      idle: status === 'notNeeded',
      ...face,
    };
  });
}
