/** What is wrong in a job, and a part of Prometheus' message (docs/reference/discovery.md 2.2, 4.2, 6.5). */
export const refusedJobs: Readonly<Record<string, string>> = {
  'scrape_protocols: [Nope]': 'unknown scrape protocol Nope',
  'scrape_protocols: [PrometheusProto, PrometheusProto]': 'duplicated protocol in scrape_protocols',
  'scrape_protocols: []': 'scrape_protocols cannot be empty',
  'fallback_scrape_protocol: Nope': 'invalid fallback_scrape_protocol for scrape config with job name "j"',
  'body_size_limit: 100': 'units: unknown unit',
  'metric_name_escaping_scheme: nope':
    "unknown scrape config name escaping method specified, must be one of 'allow-utf-8', 'underscores', 'dots', or 'values', got \"nope\"",
  'metric_name_validation_scheme: legacy\nmetric_name_escaping_scheme: allow-utf-8':
    'utf8 metric names requested but validation scheme is not set to UTF8',
  'sample_limit: -1': 'cannot unmarshal',
  'label_limit: many': 'cannot unmarshal',
  'honor_labels: maybe': 'cannot unmarshal',
  'params: [a]': 'cannot unmarshal',
  'native_histogram_min_bucket_factor: x': 'cannot unmarshal',
  'http_sd_configs: [{}]': 'URL is missing',
  'http_sd_configs: [{url: "ftp://x"}]': "URL scheme must be 'http' or 'https'",
  'http_sd_configs: [{url: "http://"}]': 'host is missing in URL',
  'file_sd_configs: [{}]': 'file service discovery config must contain at least one path name',
  'file_sd_configs: [{files: [a.txt]}]': 'path name "a.txt" is not valid for file discovery',
  'basic_auth: {username: u, username_file: f}':
    'at most one of basic_auth username, username_file & username_ref must be configured',
  'basic_auth: {username: u, password: p, password_file: f}':
    'at most one of basic_auth password, password_file & password_ref must be configured',
  'authorization: {credentials: c, credentials_file: f}':
    'at most one of authorization credentials & credentials_file must be configured',
  'authorization: {type: Basic}': 'authorization type cannot be set to "basic", use "basic_auth" instead',
  'oauth2: {}': 'oauth2 client_id must be configured',
  'oauth2: {client_id: a}': 'oauth2 token_url must be configured',
  'oauth2: {client_id: a, client_secret: b}': 'oauth2 token_url must be configured',
  'no_proxy: x': 'if no_proxy is configured, proxy_url must also be configured',
  'proxy_url: "http://p"\nproxy_from_environment: true':
    'if proxy_from_environment is configured, proxy_url must not be configured',
  'tls_config: {ca: a, ca_file: b}': 'at most one of ca, ca_file & ca_ref must be configured',
  'tls_config: {cert_file: b}':
    'exactly one of key or key_file must be configured when a client certificate is configured',
  'tls_config: {nope: b}': 'field nope not found',
  'http_headers: {Authorization: {values: [a]}}': 'setting header "Authorization" is not allowed',
  'static_configs: [{targets: [a], nope: b}]': 'field nope not found',
  'scrape_interval: 10s\nscrape_timeout: 20s': 'scrape timeout greater than scrape interval',
  'relabel_configs: [{action: keep, regex: "abc(def"}]': 'error parsing regexp',
  'relabel_configs: [{action: hashmod, source_labels: [a], target_label: b}]': 'requires non-zero modulus',
  'relabel_configs: [{action: labelkeep, regex: a, source_labels: [a]}]': "labelkeep action requires only 'regex'",
  'relabel_configs: [{action: labelkeep, regex: a, modulus: 8}]': "labelkeep action requires only 'regex'",
  'relabel_configs: [{action: labeldrop, regex: a, separator: ","}]': "labeldrop action requires only 'regex'",
  'relabel_configs: [{action: labeldrop, regex: a, replacement: x}]': "labeldrop action requires only 'regex'",
  'relabel_configs: [{action: labeldrop, regex: a, target_label: x}]': "labeldrop action requires only 'regex'",
  'relabel_configs: [{action: labeldrop, source_labels: []}]': "labeldrop action requires only 'regex'",
  'relabel_configs: [{action: dropequal, source_labels: [a]}]': "dropequal action requires 'target_label' value",
  'relabel_configs: [{action: dropequal, source_labels: [a], target_label: b, regex: (.*)}]': 'and no other fields',
  'relabel_configs: [{action: keepequal, source_labels: [a], target_label: b, regex: x}]': 'and no other fields',
  'relabel_configs: [{action: lowercase, source_labels: [a]}]': "lowercase action requires 'target_label' value",
  'relabel_configs: [{action: uppercase, source_labels: [a], target_label: b, replacement: x}]':
    "'replacement' can not be set for uppercase action",
  'relabel_configs: [{source_labels: [a]}]': "replace action requires 'target_label' value",
  'relabel_configs: [{action: }]': 'relabel action cannot be empty',
  'relabel_configs: [{action: nope}]': 'unknown relabel action "nope"',
  'relabel_configs: [{action: labelmap, replacement: ""}]': "invalid 'replacement' for labelmap",
  'relabel_configs: [{source_labels: a, target_label: b}]': 'cannot unmarshal',
  'relabel_configs: [{source_labels: [""], target_label: b}]': 'is not a valid label name',
  'relabel_configs: [{target_label: a, nope: b}]': 'field nope not found',
  'relabel_configs: [null]': 'empty or null target relabeling rule',
  'metric_relabel_configs: [~]': 'empty or null metric relabeling rule',
  'static_configs: [null]': 'empty or null section in static_configs',
  'static_configs: [{targets: ["http://bad"]}]': '"http://bad" is not a valid hostname',
  'consult_sd_configs: [{server: x}]': 'field consult_sd_configs not found',
  'honor_labels: true\nhonour_labels: true': 'field honour_labels not found',
  'metric_name_validation_scheme: invalid_scheme': 'unrecognized ValidationScheme: "invalid_scheme"',
  'bearer_token: a\nbearer_token_file: b': 'at most one of bearer_token & bearer_token_file',
  'bearer_token: a\nbasic_auth: {username: u}': 'at most one of basic_auth, oauth2, bearer_token',
  'kubernetes_sd_configs: [null]': 'empty or null section in kubernetes_sd_configs',
  'kubernetes_sd_configs: [{}]': 'role missing',
  'kubernetes_sd_configs: [{role: vacation}]': 'unknown Kubernetes SD role "vacation"',
  'kubernetes_sd_configs: [{role: pod, namespaces: {foo: [a]}}]': 'field foo not found in type kubernetes.plain',
  'kubernetes_sd_configs: [{role: pod, authorization: {credentials: x}}]': 'please provide the',
  'kubernetes_sd_configs: [{role: pod, follow_redirects: false}]': 'please provide the',
  'kubernetes_sd_configs: [{role: pod, follow_redirects: }]': 'please provide the',
  'kubernetes_sd_configs: [{role: pod, basic_auth: {}}]': 'please provide the',
  'kubernetes_sd_configs: [{role: pod, http_headers: {}}]': 'please provide the',
  'kubernetes_sd_configs: [{role: pod, proxy_url: ""}]': 'please provide the',
  'kubernetes_sd_configs: [{role: pod, api_server: "http://x", bearer_token: a, bearer_token_file: b}]':
    'at most one of bearer_token',
  'kubernetes_sd_configs: [{role: pod, api_server: "http://x", authorization: {credentials: a}, basic_auth: {username: b}}]':
    'at most one of basic_auth, oauth2 & authorization',
  'kubernetes_sd_configs: [{role: pod, api_server: "http://x", kubeconfig_file: y}]':
    "cannot use 'kubeconfig_file' and 'api_server'",
  'kubernetes_sd_configs: [{role: pod, kubeconfig_file: y, enable_http2: false}]':
    'custom HTTP client configuration together',
  'kubernetes_sd_configs: [{role: pod, api_server: "http://x", namespaces: {own_namespace: true}}]':
    "'namespaces.own_namespace'",
  'kubernetes_sd_configs: [{role: pod, kubeconfig_file: y, namespaces: {own_namespace: true}}]':
    "'namespaces.own_namespace'",
  'kubernetes_sd_configs: [{role: endpoints, selectors: [{role: node, label: a}]}]':
    'endpoints role supports only pod, service, endpoints selectors',
  'kubernetes_sd_configs: [{role: node, selectors: [{role: pod, label: a}]}]': 'node role supports only node selectors',
  'kubernetes_sd_configs: [{role: pod, selectors: [{label: a}]}]': 'pod role supports only pod, node selectors',
  'kubernetes_sd_configs: [{role: pod, selectors: [{role: pod}, {role: pod}]}]': 'duplicated selector role: pod',
  'kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, field: metadata.status-Running}]}]':
    "invalid selector: 'metadata.status-Running'; can't understand 'metadata.status-Running'",
  'kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, label: a b}]}]': 'unable to parse requirement',
};

