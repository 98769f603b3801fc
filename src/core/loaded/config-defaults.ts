/**
 * What Prometheus prints of keys that nobody wrote (2.24 to 3.15: its own answers, github.com/prometheus/prometheus and common/config). A key
 * that stands in no list here may come with a later version: nobody can say what it is without being written.
 */

/** What holds of a key that is absent, by key: several where versions differ. */
const defaults: Readonly<Record<string, readonly string[]>> = {
  scrape_interval: ['1m'],
  scrape_timeout: ['10s'],
  evaluation_interval: ['1m'],
  honor_timestamps: ['true'],
  metrics_path: ['/metrics'],
  scheme: ['http'],
  follow_redirects: ['true'],
  enable_http2: ['true'],
  enable_compression: ['true'],
  separator: [';'],
  regex: ['(.*)'],
  replacement: ['$1'],
  action: ['replace'],
  type: ['Bearer', 'SRV'],
  role: ['droplets', 'droplet'],
  timeout: ['10s'],
  api_version: ['v2', 'v1'],
  path_prefix: ['/'],
  gogc: ['75', '100'],
  metric_name_validation_scheme: ['utf8', 'legacy'],
  metric_name_escaping_scheme: ['allow-utf-8', 'underscores'],
  convert_classic_histograms_to_nhcb: ['false'],
  client_type: ['grpc'],
  remote_timeout: ['30s', '1m'],
  protobuf_message: ['prometheus.WriteRequest'],
  capacity: ['10000', '2500', '500'],
  max_shards: ['50', '200', '1000'],
  min_shards: ['1'],
  max_samples_per_send: ['2000', '500', '100'],
  batch_send_deadline: ['5s'],
  min_backoff: ['30ms'],
  max_backoff: ['5s', '100ms'],
  send: ['true'],
  send_interval: ['1m'],
  chunked_read_limit: ['50000000', '52428800'],
  filter_external_labels: ['true'],
  translation_strategy: ['UnderscoreEscapingWithSuffixes'],
  label_name_underscore_sanitization: ['true'],
  label_name_preserve_multiple_underscores: ['true'],
};

/** In these sections a key has another default in some versions. */
const defaultsInside: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  remote_write: { enable_http2: ['true', 'false'] },
};

const protocols = [
  'OpenMetricsText1.0.0 OpenMetricsText0.0.1 PrometheusText0.0.4',
  'OpenMetricsText1.0.0 OpenMetricsText0.0.1 PrometheusText1.0.0 PrometheusText0.0.4',
  'PrometheusProto OpenMetricsText1.0.0 OpenMetricsText0.0.1 PrometheusText0.0.4',
  'PrometheusProto OpenMetricsText1.0.0 OpenMetricsText0.0.1 PrometheusText1.0.0 PrometheusText0.0.4',
];

/** Keys that mean nothing when they are absent: who finds one that nobody wrote has found another configuration. */
const zeroKeys: ReadonlySet<string> = new Set(
  `ca cert key ca_file cert_file key_file ca_ref cert_ref key_ref server_name insecure_skip_verify min_version max_version proxy_url no_proxy
  proxy_from_environment proxy_connect_header client_id client_secret client_secret_file client_secret_ref token_url
  endpoint_params scopes claims tls_config username username_file username_ref password password_file password_ref credentials
  credentials_file credentials_ref basic_auth authorization oauth2 http_headers job_name honor_labels track_timestamps_staleness
  fallback_scrape_protocol params scrape_classic_histograms always_scrape_classic_histograms native_histogram_bucket_limit
  native_histogram_min_bucket_factor body_size_limit sample_limit target_limit label_limit label_name_length_limit
  label_value_length_limit keep_dropped_targets scrape_failure_log_file relabel_configs metric_relabel_configs source_labels
  target_label modulus label field own_namespace names namespaces selectors attach_metadata api_server kubeconfig_file
  static_configs targets labels kubernetes_sd_configs dns_sd_configs file_sd_configs http_sd_configs consul_sd_configs ec2_sd_configs
  azure_sd_configs gce_sd_configs openstack_sd_configs digitalocean_sd_configs kuma_sd_configs eureka_sd_configs docker_sd_configs
  dockerswarm_sd_configs linode_sd_configs hetzner_sd_configs nomad_sd_configs puppetdb_sd_configs lightsail_sd_configs
  ovhcloud_sd_configs scaleway_sd_configs ionos_sd_configs external_labels query_log_file rule_query_offset rule_files
  scrape_config_files scrape_configs remote_write remote_read write_relabel_configs name send_exemplars send_native_histograms
  round_robin_dns headers required_matchers read_recent sigv4 azuread google_iam sample_age_limit max_retries
  out_of_order_time_window max_exemplars endpoint sampling_fraction insecure compression promote_resource_attributes
  ignore_resource_attributes promote_all_resource_attributes keep_identifying_resource_attributes convert_histograms_to_nhcb
  promote_scope_metadata alertmanagers alert_relabel_configs url project subscription_id access_key secret_key profile
  role_arn external_id use_fips_sts_endpoint retry_on_http_429 node deployment job cronjob managed_identity workload_identity
  sdk oauth tenant_id files global runtime storage alerting tracing otlp queue_config metadata_config tsdb exemplars`.split(
    /\s+/,
  ),
);

/** What may stand for a key that nobody wrote; "unknown" where this version of the operator cannot say. */
export function defaultsOf(key: string, section: string): readonly string[] | 'unknown' {
  const found = defaultsInside[section]?.[key] ?? defaults[key];
  if (found !== undefined) return found;
  if (key === 'scrape_protocols') return protocols;
  return zeroKeys.has(key) ? [] : 'unknown';
}

/** Keys of jobs that `global` speaks for. */
export const inheritedKeys: ReadonlySet<string> = new Set(
  `scrape_interval scrape_timeout scrape_protocols body_size_limit sample_limit target_limit label_limit label_name_length_limit
  label_value_length_limit keep_dropped_targets scrape_failure_log_file metric_name_validation_scheme metric_name_escaping_scheme
  scrape_native_histograms convert_classic_histograms_to_nhcb always_scrape_classic_histograms extra_scrape_metrics`.split(
    /\s+/,
  ),
);
