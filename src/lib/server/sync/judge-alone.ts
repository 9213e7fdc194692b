/** Judges one command and writes what it changed: where nothing else is judged with it. Belongs under a savepoint. */
import { gatherBasis } from './basis.ts';
import type { RawCommand } from './command-text.ts';
import { judge, type Judgement, type Sender } from './judge.ts';
import type { Judging } from './judging.ts';

/** The feed numbers of what it wrote follow when the docket is closed. `waiting`: casebook.ts. */
export async function judgeAlone(
  judging: Judging,
  sender: Sender,
  command: RawCommand,
): Promise<Judgement & { waiting: string[] }> {
  const basis = await gatherBasis(judging, sender, [command]);
  const judgement = judge(basis, sender, command);
  await basis.casebook.numberCases(judging.trx);
  await basis.casebook.write(judging.trx, new Map());
  return { ...judgement, waiting: basis.casebook.waiting() };
}
