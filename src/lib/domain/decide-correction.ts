/**
 * Correction (补正): everything that is wrong is told at once (行政许可法 §32). A second notice for what could be seen the
 * first time needs a reason and is kept with it. Supplying means that every item of the notice is answered.
 */
import type { Bodies, Defect } from './commands.ts';
import { chineseDay } from './day.ts';
import type { KnownFacts, Verdict } from './facts.ts';
import type { Item } from './item.ts';
import { refuse } from './refusal.ts';
import type { Application } from './state.ts';

const isTarget = (defect: Defect, item: Item): boolean =>
  defect.kind === 'material'
    ? item.materials.some((m) => m.code === defect.target)
    : ['applicant', 'handler', 'signature'].includes(defect.target) ||
      item.form.some((f) => `answers.${f.key}` === defect.target);

/** Revision at which what the defect is about was last handed in or changed; 1 = with the form. */
function touchedRev(state: Application, defect: Defect): number {
  if (defect.kind === 'material') return state.materials[defect.target]?.addedRev ?? 1;
  return state.amendedRev[defect.target] ?? 1;
}

function requestCorrection(
  state: Application,
  body: Bodies['requestCorrection'],
  facts: KnownFacts,
): Verdict {
  const { defects } = body;
  if (defects.length === 0) return refuse('noDefects');
  const ids = new Set(defects.map((d) => d.id));
  const wrong = defects.filter(
    (d) => d.problem.trim() === '' || d.problem.length > 500 || !isTarget(d, facts.item),
  );
  if (wrong.length > 0 || ids.size < defects.length)
    return refuse(
      'defects',
      wrong.map((d) => d.id),
    );
  const first = state.notices[0];
  if (first !== undefined && (body.secondReason ?? '').trim() === '') {
    const visibleBefore = defects.filter((d) => touchedRev(state, d) <= first.rev);
    if (visibleBefore.length > 0)
      return refuse(
        'secondNotice',
        visibleBefore.map((d) => d.id),
      );
  }
  return [{ is: 'correctionRequested', notice: body, on: chineseDay(facts.now) }];
}

/** A defect is answered by handing in or changing its target after the notice, or by words that explain. */
export function openDefects(state: Application, words: Record<string, string> = {}): Defect[] {
  const notice = state.notices.at(-1);
  if (notice === undefined) return [];
  return notice.defects.filter((defect) => {
    const explained = Object.hasOwn(words, defect.id) && (words[defect.id] ?? '').trim() !== '';
    const held = defect.kind === 'material' ? state.materials[defect.target] : undefined;
    const missing = held?.status === 'missing';
    return !explained && (missing || touchedRev(state, defect) <= notice.rev);
  });
}

function supplyCorrection(state: Application, body: Bodies['supplyCorrection'], facts: KnownFacts): Verdict {
  const open = openDefects(state, body.answers);
  if (open.length > 0)
    return refuse(
      'defectsOpen',
      open.map((d) => d.id),
    );
  return [{ is: 'correctionSupplied', answers: body.answers, on: chineseDay(facts.now) }];
}

export const decideCorrection = { requestCorrection, supplyCorrection };