/** The same of whole configurations. */
export const refusedConfigs: Readonly<Record<string, string>> = {
  'global: {scrape_protocols: [Nope]}': 'unknown scrape protocol Nope',
  'global: {metric_name_validation_scheme: nope}': 'unrecognized ValidationScheme: "nope"',
  'global: {metric_name_validation_scheme: legacy, metric_name_escaping_scheme: allow-utf-8}\nscrape_configs: [{job_name: a}]':
    'utf8 metric names requested but validation scheme is not set to UTF8',
  'scrape_config_files: ["scrape_configs/*/*"]': 'invalid scrape config file path "scrape_configs/*/*"',
  'global: {body_size_limit: 5}': 'units: unknown unit',
  'scrape_configs: [{job_name: ""}]': 'job_name is empty',
  'scrape_configs: [{metrics_path: x}]': 'job_name is empty',
  'scrape_configs: [{job_name: a}, {job_name: a}]': 'found multiple scrape configs with job name "a"',
  'scrape_configs: [null]': 'empty or null scrape config section',
  'global: {scrape_interval: 1s, scrape_timeout: 2s}': 'global scrape timeout greater than scrape interval',
  'global: {nonexistent_field: 1}': 'field nonexistent_field not found in type config.plain',
  'nonexistent_field: 1': 'field nonexistent_field not found in type config.plain',
  'global: {scrape_interval: 5}': 'not a valid duration string: "5"',
  '- a': 'cannot unmarshal',
};

