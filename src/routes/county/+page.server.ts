/** 县管理员登录: a name and a passphrase over the office's own form, so it works on any browser that shows it. */
import { fail, redirect } from '@sveltejs/kit';
import { findAdmin, signInAdmin, signOutAdmin } from '#lib/server/auth/admin-session.ts';
import { tokenName } from '#lib/server/auth/tokens.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ request, setHeaders }) => {
  if (await findAdmin(theOffice(), request)) redirect(303, '/county/board');
  setHeaders({ 'cache-control': 'no-store' });
};

export const actions: Actions = {
  async signIn({ request, cookies, url, getClientAddress }) {
    const form = await request.formData();
    const login = textOf(form, 'login');
    const passphrase = textOf(form, 'passphrase');
    const empty = { login: login.trim() === '', passphrase: passphrase === '' };
    if (empty.login || empty.passphrase) return fail(400, { why: 'empty', empty, login } as const);

    const result = await signInAdmin(theOffice(), { login, passphrase, ip: getClientAddress() });
    switch (result.is) {
      case 'in':
        cookies.set(tokenName(request, 'admin'), result.token, {
          path: '/',
          httpOnly: true,
          sameSite: 'strict',
          secure: url.protocol === 'https:',
          maxAge: result.maxAgeSeconds,
        });
        redirect(303, '/county/board');
        break;
      case 'wait':
        return fail(429, { why: 'wait', minutes: Math.ceil(result.seconds / 60), login } as const);
      case 'wrong':
      case 'disabled':
        return fail(403, { why: result.is, login } as const);
    }
  },

  async signOut({ request, cookies, url }) {
    await signOutAdmin(theOffice(), request);
    cookies.delete(tokenName(request, 'admin'), { path: '/', secure: url.protocol === 'https:' });
    redirect(303, '/county');
  },
};
