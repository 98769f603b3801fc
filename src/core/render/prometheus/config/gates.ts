import type { Version } from '../../../../base/version.ts';

/** From which version on a field may be written, and from which on no longer; or that it may not, whatever the version. */
export interface Gate {
  readonly since?: string;
  readonly below?: string;
  readonly never?: true;
}

/** Fields that not every Prometheus 2 and 3 knows (docs/reference/rendering.md 7.3). What is not here may always be written. */
export const gates = {
  // Scrape jobs.
  honor_timestamps: { since: '2.9.0' },
  track_timestamps_staleness: { since: '2.48.0' },
  follow_redirects: { since: '2.26.0' },
  enable_http2: { since: '2.35.0' },
  enable_compression: { since: '2.49.0' },
  target_limit: { since: '2.21.0' },
  label_limit: { since: '2.27.0' },
  label_name_length_limit: { since: '2.27.0' },
  label_value_length_limit: { since: '2.27.0' },
  keep_dropped_targets: { since: '2.47.0' },
  body_size_limit: { since: '2.28.0' },
  scrape_native_histograms: { since: '3.8.0' },
  native_histogram_bucket_limit: { since: '2.45.0' },
  native_histogram_min_bucket_factor: { since: '2.50.0' },
  scrape_classic_histograms: { since: '2.45.0' },
  convert_classic_histograms_to_nhcb: { since: '3.0.0' },
  scrape_protocols: { since: '2.49.0' },
  'PrometheusText1.0.0': { since: '3.0.0-rc.0' },
  fallback_scrape_protocol: { since: '3.0.0' },
  metric_name_validation_scheme: { since: '3.0.0' },
  metric_name_escaping_scheme: { since: '3.4.0' },
  // Blocks of HTTP clients.
  authorization: { since: '2.26.0' },
  oauth2: { since: '2.27.0' },
  'oauth2.tls_config': { since: '2.43.0' },
  'oauth2.proxy': { since: '2.43.0' },
  no_proxy: { since: '2.43.0' },
  proxy_from_environment: { since: '2.43.0' },
  proxy_connect_header: { since: '2.43.0' },
  'tls_config.min_version': { since: '2.35.0' },
  'tls_config.max_version': { since: '2.41.0' },
  sigv4: { since: '2.26.0' },
  'sigv4.external_id': { since: '3.11.0' },
  'sigv4.use_fips_sts_endpoint': { since: '2.54.0' },
  // Kubernetes service discovery.
  'role: endpointslice': { since: '2.21.0' },
  'attach_metadata of pods': { since: '2.35.0' },
  'attach_metadata of endpoints': { since: '2.37.0' },
  'kubernetes_sd_configs.selectors': { since: '2.17.0' },
  // Other service discovery.
  http_sd_configs: { since: '2.28.0' },
  'dns_sd_configs.type: NS': { since: '2.49.0' },
  'dns_sd_configs.type: MX': { since: '2.38.0' },
  'ec2_sd_configs.filters': { since: '2.3.0' },
  'ec2_sd_configs.http': { since: '2.41.0' },
  'docker_sd_configs.match_first_network': { since: '2.54.1' },
  'hetzner_sd_configs.label_selector': { since: '3.5.0' },
  // Global.
  'global limits': { since: '2.45.0' },
  'global.keep_dropped_targets': { since: '2.47.0' },
  scrape_failure_log_file: { since: '2.55.0' },
  'global.convert_classic_histograms_to_nhcb': { since: '3.4.0' },
  'global.always_scrape_classic_histograms': { since: '3.5.0' },
  rule_query_offset: { since: '2.53.0' },
  query_log_file: { since: '2.16.0' },
  runtime: { since: '2.53.0' },
  // Storage.
  storage: { since: '2.29.0' },
  out_of_order_time_window: { since: '2.39.0' },
  'out_of_order_time_window of an agent': { since: '2.54.0' },
  stale_series_compaction_threshold: { since: '3.10.0' },
  chunk_encoding: { since: '3.13.0' },
  'storage.tsdb.retention': { since: '3.11.0' },
  'storage.tsdb.retention.percentage': { since: '3.11.0' },
  // Alerting.
  'alertmanagers.basic_auth': { since: '2.26.0' },
  'alertmanagers.sigv4': { since: '2.48.0' },
  'alertmanagers.api_version': { since: '2.11.0' },
  'alertmanagers.api_version: v1': { below: '3.0.0-0' },
  'alertmanagers.alert_relabel_configs': { since: '2.51.0' },
  // Remote write and read.
  'remote_write.headers': { since: '2.15.0' },
  'remote_write.name': { since: '2.15.0' },
  protobuf_message: { since: '2.54.0' },
  send_exemplars: { since: '2.27.0' },
  send_native_histograms: { since: '2.40.0' },
  metadata_config: { since: '2.23.0' },
  'metadata_config.max_samples_per_send': { since: '2.29.0' },
  round_robin_dns: { since: '3.1.0' },
  'queue_config.min_shards': { since: '2.6.0' },
  'queue_config.max_retries': { below: '2.11.0' },
  'queue_config.retry_on_http_429': { since: '2.26.0' },
  'queue_config.sample_age_limit': { since: '2.50.0' },
  azuread: { since: '2.45.0' },
  'azuread.oauth': { since: '2.48.0' },
  'azuread.sdk': { since: '2.52.0' },
  'azuread.workload_identity': { since: '3.7.0' },
  'azuread.scope': { since: '3.9.0' },
  'remote_read.headers': { since: '2.26.0' },
  'remote_read.name': { since: '2.15.0' },
  filter_external_labels: { since: '2.34.0' },
  // OTLP.
  promote_resource_attributes: { since: '2.55.0' },
  translation_strategy: { since: '3.0.0' },
  keep_identifying_resource_attributes: { since: '3.1.0' },
  convert_histograms_to_nhcb: { since: '3.4.0' },
  promote_all_resource_attributes: { since: '3.5.0' },
  ignore_resource_attributes: { since: '3.5.0' },
  promote_scope_metadata: { since: '3.6.0' },
  label_name_underscore_sanitization: { since: '3.8.0' },
  label_name_preserve_multiple_underscores: { since: '3.8.0' },
} as const satisfies Record<string, Gate>;