/** Configurations that look odd and are good. */
export const acceptedConfigs: readonly string[] = [
  '',
  'global: {}',
  'global:',
  'scrape_configs:',
  'alerting: {alertmanagers: [{static_configs: [{targets: [a]}]}]}\nrule_files: [x]\nremote_write: [{url: "http://x"}]',
  'scrape_configs: [{job_name: 5, scheme: ftp, static_configs: [{}]}]',
  'scrape_configs: [{job_name: a, kubernetes_sd_configs: [{role: pod, tls_config: {}, attach_metadata: {node: on}}]}]',
  'scrape_configs: [{job_name: a, kubernetes_sd_configs: [{role: pod, bearer_token: "", no_proxy: "", basic_auth: }]}]',
  'scrape_configs: [{job_name: a, kubernetes_sd_configs: [{role: pod, api_server: , kubeconfig_file: x}]}]',
  'scrape_configs: [{job_name: a, keep_dropped_targets: 1.5, target_limit: 2.0}]',
  'scrape_configs: [{job_name: a, kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, label: "a in ()", field: ",,"}]}]}]',
  'scrape_configs: [{job_name: a, relabel_configs: [{action: keepequal, source_labels: [a], target_label: b, separator: ";"}]}]',
];

/** A configuration with one job, "j". */
export function writeJob(body: string): string {
  return `scrape_configs:\n- job_name: j\n${body.replaceAll(/^/gm, '  ')}\n`;
}
