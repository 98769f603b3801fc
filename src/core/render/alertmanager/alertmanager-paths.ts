/** Paths inside the pods: what is mounted where (docs/reference/rendering.md 5.4). */

/** Key of the generated Secret that holds the configuration, compressed. */
export const configKey = 'alertmanager.yaml.gz';
export const configFolder = '/etc/alertmanager/config';
export const configFile = `${configFolder}/${configKey}`;
export const expandedConfigFolder = '/etc/alertmanager/config_out';
export const expandedConfigFile = `${expandedConfigFolder}/alertmanager.env.yaml`;
/** Where the files of the tls-assets Secrets are mounted. */
export const tlsAssetFolder = '/etc/alertmanager/certs';
/** Where the keys of template Secrets and ConfigMaps are mounted. */
export const templateFolder = '/etc/alertmanager/templates';
export const secretFolder = '/etc/alertmanager/secrets';
export const configMapFolder = '/etc/alertmanager/configmaps';
export const webConfigFolder = '/etc/alertmanager/web_config';
export const webConfigFile = `${webConfigFolder}/web-config.yaml`;
export const clusterTlsFolder = '/etc/alertmanager/cluster_tls_config';
/** Key of the Secret with the TLS settings of the cluster, and name of the file it becomes. */
export const clusterTlsKey = 'cluster-tls-config.yaml';
export const clusterTlsFile = `${clusterTlsFolder}/${clusterTlsKey}`;
export const storageFolder = '/alertmanager';
