/**
 * Script URLs under Trusted Types (CSP `require-trusted-types-for 'script'`): one named policy that lets through scripts
 * of our own origin and nothing else. Browsers without Trusted Types get the plain string.
 */
interface Policy {
  createScriptURL(url: string): string;
}
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

function ownOrigin(url: string): string {
  if (new URL(url, location.href).origin !== location.origin)
    throw new TypeError('a script of another origin');
  return url;
}

let policy: Policy | undefined;

/** @throws TypeError for a script of another origin. */
export function trustedScriptUrl(url: string): string {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  policy ??= factory?.createPolicy('jinban-url', { createScriptURL: ownOrigin }) ?? {
    createScriptURL: ownOrigin,
  };
  return policy.createScriptURL(url);
}