export type GateName = keyof typeof gates;

export function isOpen(gate: Gate, version: Version): boolean {
  return (
    gate.never !== true &&
    (gate.since === undefined || version.isAtLeast(gate.since)) &&
    (gate.below === undefined || version.isBelow(gate.below))
  );
}

/** Which fields the versions of a program know; those that are not named all of them know. */
export interface KnownFields {
  readonly program: string;
  readonly gates: Readonly<Partial<Record<GateName, Gate>>>;
}

/** What one version of Prometheus, or of a program with the same words, knows. Each gate is looked at once. */
export class Gates {
  readonly version: Version;
  readonly #known: KnownFields;
  readonly #open = new Map<GateName, boolean>();

  constructor(version: Version, known: KnownFields = { program: 'Prometheus', gates }) {
    this.version = version;
    this.#known = known;
  }

  isOpen(name: GateName): boolean {
    let open = this.#open.get(name);
    if (open === undefined) {
      open = isOpen(this.#gateOf(name), this.version);
      this.#open.set(name, open);
    }
    return open;
  }

  #gateOf(name: GateName): Gate {
    return this.#known.gates[name] ?? {};
  }

  /** Why a field was left out, for people. */
  explainClosed(name: GateName): string {
    const { since, below = '', never } = this.#gateOf(name);
    const { program } = this.#known;
    if (never === true) return `Left out "${name}": no version of ${program} has it`;
    const want =
      since === undefined ? `is gone since ${program} ${below.replace(/-0$/, '')}` : `needs ${program} ${since}`;
    return `Left out "${name}": it ${want}, this is ${this.version.toString()}`;
  }
}
