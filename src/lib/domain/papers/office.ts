/**
 * Who gives a paper out and who answers for it. A village receives and hands over; acceptance, refusal and decision are
 * the township's (design domain.md §2.1), so its papers are printed in the village only to tell, never as sealed ones.
 */
import { isTraining } from '../site.ts';

export interface Office {
  /** Over the door of the township or subdistrict: 白道口镇便民服务中心. */
  organ: string;
  /** The village or community station that received: 白道口镇许村便民服务站; null where the counter did. */
  station: string | null;
  /** Where the paper is being printed. */
  printedIn: 'village' | 'counter';
  phone: string;
  supervision: string;
  /** A training site (练习站): its papers are worth nothing and say so. */
  practice: boolean;
}

export interface OfficeFacts {
  /** This device's site. */
  site: { id?: string; fullName: string; level: string };
  contact: { organ: string; phone: string; supervision: string };
  /** Name of the other station that received, as a township knows it: 许村便民服务站. */
  receivedBy?: string;
}

const CENTRE = '便民服务中心';
const STATION = '便民服务站';
/** Ends of names that are a sign already. */
const IS_SIGN = /(?:中心|站|大厅|局|委员会|政府|办事处)$/;

/** 白道口镇 → 白道口镇便民服务中心; a name that is one already stays. */
const signOf = (name: string, sign: string): string => (IS_SIGN.test(name) ? name : `${name}${sign}`);

export function officeOf({ site, contact, receivedBy }: OfficeFacts): Office {
  const { phone, supervision } = contact;
  const village = site.level === 'village';
  const organ = signOf(village ? contact.organ : site.fullName, CENTRE);
  const other = receivedBy === undefined ? null : withTownship(site.fullName, signOf(receivedBy, STATION));
  return {
    organ,
    station: village ? signOf(site.fullName, STATION) : other,
    printedIn: village ? 'village' : 'counter',
    phone,
    supervision,
    practice: isTraining(site.id ?? ''),
  };
}

const withTownship = (township: string, station: string): string =>
  station.startsWith(township) ? station : `${township}${station}`;

/** Where the application was received. */
export const receiverOf = (office: Office): string => office.station ?? office.organ;

/** The word for an organ in its document numbers (机关代字): 白道口镇便民服务中心 → 白道口镇. */
export const organWord = ({ organ }: Pick<Office, 'organ'>): string =>
  organ.replace(/(?:便民服务中心|党群服务中心|政务服务中心|人民政府|办事处)$/, '') || organ;
