/**
 * The only way to let a recorded case of the reference differ: `folder/case` → why the reference is wrong there.
 * A case that is listed here and agrees fails its suite, so the table cannot go stale.
 */
export const knownDifferences: Readonly<Record<string, string>> = {
  'rule-file/misc-005':
    'Empty interval and for are written as "", which Prometheus refuses ("empty duration string", promtool check rules), and with them its whole configuration; they mean "unset" and are left out',
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
  'selection-scrapeConfig/select-scrape-configs-029':
    'The label was a byte that is no UTF-8; recorded as JSON it has become U+FFFD, which is valid text',
};
