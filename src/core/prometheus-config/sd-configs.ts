import type { YamlValue } from '../../base/yaml-writer.ts';
import { compareBytes } from '../../base/order.ts';
import { isValidLabelName } from '../relabel/label-names.ts';
import type { FileSdConfig, ForeignSdConfig, HttpSdConfig, PlainGroup, SdConfig } from '../targets/sd-config.ts';
import { readHttpClient } from './http-client.ts';
import { readKubernetesSdConfig } from './kubernetes-sd-config.ts';
import { Section } from './section.ts';
import { parseUrl } from './scalars.ts';
import { ConfigError, isNull } from './values.ts';

/** Mechanisms that Prometheus has had and that are not run here. */
const foreignMechanisms = [
  ...['aws', 'azure', 'consul', 'digitalocean', 'dns', 'docker', 'dockerswarm', 'ec2', 'eureka', 'gce', 'hetzner'],
  ...['ionos', 'kuma', 'lightsail', 'linode', 'marathon', 'nerve', 'nomad', 'oci', 'openstack', 'outscale', 'ovhcloud'],
  ...['puppetdb', 'scaleway', 'serverset', 'stackit', 'triton', 'uyuni', 'vultr'],
];

type Reader = (value: YamlValue) => SdConfig;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['kubernetes', readKubernetesSdConfig],
  ['file', readFileSdConfig],
  ['http', readHttpSdConfig],
  ...foreignMechanisms.map((name) => [name, (value: YamlValue) => readForeign(name, value)] as const),
]);

/**
 * The discovery of a job: mechanisms in the order of their keys, and all static groups together at the end
 * (docs/reference/discovery.md 1.1).
 */
export function readSdConfigs(section: Section): SdConfig[] {
  const configs = [...readers]
    .filter(([mechanism]) => section.has(`${mechanism}_sd_configs`))
    .sort(([a], [b]) => compareBytes(a, b))
    .flatMap(([mechanism, read]) => (section.list(`${mechanism}_sd_configs`) ?? []).map(read));
  const groups = (section.list('static_configs') ?? []).map(readStaticGroup);
  return groups.length === 0 ? configs : [...configs, { mechanism: 'static', groups }];
}

export function readStaticGroup(value: YamlValue): PlainGroup {
  if (isNull(value)) throw new ConfigError('empty or null section in static_configs');
  const section = new Section(value, 'struct { Targets []string "yaml:\\"targets\\""; Labels model.LabelSet }');
  const targets = section.texts('targets') ?? [];
  const labels = section.section('labels', 'model.LabelSet');
  const pairs = (labels?.keys() ?? []).map((name) => {
    if (!isValidLabelName(name, 'utf8')) throw new ConfigError(`"${name}" is not a valid label name`);
    return [name, labels?.text(name, '') ?? ''] as const;
  });
  section.finish();
  return { targets, labels: Object.fromEntries(pairs) };
}

export function readFileSdConfig(value: YamlValue): FileSdConfig {
  if (isNull(value)) throw new ConfigError('empty or null section in file_sd_configs');
  const section = new Section(value, 'file.plain');
  const files = section.texts('files') ?? [];
  const refreshIntervalMs = section.duration('refresh_interval') || 300_000;
  section.finish();
  if (files.length === 0) throw new ConfigError('file service discovery config must contain at least one path name');
  for (const path of files) {
    if (!/^[^*]*(?:\*[^/]*)?\.(?:json|yml|yaml|JSON|YML|YAML)$/.test(path))
      throw new ConfigError(`path name "${path}" is not valid for file discovery`);
  }
  return { mechanism: 'file', files, refreshIntervalMs };
}

export function readHttpSdConfig(value: YamlValue): HttpSdConfig {
  if (isNull(value)) throw new ConfigError('empty or null section in http_sd_configs');
  const section = new Section(value, 'http.plain');
  const url = section.text('url', '');
  const refreshIntervalMs = section.duration('refresh_interval') || 60_000;
  const httpClient = readHttpClient(section);
  section.finish();
  if (url === '') throw new ConfigError('URL is missing');
  const { scheme, host } = parseUrl(url);
  if (scheme !== 'http' && scheme !== 'https') throw new ConfigError("URL scheme must be 'http' or 'https'");
  if (host === '') throw new ConfigError('host is missing in URL');
  return { mechanism: 'http', url, refreshIntervalMs, httpClient };
}

function readForeign(name: string, value: YamlValue): ForeignSdConfig {
  if (isNull(value)) throw new ConfigError(`empty or null section in ${name}_sd_configs`);
  return { mechanism: 'foreign', name, config: JSON.stringify(value) };
}
