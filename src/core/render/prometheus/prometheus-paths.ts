/** Paths inside the pods: what is mounted where (docs/reference/rendering.md 4.8). */
export const configFolder = '/etc/prometheus/config';
export const configFile = `${configFolder}/prometheus.yaml.gz`;
/** Where Prometheus itself sees the folder of the configuration, if jobs are in files of their own. */
export const jobFileFolder = '/etc/prometheus/scrape_configs';
export const jobFilePattern = `${jobFileFolder}/*.yaml`;
export const expandedConfigFolder = '/etc/prometheus/config_out';
export const expandedConfigFile = `${expandedConfigFolder}/prometheus.env.yaml`;
export const tlsAssetFolder = '/etc/prometheus/certs';
export const ruleFolder = '/etc/prometheus/rules';
export const secretFolder = '/etc/prometheus/secrets';
export const configMapFolder = '/etc/prometheus/configmaps';
export const webConfigFolder = '/etc/prometheus/web_config';
export const webConfigFile = `${webConfigFolder}/web-config.yaml`;
export const logFolder = '/var/log/prometheus';
export const storageFolder = '/prometheus';
export const thanosConfigFolder = '/etc/thanos/config';
export const thanosHttpClientFile = 'prometheus.http-client-file.yaml';
/** Thanos notes here which blocks it has uploaded; Prometheus reads it when compaction is delayed. */
export const shipperFile = 'thanos.shipper.json';
export const configKey = 'prometheus.yaml.gz';
