/** What every answer of the page says to browsers. */
export const pageHeaders: Readonly<Record<string, string>> = {
  // Nothing from elsewhere, nothing inline, in nobody's frame.
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  vary: 'accept, authorization, cookie',
};
