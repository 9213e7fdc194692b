/** Why an act could not be taken back, in three lines. */
import { failureWords, type Failure } from '#lib/client/state/failures.ts';
import type { undo } from '#lib/client/state/undo.svelte.ts';

type Why = NonNullable<(typeof undo)['failed']>;

export function undoFailure(why: Why): Failure {
  switch (why) {
    case 'sent':
      return {
        what: '没有撤销',
        why: '已经送出，不能撤销',
        remedy: '要改的，打开那件看现在能办什么；办错了的，和负责人商量',
      };
    case 'followed':
      return {
        what: '没有撤销',
        why: '后面又办了一步，只能从最后一步撤起',
        remedy: '先撤销后面那一步；它已经送出的，就不能再撤',
      };
    case 'gone':
      return { what: '没有撤销', why: '这一步已经撤销过了', remedy: '不用再撤' };
    default:
      return failureWords(why);
  }
}
