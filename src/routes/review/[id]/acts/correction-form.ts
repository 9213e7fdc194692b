/** What a correction notice can be about, and the notice that becomes of the lines that were written. */
import type { Bodies, Defect } from '#lib/domain/commands.ts';
import { visibleFields } from '#lib/domain/answers.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Application } from '#lib/domain/state.ts';
import type { PhraseSort } from './phrases.ts';

export interface Target {
  /** Material code, or a field as `amend` names it. */
  key: string;
  kind: Defect['kind'];
  name: string;
  /** Proposed at once: a material that is needed and not there. */
  lacking: boolean;
  /** What it is, for the phrases that go with it (phrases.ts). */
  sort: PhraseSort;
}

export interface Written {
  key: string;
  text: string;
}

/** Materials in the item's order, then persons, answers that were asked, and the signature. */
export function defectTargets(app: Application, item: Item): Target[] {
  const field = (key: string, name: string, sort: PhraseSort): Target => ({
    key,
    kind: 'field',
    name,
    lacking: false,
    sort,
  });
  return [
    ...item.materials.map(({ code, name, required, kind: sort }): Target => ({
      sort,
      key: code,
      kind: 'material',
      name,
      lacking: app.materials[code] ? app.materials[code].status === 'missing' : required,
    })),
    field('applicant', '申请人信息', 'person'),
    ...(app.handler.kind === 'proxy' ? [field('handler', '经办人信息', 'person')] : []),
    ...visibleFields(item.form, app.answers).map(({ key, label, type }) =>
      field(`answers.${key}`, label, type),
    ),
    field('signature', '申请人签名', 'signature'),
  ];
}

/** Lines in the order of the targets, numbered d1, d2 …; an empty basis or reason is left out. */
export function noticeOf(
  targets: readonly Target[],
  written: readonly Written[],
  basis: string,
  secondReason: string,
): Bodies['requestCorrection'] {
  const lines = targets.flatMap((target) => {
    const line = written.find(({ key }) => key === target.key);
    return line ? [{ ...target, text: line.text.trim() }] : [];
  });
  return {
    defects: lines.map(({ key, kind, text }, at): Defect => ({
      id: `d${at + 1}`,
      kind,
      target: key,
      problem: text,
      ...(basis.trim() === '' ? {} : { basis: basis.trim() }),
    })),
    ...(secondReason.trim() === '' ? {} : { secondReason: secondReason.trim() }),
  };
}
