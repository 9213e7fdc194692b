/**
 * 代办委托书: made from a draft too, because it is signed before anything is submitted. Who authorises whom, for which item,
 * to do what, how long (民法典 §165); revocable and ended with the application (§173); no further delegation (§169). The
 * service is free, the agent holds no money, and consent is asked for the agent's use of personal data (个人信息保护法 §13, §29):
 * the agent acts for the villager, not as an authority. Whoever cannot write gives a fingerprint before a witness.
 */
import { signerOf } from '../applicant.ts';
import type { AuthorisedAct, Handler, Signature } from '../commands.ts';
import { AUTHORISED_ACTS } from '../commands.ts';
import { formatReceiptNumber } from '../receipt-number.ts';
import type { Item } from '../item.ts';
import { sheet, type PaperFacts } from './sheet.ts';
import { receiverOf } from './office.ts';
import type { Block, Column, Copy, Paper, PaperFact } from './paper.ts';
import { applicantLine, BLANK, documentOf, orBlank, partyFacts, type Parties } from './parties.ts';

export interface AuthorisationFacts extends Pick<PaperFacts, 'office' | 'copy' | 'reprint' | 'now'> {
  parties: Parties & { handler: Extract<Handler, { kind: 'proxy' }> };
  item: Item;
  /** Codes of the materials handed to the agent; for a draft those that were ticked so far. */
  materials: { code: string; kind: Item['materials'][number]['kind']; copies: number }[];
  /** null: to be signed on this paper. */
  signature: Signature | null;
  /** Cannot write: a place for a fingerprint and a witness. */
  illiterate: boolean;
  /** null before receipt. */
  receiptNumber: string | null;
}

const ACT_WORDS: Record<AuthorisedAct, string> = {
  填表: '代填申请表',
  交件: '代交材料',
  领取: '代领结果',
  签收补正: '代签收补正通知',
};
const AGENT = '村（社区）代办员';

/** null where the applicant acts in person. */
export function authorisationPaper(facts: PaperFacts): Paper | null {
  const { state, item } = facts;
  const { applicant, handler, receiptNumber } = state;
  if (handler.kind !== 'proxy') return null;
  const materials = Object.values(state.materials).filter(({ status }) => status === 'received');
  const signature = handler.authorisation;
  const illiterate = signature.kind === 'fingerprint';
  return authorisationOf({
    ...facts,
    parties: { applicant, handler },
    item,
    materials,
    signature,
    illiterate,
    receiptNumber,
  });
}

export function authorisationOf(facts: AuthorisationFacts): Paper {
  const { parties, item, office, copy, receiptNumber, signature, illiterate } = facts;
  const number = receiptNumber === null ? '收件时填写' : formatReceiptNumber(receiptNumber);
  const blank: Signature = {
    kind: 'fingerprint',
    by: signerOf(parties.applicant),
    witness: { kind: 'paper', by: '' },
  };
  const blocks: Block[] = [
    {
      is: 'facts',
      facts: [
        ...clients(parties, copy),
        ...proxyFacts(facts),
        { name: '委托事项', value: item.name },
        { name: '实施编码', value: item.taskCode },
      ],
    },
    {
      is: 'choices',
      name: '委托权限',
      options: AUTHORISED_ACTS.map((act) => ({
        text: ACT_WORDS[act],
        on: parties.handler.acts.includes(act),
      })),
    },
    ...termsOf(facts),
    ...(illiterate
      ? [
          {
            is: 'text' as const,
            text: '委托人不会写字。以上内容已经由见证人当面念给委托人听，委托人表示清楚并同意，按指印为凭。',
          },
        ]
      : []),
    {
      is: 'sign',
      lines: [
        {
          ...applicantLine(parties.applicant, signature ?? (illiterate ? blank : null)),
          role: clientRole(parties),
        },
        { role: '受托人', signature: null },
      ],
    },
  ];
  return sheet(facts, {
    kind: 'authorisation',
    issuer: receiverOf(office),
    title: '代办委托书',
    number: { name: '凭证号', value: number },
    qr: null,
    blocks,
  });
}

function clients(parties: Parties, copy: Copy): PaperFact[] {
  return partyFacts({ ...parties, handler: { kind: 'self' } }, copy).map((fact) =>
    fact.name === '申请人' ? { ...fact, name: '委托人' } : fact,
  );
}

function clientRole({ applicant: { guardian, representative } }: Parties): string {
  if (guardian) return '委托人（监护人代签）';
  return representative ? '委托人（法定代表人）' : '委托人';
}

function proxyFacts({ parties: { handler }, office, copy }: AuthorisationFacts): PaperFact[] {
  const official = handler.relation === AGENT;
  return [
    { name: '受托人', value: `${orBlank(handler.name)}（${orBlank(handler.relation)}）` },
    ...(official ? [{ name: '站点和工号', value: `${receiverOf(office)}\u3000工号 ${BLANK}` }] : []),
    { name: '受托人证件', value: documentOf(copy, handler) },
    { name: '受托人电话', value: orBlank(handler.phone) },
  ];
}

/** Materials that go into one line; more get a list of their own. */
const FEW = 5;

const handedOver = ({ item, materials }: AuthorisationFacts): string[][] =>
  materials.flatMap(({ code, kind, copies }) => {
    const material = item.materials.find((one) => one.code === code);
    return material && copies > 0 ? [[material.name, kind, String(copies)]] : [];
  });

function termsOf(facts: AuthorisationFacts): Block[] {
  const handed = handedOver(facts);
  const named = handed.map(([name, kind, copies]) => `${name}（${kind} ${copies} 份）`).join('、');
  const told = handed.length === 0 ? '收件时写在收件凭证上' : handed.length > FEW ? '见下表' : named;
  const lines = [
    '委托期限：自签字之日起，到本件办结、终止或者撤回为止。委托人可以随时书面收回委托（民法典第一百七十三条）。',
    '受托人只能办上面打钩的事，不得转托他人（民法典第一百六十九条）；领到的结果和退还的原件应当及时交给委托人。',
    `交给受托人的材料：${told}。`,
    '代办是自愿的，不收任何费用。依法要交的规费由委托人凭正式票据自己交；受托人不经手现金、存折和银行卡。',
    '委托人保证材料真实，同意受托人为办理本件查看、填写、提交和保存姓名、证件号码、电话、住址和材料里的敏感个人信息，不作他用；可以随时撤回同意。',
  ];
  const columns: Column[] = [
    { name: '材料' },
    { name: '形式', narrow: true },
    { name: '份数', narrow: true },
  ];
  return [
    { is: 'list', lines },
    ...(handed.length > FEW
      ? [{ is: 'table' as const, caption: '交给受托人的材料', columns, rows: handed }]
      : []),
  ];
}
