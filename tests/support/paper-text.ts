/** A paper as plain lines, for golden files that people read: everything that is printed, nothing about how it looks. */
import type { Signature } from '#lib/domain/commands.ts';
import type { Block, Paper, SignLine } from '#lib/domain/papers/paper.ts';

export function paperText(paper: Paper): string {
  const { issuer, title, subtitle, number, copy, qr, blocks, phones, printedAt } = paper;
  return [
    `${copy || '（一份）'}${paper.reprint ? ' [补打]' : ''}${paper.practice ? ' [练习，无效]' : ''}｜${number.name} ${number.value}`,
    `${issuer}${paper.station ? '（站点标识）' : ''}`,
    `== ${title}${subtitle ?? ''} ==`,
    `二维码 ${qr ?? '无'}`,
    ...blocks.flatMap(blockLines),
    '--',
    `${phones.map((phone) => `${phone.name} ${phone.number}`).join('\u3000')}｜打印 ${printedAt}${paper.masked ? '·部分信息已遮盖' : ''}`,
    '',
  ].join('\n');
}

function blockLines(block: Block): string[] {
  switch (block.is) {
    case 'to':
      return [`${block.name}：`];
    case 'text':
      return [`\u3000\u3000${block.text}`];
    case 'facts':
      return block.facts.map(({ name, value, short, big }) => {
        const roll = short === undefined ? '' : `（小票：${short}）`;
        return `${name}：${big ? `【${value}】` : value}${roll}`;
      });
    case 'heading':
      return [`# ${block.text}`];
    case 'table':
      return [
        `# ${block.caption}`,
        `| ${block.columns.map(({ name }) => name).join(' | ')} |`,
        ...block.rows.map((row) => (typeof row === 'string' ? `|= ${row}` : `| ${row.join(' | ')} |`)),
      ];
    case 'list':
      return block.lines.map((line, at) => `${at + 1}. ${line}`);
    case 'choices':
      return [
        `${block.name}：${block.options.map(({ text, on }) => `[${on ? '√' : ' '}]${text}`).join(' ')}`,
      ];
    case 'warning':
      return [`！${block.text}${block.short ? `（小票：${block.short}）` : ''}`];
    case 'notes':
      return block.lines.map((line) => `* ${line}`);
    case 'seal':
      return [`（印章）${block.by}\u3000${block.on ?? '____'}${block.note ? `\n* ${block.note}` : ''}`];
    case 'sign':
      return block.lines.map(signText);
    case 'tear':
      return [`✂ ${block.text}（小票：${block.short}）`];
  }
}

const signText = ({ role, signature, seal, on }: SignLine): string =>
  `签：${role}${seal ? '（盖章）' : ''} ${handText(signature)} ${on ?? '____年__月__日'}`;

function handText(signature: Signature | null): string {
  if (signature === null) return '______';
  if (signature.kind === 'fingerprint') return `[指印 ${signature.by}] 见证人 ${handText(signature.witness)}`;
  return signature.kind === 'drawn' ? `〈${signature.by} 的笔迹〉` : `______（${signature.by}）`;
}
