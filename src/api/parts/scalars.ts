import { intOrString, oneOf, refine, text, int32 } from '../schema.ts';

/** A duration as Prometheus writes it: 30s, 1h30m, 1d. */
export const duration = refine(text, {
  hint: 'a duration such as "30s", "1h30m" or "1d"',
  pattern: '^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$',
});

/** A duration as Go writes it, in whole numbers: 120h, 1h30m, 200ms. */
export const goDuration = refine(text, {
  hint: 'a duration in hours, minutes, seconds and milliseconds such as "30s" or "1h30m"',
  pattern: '^(0|(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$',
});

/** A size in bytes: 512MB, 1.5GiB, 0. */
export const byteSize = refine(text, {
  hint: 'a size with its unit such as "512MB" or "1.5GiB"',
  pattern: '(^0|([0-9]*[.])?[0-9]+((K|M|G|T|E|P)i?)?B)$',
});

/** A decimal number as Kubernetes writes it: 1.1, "0.5", 250m. */
export const quantity = refine(intOrString, {
  hint: 'a number such as 1, "1.5", "250m" or "1Gi"',
  pattern:
    '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
});

export const httpURL = refine(text, {
  hint: 'a URL that starts with http:// or https://',
  pattern: '^(http|https)://.+$',
});
export const httpsURL = refine(text, { hint: 'a URL that starts with http:// or https://', pattern: '^https?://.+$' });
export const proxyURL = refine(text, {
  hint: 'a URL that starts with http://, https:// or socks5://',
  pattern: '^(http|https|socks5)://.+$',
});
export const portNumber = refine(int32, { minimum: 0, maximum: 65535 });

export const scheme = oneOf('http', 'https', 'HTTP', 'HTTPS');
export const tlsVersion = oneOf('TLS10', 'TLS11', 'TLS12', 'TLS13');
export const selectorMechanism = oneOf('RelabelConfig', 'RoleSelector');
export const serviceDiscoveryRole = oneOf('Endpoints', 'EndpointSlice');
export const remoteWriteMessageVersion = oneOf('V1.0', 'V2.0');
export const scrapeProtocol = oneOf(
  'PrometheusProto',
  'OpenMetricsText0.0.1',
  'OpenMetricsText1.0.0',
  'PrometheusText0.0.4',
  'PrometheusText1.0.0',
);
