/** Every schema of the wire by name, and what each is made of: the words of docs/protocol.md and its hash come from here. */
import * as auth from '#lib/protocol/auth.ts';
import * as commands from '#lib/protocol/command.ts';
import { commandBodies } from '#lib/protocol/command-bodies.ts';
import * as errors from '#lib/protocol/errors.ts';
import * as primitives from '#lib/protocol/primitives.ts';
import * as report from '#lib/protocol/report.ts';
import * as station from '#lib/protocol/station.ts';
import * as sync from '#lib/protocol/sync.ts';
import { isSchema, type Node } from './describe-schema.ts';

const schemasOf = (module: object): [string, Node][] =>
  Object.entries(module).filter((entry): entry is [string, Node] => isSchema(entry[1]));

/** uuid, day, sha256 and the like: what the tables call by one word. */
export const PRIMITIVES: ReadonlyMap<string, Node> = new Map(schemasOf(primitives));

/** What the protocol's modules export: each has an example in docs/protocol.md. */
export const WIRE_SCHEMAS: ReadonlyMap<string, Node> = new Map(
  [auth, commands, errors, report, station, sync].flatMap(schemasOf),
);

/** Bodies by kind of command. */
export const BODY_SCHEMAS: ReadonlyMap<string, Node> = new Map(schemasOf(commandBodies));

const { receive, withdraw, settle, amend, requestCorrection } = commandBodies;
const [drawn, paper, fingerprint] = withdraw.entries.signature.options;
const [self, proxy] = receive.entries.handler.options;
const material = commandBodies.addMaterial;
const [slice, reset] = sync.syncResponse.entries.feed.wrapped.options;
const [applied, refused, quarantined, parked, retry] = sync.outcome.options;

/** Parts that have a table of their own in the document, by the name they have there. */
export const PARTS: ReadonlyMap<string, Node> = new Map<string, Node>(
  Object.entries({
    applicant: receive.entries.applicant,
    guardian: receive.entries.applicant.entries.guardian.wrapped,
    representative: receive.entries.applicant.entries.representative.wrapped,
    phoneOwner: receive.entries.applicant.entries.phoneOwner.wrapped,
    self,
    proxy,
    'holder kind': receive.entries.applicant.entries.idKind,
    'id kind': proxy.entries.idKind,
    handler: receive.entries.handler,
    'drawn signature': drawn,
    'paper signature': paper,
    fingerprint,
    'hand signature': fingerprint.entries.witness,
    signature: withdraw.entries.signature,
    answer: receive.entries.answers.value,
    material,
    photo: material.entries.photos.wrapped.item,
    'amended field': amend.entries.fields.value,
    defect: requestCorrection.entries.defects.item,
    decision: settle.entries.decision,
    delivery: settle.entries.delivery,
    collector: settle.entries.delivery.entries.collector,
    contact: auth.enrolResponse.entries.contact,
    'staff tile': auth.staffResponse.entries.staff.item,
    'signed-in staff': auth.signInResponse.entries.staff,
    role: auth.signInResponse.entries.staff.entries.roles.item,
    'item reference': commands.wireCommand.entries.item.wrapped,
    'sent kind': commands.wireCommand.entries.kind,
    page: sync.syncRequest.entries.page.wrapped,
    'error code': errors.errorResponse.entries.error,
    applied,
    refused,
    quarantined,
    parked,
    retry,
    'refusal code': refused.entries.code,
    'refusal reason': refused.entries.reason,
    'conflicting field': refused.entries.fields.wrapped.value,
    'event actor': sync.feedEvent.entries.actor,
    event: sync.feedEvent.entries.event,
    Application: sync.snapshot.entries.state,
    'feed slice': slice,
    'feed reset': reset,
  }),
);

/** How a table calls a schema that has a name. */
export const NAMES: ReadonlyMap<Node, string> = new Map<Node, string>([
  ...[...WIRE_SCHEMAS, ...PARTS, ...PRIMITIVES].map(([name, node]): [Node, string] => [node, name]),
  // the same list, built twice
  [auth.staffResponse.entries.staff.item.entries.roles.item, 'role'],
]);
