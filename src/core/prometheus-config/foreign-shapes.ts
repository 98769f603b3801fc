import type { YamlValue } from '../../base/yaml-writer.ts';
import type { ForeignSdConfig } from '../targets/sd-config.ts';
import { checkClient, clientKeys, tls } from './client-shape.ts';
import {
  checkAzure,
  checkConsul,
  checkDns,
  checkDockerHost,
  checkHttpUrl,
  checkMarathon,
  checkOpenstack,
  checkOvhcloud,
  checkScaleway,
  checkServerUrl,
  checkSwarm,
  checkZookeeper,
  isBlank,
  need,
  requireRole,
} from './foreign-rules.ts';
import { boolean, duration, integer, oneOf, parseUrl, text, textMap, texts } from './scalars.ts';
import { Fields, describe, keysOf, listOf, mapping, readShape, refuseIf } from './shape.ts';
import type { KeyReader } from './shape.ts';
import { asMapping } from './values.ts';

/**
 * Mechanisms that are not run here: which keys they have, and without what Prometheus refuses the configuration, one entry
 * each. Mechanisms that no resource of ours can ask for are only looked at by their keys where users may write them.
 */

const refresh = keysOf(duration, 'refresh_interval');
const port = keysOf(integer, 'port');
const common = [...refresh, ...port, ...clientKeys];

const filters = listOf(mapping(describe('Filter', { keys: [...keysOf(text, 'name'), ...keysOf(texts, 'values')] })));

const role = (words: readonly string[], explain: (found: string) => string): [string, KeyReader][] =>
  keysOf(oneOf(words, explain), 'role');

const awsKeys = [
  ...keysOf(text, 'endpoint', 'region', 'access_key', 'secret_key', 'profile', 'role_arn', 'external_id'),
  ...common,
];

const zookeeperKeys = [...keysOf(texts, 'servers', 'paths'), ...keysOf(duration, 'timeout')];

interface ForeignMechanism {
  readonly keys: readonly [string, KeyReader][];
  readonly check?: (fields: Fields) => void;
}

