/**
 * evolve(state, logged event) → state: the only maker of an application's state, on both sides.
 * Pure; never refuses (decide did); an event that cannot follow is a bug and throws.
 */
import type { LoggedEvent, Event } from './events.ts';
import type { Application, HistoryLine } from './state.ts';

type Change = Partial<Application>;
type After<K extends Event['is']> = (
  state: Application,
  event: Extract<Event, { is: K }>,
  logged: LoggedEvent,
) => Change;

/** Sets `applicant`, `handler` or `answers.<key>`; decide has checked the name. */
function setField(state: Application, field: string, to: unknown): Application {
  if (field === 'applicant') return { ...state, applicant: to as Application['applicant'] };
  if (field === 'handler') return { ...state, handler: to as Application['handler'] };
  const key = field.slice('answers.'.length);
  if (to !== null && to !== undefined) {
    return { ...state, answers: { ...state.answers, [key]: to as Application['answers'][string] } };
  }
  const answers = { ...state.answers };
  delete answers[key];
  return { ...state, answers };
}

/** The value that an amendable field has now; null where it has none. */
export function readField(state: Application, field: string): unknown {
  if (field === 'applicant') return state.applicant;
  if (field === 'handler') return state.handler;
  const key = field.slice('answers.'.length);
  return Object.hasOwn(state.answers, key) ? state.answers[key] : null;
}

const endSuspension = (state: Application, on: string): Change => ({
  suspensions: state.suspensions.map((s) => (s.to === null ? { ...s, to: on } : s)),
});

const CHANGES: { [K in Exclude<Event['is'], 'received'>]: After<K> } = {
  amended: (state, { fields }, { rev }) => {
    const changed = Object.entries(fields).reduce((s, [field, { to }]) => setField(s, field, to), state);
    const amendedRev = Object.fromEntries(Object.keys(fields).map((field) => [field, rev]));
    return { ...changed, amendedRev: { ...state.amendedRev, ...amendedRev } };
  },
  materialAdded: (state, { material }, { rev }) => {
    // a page that the office holds already stays held
    const known = state.materials[material.code]?.verified ?? [];
    const verified = known.filter((sha256) => material.photos?.some((photo) => photo.sha256 === sha256));
    const held = { ...material, addedRev: rev, ...(verified.length > 0 ? { verified } : {}) };
    return { materials: { ...state.materials, [material.code]: held } };
  },
  correctionSupplied: (state, { answers, on }) => ({
    state: 'pending',
    acceptanceFrom: on,
    notices: state.notices.map((n, i) => (i === state.notices.length - 1 ? { ...n, answers } : n)),
  }),
  withdrawn: (state, { on }) => ({ state: 'withdrawn', closedOn: on, ...endSuspension(state, on) }),
  accepted: (_, { on, bySilence }) => ({ state: 'accepted', acceptedOn: on, acceptedBySilence: bySilence }),
  correctionRequested: (state, { notice, on }, { rev }) => ({
    state: 'correction',
    notices: [...state.notices, { ...notice, requestedOn: on, rev }],
  }),
  acceptanceRefused: (_, { refusal, on }) => ({
    state: 'refused',
    refusal: { ...refusal, on },
    closedOn: on,
  }),
  claimed: (_, { on }, { actor }) => ({ claim: { by: actor.id, name: actor.name, on } }),
  released: () => ({ claim: null }),
  assigned: (_, { department, reviewer }) => ({
    state: 'examining',
    assignment: { department, ...(reviewer ? { reviewer } : {}) },
  }),
  reviewed: (state, { department, pass, opinion, on }, { actor }) => ({
    reviews: [...state.reviews, { department, pass, opinion, by: actor.id, on }],
  }),
  decided: (_, { decision, on }, { actor }) => ({
    state: 'decided',
    decision: { ...decision, by: actor.id, on },
  }),
  licenceMade: (_, { licenceNumber }) => ({ state: 'ready', licenceNumber }),
  delivered: (_, { delivery, on }, { actor }) => ({
    state: 'settled',
    delivery: { ...delivery, by: actor.id, on },
    closedOn: on,
  }),
  forwarded: (state, { organ, reason, on }) => ({
    state: 'forwarded',
    forwarded: { organ, reason },
    closedOn: on,
    ...endSuspension(state, on),
  }),
  voided: (state, { on }) => ({ state: 'void', closedOn: on, ...endSuspension(state, on) }),
  suspended: (state, { procedure, reason, basis, days, on }) => ({
    state: 'suspended',
    suspensions: [...state.suspensions, { from: on, to: null, procedure, reason, basis, days }],
  }),
  resumed: (state, { on }) => ({ state: 'examining', ...endSuspension(state, on) }),
  extended: (state, { days, reason, basis }) => ({
    extensions: [...state.extensions, { days, reason, basis }],
  }),
  rated: (_, { rating, on }) => ({ rating: { ...rating, on } }),
  lapsed: (_, { on }) => ({ state: 'lapsed', closedOn: on }),
  overdueMarked: (state, { clock, due }) => ({ overdue: [...state.overdue, { clock, due }] }),
  photoVerified: (state, { material, sha256 }) => {
    const held = state.materials[material];
    // the material was handed in anew with other photos meanwhile: nothing to mark
    if (!held?.photos?.some((photo) => photo.sha256 === sha256)) return {};
    const verified = [...(held.verified ?? []), sha256];
    return { materials: { ...state.materials, [material]: { ...held, verified } } };
  },
};

