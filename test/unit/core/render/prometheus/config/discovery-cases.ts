/** Every mechanism of discovery with every field: what is given and what is written. */
import type { ScrapeConfigSpec } from '../../../../../../src/api/scrape-config.ts';
import type { Fields } from './fixtures.ts';

const key = (name: string) => ({ name: 'login', key: name });
export const uuid = '6170692e-7363-616c-6577-61792e636f6d';

const oauth2 = { clientId: { secret: key('user') }, clientSecret: key('secret'), tokenUrl: 'http://t' };
const connection = {
  tlsConfig: { insecureSkipVerify: true },
  followRedirects: false,
  enableHTTP2: false,
  proxyUrl: 'http://p',
  noProxy: 'n',
};
const basic = { ...connection, basicAuth: { username: key('user'), password: key('password') } };
const bearer = { ...connection, authorization: { credentials: key('token') } };
const refresh = { refreshInterval: '1m', port: 1 };

const client = {
  basic_auth: { username: 'U', password: 'P' },
  authorization: { type: 'Bearer', credentials: 'T' },
  oauth2: { client_id: 'U', client_secret: 'S', token_url: 'http://t' },
  tls_config: { insecure_skip_verify: true },
  follow_redirects: false,
  enable_http2: false,
};
const proxy = { proxy_url: 'http://p', no_proxy: 'n' };
const switches = { follow_redirects: false, enable_http2: false };
const { basic_auth, authorization, tls_config } = client;
const refreshed = { port: 1, refresh_interval: '1m' };

/** The item of one mechanism, and how it is written; keys in their order (docs/reference/rendering.md 2.6). */
interface Case {
  readonly spec: Partial<ScrapeConfigSpec>;
  readonly section: string;
  readonly item: Fields;
}

