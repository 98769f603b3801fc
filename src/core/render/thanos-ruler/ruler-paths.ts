/** Paths inside the pods: what is mounted where (docs/reference/rendering.md 6.4). */
export const configFolder = '/etc/thanos/config';
export const tlsAssetFolder = '/etc/thanos/certs';
export const webConfigFolder = '/etc/thanos/web_config';
export const webConfigFile = `${webConfigFolder}/web-config.yaml`;
export const ruleFolder = '/etc/thanos/rules';
export const storageFolder = '/thanos/data';
/** Key of the configuration Secret. */
export const remoteWriteKey = 'remote-write.yaml';
