/**
 * Amending (修改): different fields merge, the same field is a conflict with both values (invariant I8). A value that is
 * already there is no conflict: both people wrote the same. The amended form is judged like a new one.
 */
import { checkAnswers, type Answers } from './answers.ts';
import { checkApplicant, checkHandler, normaliseApplicant, normaliseHandler } from './applicant.ts';
import type { Bodies } from './commands.ts';
import type { KnownFacts, Verdict } from './facts.ts';
import { evolve, readField } from './evolve.ts';
import { refuse, type FieldConflict } from './refusal.ts';
import { sameValue } from './same-value.ts';
import type { Application } from './state.ts';

const isField = (field: string): boolean =>
  field === 'applicant' || field === 'handler' || /^answers\.[A-Za-z][A-Za-z0-9]*$/.test(field);

export function decideAmend(state: Application, body: Bodies['amend'], facts: KnownFacts): Verdict {
  const entries = Object.entries(body.fields);
  if (entries.length === 0) return refuse('text', ['fields']);
  const unknown = entries.filter(([field]) => !isField(field));
  if (unknown.length > 0)
    return refuse(
      'answers',
      unknown.map(([field]) => field),
    );

  const conflicts: Record<string, FieldConflict> = {};
  for (const [field, { from, to }] of entries) {
    const theirs = readField(state, field);
    if (!sameValue(theirs, from ?? null) && !sameValue(theirs, to ?? null)) {
      conflicts[field] = { from: from ?? null, mine: to ?? null, theirs };
    }
  }
  if (Object.keys(conflicts).length > 0) {
    return { ...refuse('fieldConflict', Object.keys(conflicts)), fields: conflicts };
  }

  const amended = evolve(state, {
    applicationId: state.id,
    rev: state.rev + 1,
    actor: facts.actor,
    now: facts.now,
    event: { is: 'amended', fields: body.fields },
  });
  const day = state.receivedOn;
  const applicant = checkApplicant(amended.applicant, day);
  if (applicant.length > 0)
    return refuse(
      'applicant',
      applicant.map((p) => p.field),
    );
  const handler = checkHandler(amended.handler, day);
  if (handler.length > 0)
    return refuse(
      'handler',
      handler.map((p) => p.field),
    );
  if (!facts.item.proxyAllowed && amended.handler.kind === 'proxy') return refuse('proxyNotAllowed');
  const answers = checkAnswers(facts.item.form, amended.answers, day);
  if (!answers.ok)
    return refuse(
      'answers',
      answers.problems.map((p) => p.key),
    );
  return [{ is: 'amended', fields: cleaned(state, amended, answers.answers, body.fields) }];
}

/** The fields as they are kept: numbers and names put right, and answers that are no longer asked for taken out. */
function cleaned(
  state: Application,
  amended: Application,
  answers: Answers,
  fields: Bodies['amend']['fields'],
): Bodies['amend']['fields'] {
  const kept: Bodies['amend']['fields'] = {};
  for (const field of Object.keys(fields)) {
    const to =
      field === 'applicant'
        ? normaliseApplicant(amended.applicant, state.receivedOn)
        : field === 'handler'
          ? normaliseHandler(amended.handler, state.receivedOn)
          : (answers[field.slice('answers.'.length)] ?? null);
    kept[field] = { from: readField(state, field), to };
  }
  for (const key of Object.keys(state.answers)) {
    if (!Object.hasOwn(answers, key)) kept[`answers.${key}`] = { from: state.answers[key], to: null };
  }
  return kept;
}
