/**
 * The only way to let a recorded case of the reference differ: `folder/case` → why the reference is wrong there.
 * A case that is listed here and agrees fails its suite, so the table cannot go stale.
 */
export const knownDifferences: Readonly<Record<string, string>> = {
  'rule-file/misc-005':
    'Empty interval and for are written as "", which Prometheus refuses ("empty duration string", promtool check rules), and with them its whole configuration; they mean "unset" and are left out',
  'alertmanager-sanitize/sanitize-config-032':
    'Keeps message_thread_id for Alertmanager 0.26, which has none and refuses the whole configuration: it came with 0.28.0 (CHANGELOG of Alertmanager, #3638)',
  'alertmanager-sanitize/sanitize-pushover-receiver-config-006':
    'Writes "monospace: false" for Alertmanager 0.28, which has no such key and refuses the whole configuration: it came with 0.29.0 (CHANGELOG of Alertmanager, #4362)',
  'populate-labels/populate-labels-002':
    'The input was a byte that is no UTF-8; recorded as JSON it has become U+FFFD, which is valid text. Lone surrogates, which is what JavaScript has for such bytes, are refused (test/unit/core/targets)',
  'prometheus-config/scrape-config-spec-config-034':
    'Made with an option of the Go library that writes certificates into the file; the operator has no way to set it',
  'selection-scrapeConfig/select-scrape-configs-013':
    'Accepted, although Prometheus refuses the whole configuration: authorization for Kubernetes without api_server (reference-faults 10)',
  'selection-scrapeConfig/select-scrape-configs-041':
    'Accepted, although Prometheus refuses the whole configuration: tls_config for Kubernetes without api_server (reference-faults 10)',
  'selection-scrapeConfig/select-scrape-configs-087':
    'Accepted, although Prometheus refuses the whole configuration: proxy_url for Kubernetes without api_server (reference-faults 10)',
  'selection-scrapeConfig/select-scrape-configs-006':
    'Accepted, although Prometheus refuses the whole configuration: an access key that is none in scalewaySDConfigs',
  'selection-scrapeConfig/select-scrape-configs-009':
    'Accepted, although Prometheus refuses the whole configuration: no server in eurekaSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-023':
    'Accepted, although Prometheus refuses the whole configuration: no query in puppetDBSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-038':
    'Accepted, although Prometheus refuses the whole configuration: no subscription in azureSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-044':
    'Accepted, although Prometheus refuses the whole configuration: no datacenter in ionosSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-059':
    'Accepted, although Prometheus refuses the whole configuration: no server in eurekaSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-072':
    'Accepted without `staticConfigs[0].targets`, which the CRD requires: the API server takes no such object',
  'selection-scrapeConfig/select-scrape-configs-082':
    'Accepted, although Prometheus refuses the whole configuration: no host in dockerSwarmSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-094':
    'Accepted, although Prometheus refuses the whole configuration: no datacenter in ionosSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-099':
    'Accepted, although Prometheus refuses the whole configuration: no subscription in azureSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-100':
    'Accepted, although Prometheus refuses the whole configuration: no role in kubernetesSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-106':
    'Accepted, although Prometheus refuses the whole configuration: no subscription in azureSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-111':
    'Accepted, although Prometheus refuses the whole configuration: no subscription in azureSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-129':
    'Accepted, although Prometheus refuses the whole configuration: no subscription in azureSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-146':
    'Accepted, although Prometheus refuses the whole configuration: no role in kubernetesSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-148':
    'Accepted, although Prometheus refuses the whole configuration: no host in dockerSwarmSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-149':
    'Accepted, although Prometheus refuses the whole configuration: no query in puppetDBSDConfigs',
  'selection-scrapeConfig/select-scrape-configs-153':
    'Accepted without `staticConfigs[0].targets`, which the CRD requires: the API server takes no such object',
  'prometheus-statefulset/thanos-delayed-compaction-004':
    'Compaction is delayed with Thanos 0.41, whose sidecar ends again and again then; 0.94 of the reference asks for 0.42 (docs/reference/versions.md)',
};
