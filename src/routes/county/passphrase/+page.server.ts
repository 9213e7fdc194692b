/** 设口令: with the one-time code that the county's administrator gave. Nobody is signed in here. */
import { fail } from '@sveltejs/kit';
import { usePassphraseCode } from '#lib/server/auth/passphrase-code.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

/** More is no code; it comes back into its field, so that nobody types it twice. */
const LONGEST_CODE = 40;

export const load: PageServerLoad = ({ setHeaders }) => setHeaders({ 'cache-control': 'no-store' });

export const actions: Actions = {
  default: async ({ request, getClientAddress }) => {
    const said = await request.formData();
    const code = textOf(said, 'code').slice(0, LONGEST_CODE);
    const passphrase = textOf(said, 'passphrase');
    if (passphrase !== textOf(said, 'again'))
      return fail(400, { why: '两次输的口令不一样，请再输一遍', code, done: null });
    const set = await usePassphraseCode(theOffice(), {
      code,
      passphrase,
      ip: getClientAddress(),
    });
    switch (set.is) {
      case 'set':
        return { why: null, code: '', done: set.name };
      case 'badCode':
        return fail(403, { why: '口令码不对、用过了或者过时了，请县管理员再开一个', code, done: null });
      case 'short':
        return fail(400, { why: '口令至少 10 个字，可以是一句话', code, done: null });
      case 'long':
        return fail(400, { why: '口令太长，最多 200 个字', code, done: null });
      case 'wait':
        return fail(429, {
          why: `错的次数太多，请等 ${Math.ceil(set.seconds / 60)} 分钟再试`,
          code,
          done: null,
        });
    }
  },
};