/** Words of an event that belong into the history; none of them holds identity numbers. */
function noteOf(event: Event): string | undefined {
  switch (event.is) {
    case 'withdrawn':
    case 'voided':
      return event.reason;
    case 'acceptanceRefused':
      return event.refusal.reason;
    case 'correctionRequested':
      return `要补 ${event.notice.defects.length} 项`;
    case 'assigned':
    case 'reviewed':
      return event.department;
    case 'decided':
      return event.decision.granted ? '准予' : '不予';
    case 'forwarded':
      return event.organ;
    case 'suspended':
      return event.procedure;
    case 'extended':
      return `延长 ${event.days} 个工作日`;
    case 'accepted':
      return event.bySilence ? '逾期未答复，视为受理' : undefined;
    default:
      return undefined;
  }
}

function historyLine({ rev, actor, now, event }: LoggedEvent): HistoryLine {
  const note = noteOf(event);
  return { rev, event: event.is, actor, at: now, ...(note === undefined ? {} : { note }) };
}

function begin({ applicationId, rev, event }: LoggedEvent): Omit<Application, 'history'> {
  if (event.is !== 'received') throw new Error(`an application begins with received, not ${event.is}`);
  const { item, body, arrivedOn, caseNumber, flags } = event;
  const { materials, ...form } = body;
  return {
    ...form,
    id: applicationId,
    rev,
    state: 'pending',
    item,
    caseNumber,
    flags,
    arrivedOn,
    acceptanceFrom: form.capacity === 'receivingPoint' ? form.receivedOn : arrivedOn,
    materials: Object.fromEntries(materials.map((m) => [m.code, { ...m, addedRev: rev }])),
    amendedRev: {},
    notices: [],
    acceptedOn: null,
    acceptedBySilence: false,
    refusal: null,
    assignment: null,
    reviews: [],
    suspensions: [],
    extensions: [],
    decision: null,
    licenceNumber: null,
    delivery: null,
    forwarded: null,
    rating: null,
    overdue: [],
    closedOn: null,
  };
}

/** @throws when the event does not continue the state: revisions are gap-free from 1. */
export function evolve(state: Application | null, logged: LoggedEvent): Application {
  const expected = (state?.rev ?? 0) + 1;
  if (logged.rev !== expected) throw new Error(`event ${logged.rev} cannot follow revision ${expected - 1}`);
  if (state === null) return { ...begin(logged), history: [historyLine(logged)] };
  const { event } = logged;
  if (event.is === 'received') throw new Error('received twice');
  const change = (CHANGES[event.is] as After<typeof event.is>)(state, event as never, logged);
  return { ...state, ...change, rev: logged.rev, history: [...state.history, historyLine(logged)] };
}

export const fold = (events: Iterable<LoggedEvent>, from: Application | null = null): Application | null => {
  let state = from;
  for (const event of events) state = evolve(state, event);
  return state;
};
