/** Places that people here mean most, to begin an address with: the station's own village or township, and a township's villages. */
import type { SiteName, WireSite } from '#lib/protocol/auth.ts';

const SIGN = /(?:便民服务站|便民服务中心|党群服务中心)$/;

/** `sites`: whose applications come to this device, by what is written over the door. */
export function placesHere(
  site: Pick<WireSite, 'id' | 'fullName' | 'level'> | undefined,
  sites: readonly SiteName[],
): string[] {
  if (site === undefined) return [];
  const own = site.fullName.replace(SIGN, '');
  if (site.level === 'village') return [own];
  const villages = sites
    .filter(({ id }) => id !== site.id)
    .map(({ name }) => name.replace(SIGN, ''))
    .map((name) => (name.startsWith(own) ? name : `${own}${name}`));
  return [own, ...new Set(villages)];
}
