import type { KnownFields } from '../prometheus/config/gates.ts';

/**
 * Fields of remote write that not every Thanos knows; all others are written whatever the version
 * (docs/reference/rendering.md 6.5). Each is left out where it is not known, also those that the reference only warns of. Workload
 * identity and scope came with the code of Prometheus that Thanos is built with: 3.8 in 0.41.0, 3.9 in 0.42.0 (its go.mod).
 */
export const thanosRemoteWriteFields: KnownFields = {
  program: 'Thanos',
  gates: {
    'azuread.scope': { since: '0.42.0' },
    'azuread.workload_identity': { since: '0.41.0' },
    'sigv4.external_id': { never: true },
    round_robin_dns: { since: '0.38.0' },
    protobuf_message: { since: '0.37.0' },
    'azuread.sdk': { since: '0.36.0' },
    'queue_config.sample_age_limit': { since: '0.32.0' },
    no_proxy: { since: '0.32.0' },
    proxy_from_environment: { since: '0.32.0' },
    proxy_connect_header: { since: '0.32.0' },
    azuread: { since: '0.31.0' },
    'azuread.oauth': { since: '0.31.0' },
    send_native_histograms: { since: '0.30.0' },
    'tls_config.max_version': { since: '0.30.0' },
    'tls_config.min_version': { since: '0.28.0' },
  },
};
