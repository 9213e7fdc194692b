/** Words for what the office answered to enrolling or signing in; every one has a way out. */
import { ERROR_TEXTS } from '#lib/protocol/error-texts.ts';
import type { OfficeFailure } from '#lib/client/state/session.svelte.ts';
import { failureWords } from '#lib/client/state/failures.ts';

export function officeWords(failure: OfficeFailure): string {
  switch (failure.is) {
    case 'offline':
      return '连不上县里。请检查网线或信号，再试一次';
    case 'busy': {
      const seconds = Math.ceil((failure.afterMs ?? 0) / 1000);
      return seconds > 0 ? `试得太快或县里正忙，请等 ${seconds} 秒再试` : '县里正忙，请稍等再试';
    }
    case 'refused':
      return ERROR_TEXTS[failure.error];
    case 'writeFailed': {
      const { what, remedy } = failureWords(failure.why);
      return `${what}。${remedy}`;
    }
  }
}
