/** Proof Key for Code Exchange, method S256 (https://datatracker.ietf.org/doc/html/rfc7636#section-4). */

/** Base64 for addresses, without padding (RFC 4648, section 5). */
export function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** `length` random bytes as base64url: 43 characters for 32. */
export function randomText(length: number): string {
  return base64url(crypto.getRandomValues(new Uint8Array(length)));
}

/** The challenge for `verifier`. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}
