/** Rows of the table of flags about the page: name, kind, default, meaning. */
export const pageFlags: readonly (readonly [
  name: string,
  kind: 'string' | 'bool',
  fallback: string,
  description: string,
])[] = [
  [
    'page.listen-address',
    'string',
    '',
    'address of the page (docs/page.md), such as 127.0.0.1:9080; without a host it is a loopback address, where whoever reaches it sees everything; on any other one callers are asked for a token; off when empty',
  ],
  [
    'page.enable-tls',
    'bool',
    'false',
    'serve the page with TLS: certificate and settings are those of --web.cert-file and the flags beside it',
  ],
  ['page.cert-file', 'string', '', 'certificate of the page, PEM; that of --web.cert-file when empty'],
  ['page.key-file', 'string', '', 'key of the certificate of the page, PEM; that of --web.key-file when empty'],
  [
    'page.client-ca-file',
    'string',
    '',
    'CA whose certificates callers of the page may show in the place of a token: that of the clients of the API server; with --page.enable-tls',
  ],
];
