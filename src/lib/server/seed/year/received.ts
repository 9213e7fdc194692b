/** The body of a `receive` of the demo year: a draft filled in as a desk would, and sent as a desk sends it. */
import type { Bodies } from '#lib/domain/commands.ts';
import type { Day, Instant } from '#lib/domain/day.ts';
import { draftAgain, newDraft, receiveBodyOf, type Draft } from '#lib/domain/draft.ts';
import { signerOf } from '#lib/domain/applicant.ts';
import type { Item, ItemRef, Material } from '#lib/domain/item.ts';
import { isForProxy, type MaterialEntry, type Photo } from '#lib/domain/materials.ts';
import type { Chance } from '../chance.ts';
import { madeAnswers } from './answers.ts';
import { fillInPeople, signatureOf } from './applicants.ts';
import type { Home, Villagers } from './villagers.ts';
import type { Asked } from './words.ts';

/** What the story needs to be so. */
export interface Wish {
  /** A material is not there yet, and is asked for later. */
  missing?: string | undefined;
  /** Share of the tolerable materials that come later (容缺后补). */
  tolerated?: number | undefined;
  /** The same person asks for the same once more, and says why. */
  again?: { earlier: Received; reason: string } | undefined;
}

export interface Coming {
  id: string;
  item: Item;
  ref: ItemRef;
  home: Home;
  site: string;
  day: Day;
  at: Instant;
  receiptNumber: string;
  villagers: Villagers;
  luck: Chance;
  wish: Wish;
  /** Photos for a material; none where no pictures are to be had. */
  photosFor: (material: string) => Photo[];
}

export interface Received {
  body: Bodies['receive'];
  asked: Asked;
}

function entryOf(material: Material, proxy: boolean, { luck, wish, photosFor }: Coming): MaterialEntry {
  const { code, kind, copies, required, tolerable, licence, name } = material;
  const nothing = { code, kind, copies: 0 };
  if (code === wish.missing) return { ...nothing, status: 'missing' };
  const needed = required || (proxy && isForProxy(material));
  if (!needed && luck.happens(0.75)) return { ...nothing, status: 'notNeeded' };
  if (tolerable === true && luck.happens(wish.tolerated ?? 0)) return { ...nothing, status: 'tolerated' };
  if (licence !== undefined && luck.happens(0.08)) return { ...nothing, status: 'waived' };
  const photos = photosFor(name);
  const received = { code, status: 'received', kind, copies: Math.max(1, copies) } as const;
  return photos.length > 0 ? { ...received, photos } : received;
}

/** The draft with its people and answers: of somebody new, or of an earlier application of theirs. */
function filledIn(coming: Coming): { draft: Draft; asked: Asked } {
  const { id, item, ref, at, day, luck, villagers, home, wish } = coming;
  if (wish.again) {
    const { body, asked } = wish.again.earlier;
    const draft = draftAgain(body, { id, item, ref, now: at, answers: true });
    draft.handledBy ??= 'self';
    if (body.handler.kind === 'proxy') draft.proxy.authorisation = body.handler.authorisation;
    draft.present = true;
    const signer = body.handler.kind === 'proxy' ? body.handler.name : signerOf(body.applicant);
    draft.signature = signatureOf(signer, 40, luck);
    draft.duplicateReason = wish.again.reason;
    return { draft, asked: { ...asked, day, luck } };
  }
  const draft = newDraft(id, ref, at);
  const comer = fillInPeople(draft, { item, home, villagers, day, luck });
  const asked: Asked = { item, ...comer, villagers, day, luck };
  draft.answers = madeAnswers(asked);
  return { draft, asked };
}

export function receivedBody(coming: Coming): Received {
  const { item, site, day, receiptNumber, luck } = coming;
  const { draft, asked } = filledIn(coming);
  const proxy = draft.handledBy === 'proxy';
  draft.materials = item.materials.map((material) => entryOf(material, proxy, coming));
  draft.capacity = luck.happens(0.8) ? 'receivingPoint' : 'proxy';
  const queryToken = Buffer.from(luck.bytes(16)).toString('base64url');
  const paper = { receiptNumber, queryToken, site, receivedOn: day, signature: draft.signature! };
  return { body: receiveBodyOf(draft, item, paper), asked };
}
