/** Where the files of the tls-assets Secrets are mounted (docs/reference/rendering.md 5.4). */
export const tlsAssetFolder = '/etc/alertmanager/certs';

/** Where the keys of template Secrets and ConfigMaps are mounted. */
export const templateFolder = '/etc/alertmanager/templates';
