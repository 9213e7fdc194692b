/** JSON of an answer to a sync, in full; the events of its feed are taken over as the log has them. */
import type { SyncResponse } from '#lib/protocol/sync.ts';
import { eventText } from './feed-down.ts';

export function answerText(answer: SyncResponse): string {
  const { feed, ...before } = answer;
  if (feed === null || !('events' in feed)) return JSON.stringify(answer);
  const { events, ...slice } = feed;
  const [outer, inner] = [JSON.stringify(before), JSON.stringify(slice)];
  return `${outer.slice(0, -1)},"feed":${inner.slice(0, -1)},"events":[${events.map(eventText).join()}]}}`;
}