const mechanisms: Readonly<Record<string, ForeignMechanism>> = {
  ec2: {
    keys: [...awsKeys, ...keysOf(filters, 'filters')],
    check(fields) {
      for (const filter of fields.list('filters'))
        refuseIf(
          new Fields(asMapping(filter, 'Filter')).list('values').length === 0,
          'EC2 SD configuration filter values cannot be empty',
        );
    },
  },
  lightsail: { keys: awsKeys },
  azure: {
    keys: [
      ...keysOf(text, 'environment', 'subscription_id', 'tenant_id', 'client_id', 'client_secret'),
      ...keysOf(text, 'authentication_method', 'resource_group'),
      ...common,
    ],
    check: checkAzure,
  },
  consul: {
    keys: [
      ...keysOf(text, 'server', 'path_prefix', 'token', 'datacenter', 'namespace', 'partition', 'tag_separator'),
      ...keysOf(text, 'scheme', 'username', 'password', 'filter', 'health_filter'),
      ...keysOf(boolean, 'allow_stale'),
      ...keysOf(texts, 'services', 'tags'),
      ...keysOf(textMap, 'node_meta'),
      ...refresh,
      ...clientKeys,
    ],
    check: checkConsul,
  },
  digitalocean: {
    keys: [...role(['droplets', 'databases'], (found) => `unknown DigitalOcean SD role "${found}"`), ...common],
  },
  dns: { keys: [...keysOf(texts, 'names'), ...keysOf(text, 'type'), ...refresh, ...port], check: checkDns },
  eureka: {
    keys: [...keysOf(text, 'server'), ...refresh, ...clientKeys],
    check(fields) {
      need(fields, 'server', 'eureka_sd: empty or null eureka server');
      checkServerUrl(fields.text('server'), 'eureka_sd: invalid eureka server URL');
    },
  },
  gce: {
    keys: [...keysOf(text, 'project', 'zone', 'filter', 'tag_separator'), ...refresh, ...port],
    check(fields) {
      need(fields, 'project', 'GCE SD configuration requires a project');
      need(fields, 'zone', 'GCE SD configuration requires a zone');
    },
  },
  hetzner: {
    keys: [
      ...role(['robot', 'hcloud'], (found) => `unknown role "${found}"`),
      ...keysOf(text, 'label_selector'),
      ...common,
    ],
    check: (fields) => {
      requireRole(fields, 'role missing (one of: robot, hcloud)', false);
    },
  },
  ionos: {
    keys: [...keysOf(text, 'datacenter_id'), ...common],
    check: (fields) => {
      need(fields, 'datacenter_id', "datacenter id can't be empty");
    },
  },
  kuma: {
    keys: [...keysOf(text, 'server', 'client_id'), ...keysOf(duration, 'fetch_timeout'), ...refresh, ...clientKeys],
    check(fields) {
      const server = fields.text('server');
      refuseIf(server === '', 'kuma SD server must not be empty: ');
      checkServerUrl(server, `kuma SD server must not be empty and have a scheme: ${server}`);
    },
  },
  linode: { keys: [...keysOf(text, 'tag_separator', 'region'), ...common] },
  docker: {
    keys: [
      ...keysOf(text, 'host', 'host_networking_host'),
      ...keysOf(filters, 'filters'),
      ...keysOf(boolean, 'match_first_network'),
      ...common,
    ],
    check: checkDockerHost,
  },
  dockerswarm: { keys: [...keysOf(text, 'host', 'role'), ...keysOf(filters, 'filters'), ...common], check: checkSwarm },
  nomad: {
    keys: [
      ...keysOf(text, 'namespace', 'region', 'server', 'tag_separator'),
      ...keysOf(boolean, 'allow_stale'),
      ...refresh,
      ...clientKeys,
    ],
    check: (fields) => {
      refuseIf(isBlank(fields, 'server'), 'nomad SD configuration requires a server address');
    },
  },
  openstack: {
    keys: [
      ...keysOf(text, 'identity_endpoint', 'username', 'userid', 'password', 'project_name', 'project_id'),
      ...keysOf(text, 'domain_name', 'domain_id', 'application_credential_name', 'application_credential_id'),
      ...keysOf(text, 'application_credential_secret', 'region', 'availability'),
      ...role(['hypervisor', 'instance', 'loadbalancer'], (found) => `unknown OpenStack SD role "${found}"`),
      ...keysOf(boolean, 'all_tenants'),
      ...keysOf(tls, 'tls_config'),
      ...refresh,
      ...port,
    ],
    check: checkOpenstack,
  },
  ovhcloud: {
    keys: [...keysOf(text, 'endpoint', 'application_key', 'application_secret', 'consumer_key', 'service'), ...refresh],
    check: checkOvhcloud,
  },
  puppetdb: {
    keys: [...keysOf(text, 'url', 'query'), ...keysOf(boolean, 'include_parameters'), ...common],
    check(fields) {
      checkHttpUrl(fields);
      need(fields, 'query', 'query missing');
    },
  },
  scaleway: {
    keys: [
      ...keysOf(text, 'project_id', 'api_url', 'zone', 'access_key', 'secret_key', 'secret_key_file', 'name_filter'),
      ...keysOf(texts, 'tags_filter'),
      ...role(['instance', 'baremetal'], (found) => `unknown role "${found}"`),
      ...common,
    ],
    check: checkScaleway,
  },
  vultr: { keys: common },
  marathon: {
    keys: [...keysOf(texts, 'servers'), ...keysOf(text, 'auth_token', 'auth_token_file'), ...refresh, ...clientKeys],
    check: checkMarathon,
  },
  nerve: { keys: zookeeperKeys, check: checkZookeeper },
  serverset: { keys: zookeeperKeys, check: checkZookeeper },
  stackit: {
    keys: [
      ...keysOf(text, 'project', 'region', 'endpoint', 'service_account_key', 'private_key'),
      ...keysOf(text, 'service_account_key_path', 'private_key_path', 'credentials_file_path'),
      ...common,
    ],
    check(fields) {
      const endpoint = fields.text('endpoint');
      const hasRegion = !fields.keys().includes('region') || fields.text('region') !== '';
      refuseIf(endpoint === '' && !hasRegion, 'stackit_sd: endpoint and region missing');
      parseUrl(endpoint);
    },
  },
  triton: {
    keys: [
      ...keysOf(text, 'account', 'role', 'dns_suffix', 'endpoint'),
      ...keysOf(texts, 'groups'),
      ...keysOf(integer, 'version'),
      ...keysOf(tls, 'tls_config'),
      ...refresh,
      ...port,
    ],
    check(fields) {
      const role = fields.has('role') ? fields.text('role') : 'container';
      refuseIf(!['container', 'cn'].includes(role), "triton SD configuration requires role to be 'container' or 'cn'");
      need(fields, 'account', 'triton SD configuration requires an account');
      need(fields, 'dns_suffix', 'triton SD configuration requires a dns_suffix');
      need(fields, 'endpoint', 'triton SD configuration requires an endpoint');
    },
  },
  uyuni: {
    keys: [...keysOf(text, 'server', 'username', 'password', 'entitlement', 'separator'), ...refresh, ...clientKeys],
    check(fields) {
      need(fields, 'server', 'Uyuni SD configuration requires server host');
      parseUrl(fields.text('server'));
      need(fields, 'username', 'Uyuni SD configuration requires a username');
      need(fields, 'password', 'Uyuni SD configuration requires a password');
    },
  },
};

/** Mechanisms of which nothing is known but the name. */
const unknownMechanisms = ['aws', 'oci', 'outscale'];

/** An item, which is kept as it is written: it is looked at, and not run. */
function readerOf(name: string, { keys, check }: ForeignMechanism): KeyReader<ForeignSdConfig> {
  const hasClient = keys.some(([key]) => key === 'basic_auth');
  const shape = describe(`${name}.plain`, {
    keys,
    check(fields) {
      check?.(fields);
      if (hasClient) checkClient(fields);
    },
  });
  return (value, context) => {
    readShape(value, shape, context);
    return keep(name, value);
  };
}

const keep = (name: string, value: YamlValue): ForeignSdConfig => ({
  mechanism: 'foreign',
  name,
  config: JSON.stringify(value),
});

/** What reads an item, by the name of the mechanism. */
export const foreignMechanisms: readonly (readonly [string, KeyReader<ForeignSdConfig>])[] = [
  ...Object.entries(mechanisms).map(([name, one]) => [name, readerOf(name, one)] as const),
  ...unknownMechanisms.map((name) => [name, (value: YamlValue) => keep(name, value)] as const),
];
