/** Opaque random tokens in cookies: the office keeps only their SHA-256, so its database opens no session. */
import { createHash, randomBytes } from 'node:crypto';

export const newToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** Of a device: 128 bits, since the cookie goes up a poor line with every request, and ends after a few hours. */
export const newDeviceToken = (): string => newToken(16);

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

const isSecure = (request: Request): boolean => new URL(request.url).protocol === 'https:';
/** `__Host-`: the browser itself binds it to this host and https; plain http exists on localhost and in tests. */
export const tokenName = (request: Request, base: 'device' | 'admin'): string =>
  isSecure(request) ? `__Host-jinban-${base}` : `jinban-${base}`;

export function tokenOf(request: Request, base: 'device' | 'admin'): string | null {
  const name = tokenName(request, base);
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** Value of a Set-Cookie header. */
export function tokenCookie(
  request: Request,
  base: 'device' | 'admin',
  token: string,
  maxAgeSeconds: number,
): string {
  const secure = isSecure(request) ? '; Secure' : '';
  return `${tokenName(request, base)}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}
