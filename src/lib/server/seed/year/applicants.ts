/** Who applies for an item and who comes for them: ages by what the item is about, guardians, proxies, signatures. */
import { EMPLOYEE, signerOf } from '#lib/domain/applicant.ts';
import { AUTHORISED_ACTS, type HandSignature, type Person, type Signature } from '#lib/domain/commands.ts';
import type { Day } from '#lib/domain/day.ts';
import { applicantKinds, applicantOf, type Draft } from '#lib/domain/draft.ts';
import { ageOn } from '#lib/domain/identity.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Chance } from '../chance.ts';
import type { Home, Villager, Villagers, Wanted } from './villagers.ts';

const ADULT: Wanted = { from: 26, to: 74 };

/** By the first pattern that the item's name matches. */
const WHO: readonly (readonly [RegExp, Wanted])[] = [
  [/高龄/, { from: 80, to: 93 }],
  [/65岁/, { from: 65, to: 88 }],
  [/待遇申领|待遇资格认证/, { from: 60, to: 84 }],
  [/老年|养老机构|敬老|适老|独居|空巢|特困/, { from: 62, to: 90 }],
  [/孤儿|无人抚养|困境儿童|残疾儿童/, { from: 4, to: 15 }],
  [/新生儿|生育|育儿|出生|孕前|接种/, { from: 22, to: 38 }],
  [/学生|入学|助学|幼儿|雨露|教育资助|休学/, { from: 28, to: 46 }],
  [/两癌/, { from: 36, to: 63, sex: 'female' }],
  [/兵役/, { from: 18, to: 18, sex: 'male' }],
  [/退役|军人|优抚|烈士/, { from: 30, to: 80, sex: 'male' }],
  [/毕业生/, { from: 22, to: 24 }],
  [/慢性病|高血压|残疾|护理|大病/, { from: 45, to: 85 }],
  [/就业|务工|创业|培训|失业|个体/, { from: 22, to: 56 }],
];

function wantedFor({ name, eligibility }: Item): Wanted {
  const { from, to, sex } = WHO.find(([pattern]) => pattern.test(name))?.[1] ?? ADULT;
  const { minAge = 0, maxAge = 99 } = eligibility ?? {};
  const least = Math.max(from, minAge);
  const limit = eligibility?.sex;
  return {
    from: least,
    to: Math.max(least, Math.min(to, maxAge)),
    sex: limit === 'male' || limit === 'female' ? limit : sex,
  };
}

/** Strokes like those of a hurried name. */
export function drawnBy(by: string, luck: Chance): HandSignature {
  const strokes = Array.from({ length: luck.whole(3, 5) }, (_, at) => {
    let [x, y] = [30 + at * 60 + luck.whole(-8, 8), luck.whole(30, 60)];
    const points = [x, y];
    for (let i = luck.whole(4, 7); i > 0; i--) {
      x = Math.min(315, Math.max(5, x + luck.whole(-14, 22)));
      y = Math.min(115, Math.max(5, y + luck.whole(-26, 30)));
      points.push(x, y);
    }
    return points;
  });
  return { kind: 'drawn', by, width: 320, height: 120, strokes };
}

/** Whoever is old now and then gives a fingerprint before a witness. */
export function signatureOf(by: string, age: number, luck: Chance): Signature {
  const hand = (who: string): HandSignature =>
    luck.happens(0.75) ? drawnBy(who, luck) : { kind: 'paper', by: who };
  return age >= 75 && luck.happens(0.2) ? { kind: 'fingerprint', by, witness: hand('周见证') } : hand(by);
}

const personOf = ({ name, idNumber }: Villager): Person => ({ name, idKind: 'residentId', idNumber });

export interface Comer {
  /** Fills in the draft's applicant, handler and signature. */
  person: Villager;
  organisation: { name: string; idNumber: string } | null;
}

/** The applicant and the handler of a draft. */
export function fillInPeople(
  draft: Draft,
  {
    item,
    home,
    villagers,
    day,
    luck,
  }: { item: Item; home: Home; villagers: Villagers; day: Day; luck: Chance },
): Comer {
  const kinds = applicantKinds(item);
  const legal = kinds.includes('legal') && (!kinds.includes('person') || luck.happens(0.25));
  const wanted = legal ? ADULT : wantedFor(item);
  const person = villagers.find(home, wanted, day);
  const organisation = legal ? villagers.organisation() : null;
  const age = ageOn(person.birthDate, day);
  const adult = (): Villager => villagers.other({ from: 30, to: 64 }, day);
  draft.applicant = organisation
    ? {
        ...draft.applicant,
        kind: 'legal',
        ...organisation,
        phone: person.phone,
        address: person.address,
        representative: personOf(person),
      }
    : { ...draft.applicant, ...personOf(person), phone: person.phone, address: person.address };
  if (!legal && age < 18) {
    const guardian = adult();
    draft.applicant.guardian = { ...personOf(guardian), phone: guardian.phone, relation: '父母' };
    draft.applicant.phone = guardian.phone;
  } else if (!legal && age >= 75 && luck.happens(0.5)) {
    const child = adult();
    draft.applicant.phoneOwner = { name: child.name, relation: '子女' };
    draft.applicant.phone = child.phone;
  }

  const signer = signerOf(applicantOf(draft, day));
  const proxy = item.proxyAllowed && luck.happens(legal ? 0.35 : age >= 75 ? 0.45 : 0.1);
  draft.handledBy = proxy ? 'proxy' : 'self';
  draft.present = item.mustAppear !== undefined || !proxy;
  if (proxy) {
    const handler = adult();
    draft.proxy = {
      ...personOf(handler),
      phone: handler.phone,
      relation: legal
        ? EMPLOYEE
        : age >= 75
          ? luck.pick(['子女', '子女', '配偶'])
          : luck.pick(['配偶', '父母', '其他亲属', '邻居']),
      acts: AUTHORISED_ACTS.filter((_, at) => at < 2 || luck.happens(0.8)),
      authorisation: signatureOf(signer, age, luck),
    };
  }
  draft.signature = signatureOf(proxy ? draft.proxy.name : signer, proxy ? 40 : age, luck);
  return { person, organisation };
}