export const cases: readonly Case[] = [
  {
    spec: { staticConfigs: [{ targets: ['a:1'], labels: { b: '2', '10': 'x', '9': 'y' } }] },
    section: 'static_configs',
    item: { targets: ['a:1'], labels: { '10': 'x', '9': 'y', b: '2' } },
  },
  {
    spec: { fileSDConfigs: [{ files: ['a.json'], refreshInterval: '1m' }] },
    section: 'file_sd_configs',
    item: { files: ['a.json'], refresh_interval: '1m' },
  },
  {
    spec: { httpSDConfigs: [{ url: 'http://h', refreshInterval: '1m', ...basic }] },
    section: 'http_sd_configs',
    item: { basic_auth, tls_config, ...proxy, url: 'http://h', refresh_interval: '1m', ...switches },
  },
  {
    spec: {
      kubernetesSDConfigs: [
        {
          role: 'EndpointSlice',
          apiServer: 'https://k',
          namespaces: { names: ['n'] },
          selectors: [{ role: 'Pod', label: 'a=b', field: 'c=d' }],
          attachMetadata: { node: true },
          ...bearer,
        },
      ],
    },
    section: 'kubernetes_sd_configs',
    item: {
      api_server: 'https://k',
      role: 'endpointslice',
      authorization,
      ...proxy,
      ...switches,
      tls_config,
      namespaces: { names: ['n'] },
      selectors: [{ role: 'pod', label: 'a=b', field: 'c=d' }],
      attach_metadata: { node: true },
    },
  },
  {
    spec: {
      consulSDConfigs: [
        {
          server: 's',
          pathPrefix: '/p',
          tokenRef: key('token'),
          datacenter: 'd',
          namespace: 'n',
          partition: 'q',
          scheme: 'HTTPS',
          services: ['x'],
          tags: ['y'],
          tagSeparator: ';',
          nodeMeta: { b: '1', a: '2' },
          filter: 'f',
          healthFilter: 'h',
          allowStale: false,
          refreshInterval: '1m',
          ...connection,
        },
      ],
    },
    section: 'consul_sd_configs',
    item: {
      ...proxy,
      tls_config,
      server: 's',
      path_prefix: '/p',
      token: 'T',
      datacenter: 'd',
      namespace: 'n',
      partition: 'q',
      scheme: 'https',
      services: ['x'],
      tags: ['y'],
      tag_separator: ';',
      node_meta: { a: '2', b: '1' },
      filter: 'f',
      health_filter: 'h',
      allow_stale: false,
      refresh_interval: '1m',
      ...switches,
    },
  },
  {
    spec: { dnsSDConfigs: [{ names: ['n'], type: 'MX', ...refresh }] },
    section: 'dns_sd_configs',
    item: { names: ['n'], refresh_interval: '1m', type: 'MX', port: 1 },
  },
  {
    spec: {
      ec2SDConfigs: [
        {
          region: 'r',
          accessKey: key('user'),
          secretKey: key('secret'),
          roleARN: 'a',
          filters: [
            { name: 'z', values: ['1'] },
            { name: 'a', values: ['2'] },
          ],
          ...refresh,
          ...connection,
        },
      ],
    },
    section: 'ec2_sd_configs',
    item: {
      ...proxy,
      region: 'r',
      access_key: 'U',
      secret_key: 'S',
      role_arn: 'a',
      refresh_interval: '1m',
      port: 1,
      filters: [
        { name: 'a', values: ['2'] },
        { name: 'z', values: ['1'] },
      ],
      ...switches,
      tls_config,
    },
  },
  {
    spec: {
      azureSDConfigs: [
        {
          authenticationMethod: 'OAuth',
          subscriptionID: 's',
          tenantID: 't',
          clientID: 'c',
          clientSecret: key('secret'),
          resourceGroup: 'g',
          ...refresh,
          ...basic,
        },
      ],
    },
    section: 'azure_sd_configs',
    item: {
      basic_auth,
      ...proxy,
      authentication_method: 'OAuth',
      subscription_id: 's',
      tenant_id: 't',
      client_id: 'c',
      client_secret: 'S',
      resource_group: 'g',
      refresh_interval: '1m',
      port: 1,
    },
  },
  {
    spec: { gceSDConfigs: [{ project: 'p', zone: 'z', filter: 'f', tagSeparator: ';', ...refresh }] },
    section: 'gce_sd_configs',
    item: { project: 'p', zone: 'z', filter: 'f', refresh_interval: '1m', port: 1, tag_separator: ';' },
  },
  {
    spec: {
      openstackSDConfigs: [
        {
          role: 'LoadBalancer',
          region: 'r',
          identityEndpoint: 'http://i',
          username: 'u',
          userid: 'i',
          password: key('password'),
          domainName: 'd',
          domainID: 'e',
          projectName: 'p',
          projectID: 'q',
          applicationCredentialName: 'n',
          applicationCredentialId: 'm',
          applicationCredentialSecret: key('secret'),
          allTenants: true,
          availability: 'Admin',
          tlsConfig: {},
          ...refresh,
        },
      ],
    },
    section: 'openstack_sd_configs',
    item: {
      role: 'loadbalancer',
      region: 'r',
      identity_endpoint: 'http://i',
      username: 'u',
      userid: 'i',
      password: 'P',
      domain_name: 'd',
      domain_id: 'e',
      project_name: 'p',
      project_id: 'q',
      application_credential_name: 'n',
      application_credential_id: 'm',
      application_credential_secret: 'S',
      all_tenants: true,
      refresh_interval: '1m',
      port: 1,
      availability: 'admin',
      tls_config: {},
    },
  },
  {
    spec: { digitalOceanSDConfigs: [{ ...bearer, ...refresh }] },
    section: 'digitalocean_sd_configs',
    item: { authorization, ...proxy, ...switches, tls_config, ...refreshed },
  },
  {
    spec: {
      kumaSDConfigs: [{ server: 'http://s', fetchTimeout: '2m', clientID: 'c', refreshInterval: '1m', ...basic }],
    },
    section: 'kuma_sd_configs',
    item: {
      basic_auth,
      ...proxy,
      server: 'http://s',
      ...switches,
      tls_config,
      refresh_interval: '1m',
      fetch_timeout: '2m',
      client_id: 'c',
    },
  },
  {
    spec: { eurekaSDConfigs: [{ server: 'http://s', refreshInterval: '1m', ...basic }] },
    section: 'eureka_sd_configs',
    item: { basic_auth, ...proxy, ...switches, tls_config, refresh_interval: '1m', server: 'http://s' },
  },
  {
    spec: {
      dockerSDConfigs: [
        {
          host: 'unix:///d',
          filters: [{ name: 'a', values: ['b'] }],
          hostNetworkingHost: 'h',
          matchFirstNetwork: false,
          ...refresh,
          ...bearer,
        },
      ],
    },
    section: 'docker_sd_configs',
    item: {
      authorization,
      ...proxy,
      filters: [{ name: 'a', values: ['b'] }],
      host: 'unix:///d',
      tls_config,
      port: 1,
      host_networking_host: 'h',
      match_first_network: false,
      refresh_interval: '1m',
      ...switches,
    },
  },
  {
    spec: { linodeSDConfigs: [{ region: 'r', tagSeparator: ';', ...refresh, ...bearer }] },
    section: 'linode_sd_configs',
    item: {
      authorization,
      ...proxy,
      tls_config,
      port: 1,
      region: 'r',
      enable_http2: false,
      tag_separator: ';',
      refresh_interval: '1m',
      follow_redirects: false,
    },
  },
  {
    spec: { hetznerSDConfigs: [{ role: 'Hcloud', labelSelector: 'a=b', ...refresh, ...basic }] },
    section: 'hetzner_sd_configs',
    item: { basic_auth, ...proxy, role: 'hcloud', ...switches, tls_config, ...refreshed, label_selector: 'a=b' },
  },
  {
    spec: {
      nomadSDConfigs: [
        {
          server: 'http://s',
          allowStale: true,
          namespace: 'n',
          region: 'r',
          tagSeparator: ';',
          refreshInterval: '1m',
          ...basic,
        },
      ],
    },
    section: 'nomad_sd_configs',
    item: {
      basic_auth,
      ...proxy,
      server: 'http://s',
      allow_stale: true,
      namespace: 'n',
      refresh_interval: '1m',
      region: 'r',
      tag_separator: ';',
      ...switches,
      tls_config,
    },
  },
  {
    spec: { dockerSwarmSDConfigs: [{ host: 'tcp://d:1', role: 'Tasks', ...refresh, ...basic }] },
    section: 'dockerswarm_sd_configs',
    item: { basic_auth, ...proxy, host: 'tcp://d:1', tls_config, role: 'tasks', ...refreshed, ...switches },
  },
  {
    spec: { puppetDBSDConfigs: [{ url: 'https://u', query: 'q', includeParameters: true, ...refresh, ...basic }] },
    section: 'puppetdb_sd_configs',
    item: {
      basic_auth,
      ...proxy,
      url: 'https://u',
      query: 'q',
      include_parameters: true,
      ...refreshed,
      follow_redirects: false,
      tls_config,
      enable_http2: false,
    },
  },
  {
    spec: {
      lightSailSDConfigs: [
        {
          region: 'r',
          endpoint: 'e',
          accessKey: key('user'),
          secretKey: key('secret'),
          roleARN: 'a',
          ...refresh,
          ...basic,
        },
      ],
    },
    section: 'lightsail_sd_configs',
    item: {
      basic_auth,
      ...proxy,
      region: 'r',
      endpoint: 'e',
      ...refreshed,
      access_key: 'U',
      secret_key: 'S',
      role_arn: 'a',
      tls_config,
      ...switches,
    },
  },
  {
    spec: {
      ovhcloudSDConfigs: [
        {
          applicationKey: 'k',
          applicationSecret: key('secret'),
          consumerKey: key('token'),
          service: 'DedicatedServer',
          endpoint: 'e',
          refreshInterval: '1m',
        },
      ],
    },
    section: 'ovhcloud_sd_configs',
    item: {
      application_key: 'k',
      application_secret: 'S',
      consumer_key: 'T',
      service: 'dedicated_server',
      endpoint: 'e',
      refresh_interval: '1m',
    },
  },
  {
    spec: {
      scalewaySDConfigs: [
        {
          accessKey: 'SCWXXXXXXXXXXXXXXXXX',
          secretKey: key('uuid'),
          projectID: uuid,
          role: 'Baremetal',
          apiURL: 'http://u',
          zone: 'fr-par-1',
          nameFilter: 'n',
          tagsFilter: ['t'],
          ...refresh,
          ...connection,
        },
      ],
    },
    section: 'scaleway_sd_configs',
    item: {
      access_key: 'SCWXXXXXXXXXXXXXXXXX',
      secret_key: uuid,
      project_id: uuid,
      role: 'baremetal',
      port: 1,
      api_url: 'http://u',
      zone: 'fr-par-1',
      name_filter: 'n',
      tags_filter: ['t'],
      refresh_interval: '1m',
      ...proxy,
      tls_config,
      ...switches,
    },
  },
  {
    spec: { ionosSDConfigs: [{ ...bearer, datacenterID: 'd', oauth2, ...refresh }] },
    section: 'ionos_sd_configs',
    item: { oauth2: client.oauth2, ...proxy, tls_config, datacenter_id: 'd', ...switches, ...refreshed },
  },
];
