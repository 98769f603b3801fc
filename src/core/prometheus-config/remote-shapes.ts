import { isValidLabelName } from '../relabel/label-names.ts';
import { clientKeys, checkClient } from './client-shape.ts';
import { relabelRules } from './relabel-config.ts';
import { boolean, count, duration, integer, oneOf, text, textMap, url } from './scalars.ts';
import { describe, keysOf, mapping, refuseIf } from './shape.ts';
import type { Fields } from './shape.ts';
import { ConfigError } from './values.ts';

/** remote_write and remote_read. */

const reservedHeaders = new Set([
  ...['host', 'content-encoding', 'content-length', 'content-type', 'user-agent', 'connection', 'keep-alive'],
  ...['proxy-authenticate', 'proxy-authorization', 'www-authenticate', 'accept-encoding'],
  ...['x-prometheus-remote-write-version', 'x-prometheus-remote-read-version'],
  ...['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'],
]);

/** @param authorization what Prometheus says of a header of that name. */
export function checkHeaders(fields: Fields, authorization: string): void {
  for (const name of fields.inside('headers').keys()) {
    refuseIf(name.toLowerCase() === 'authorization', authorization);
    refuseIf(reservedHeaders.has(name.toLowerCase()), `${name} is a reserved header. It must not be changed`);
  }
}

const changeAuthorization =
  'authorization header must be changed via the basic_auth, authorization, oauth2, sigv4, azuread or google_iam parameter';

const queueShape = describe('config.QueueConfig', {
  keys: [
    ...keysOf(integer, 'capacity', 'max_shards', 'min_shards', 'max_samples_per_send', 'max_retries'),
    ...keysOf(duration, 'batch_send_deadline', 'min_backoff', 'max_backoff', 'sample_age_limit'),
    ...keysOf(boolean, 'retry_on_http_429'),
  ],
  check(fields) {
    const maxShards = fields.number('max_shards', 50);
    const minShards = fields.number('min_shards', 1);
    for (const [key, value] of [
      ['max_shards', maxShards],
      ['min_shards', minShards],
      ['max_samples_per_send', fields.number('max_samples_per_send', 2000)],
      ['capacity', fields.number('capacity', 10_000)],
    ] as const)
      refuseIf(value <= 0, `remote write queue ${key} must be positive`);
    refuseIf(minShards > maxShards, 'remote write queue min_shards must not be greater than max_shards');
    refuseIf(
      fields.milliseconds('max_backoff', 5000) < fields.milliseconds('min_backoff', 30),
      'remote write queue max_backoff must not be less than min_backoff',
    );
  },
});

const metadataShape = describe('config.MetadataConfig', {
  keys: [...keysOf(boolean, 'send'), ...keysOf(duration, 'send_interval'), ...keysOf(integer, 'max_samples_per_send')],
});

export const sigv4Shape = describe('sigv4.plain', {
  keys: [
    ...keysOf(text, 'region', 'access_key', 'secret_key', 'profile', 'role_arn', 'external_id', 'session_name'),
    ...keysOf(text, 'service_name'),
    ...keysOf(textMap, 'tags'),
    ...keysOf(boolean, 'use_fips_sts_endpoint'),
  ],
  check(fields) {
    refuseIf(
      (fields.text('access_key') === '') !== (fields.text('secret_key') === ''),
      'must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the SigV4 config',
    );
    for (const key of ['external_id', 'session_name'])
      refuseIf(fields.text(key) !== '' && fields.text('role_arn') === '', `${key} can only be used with role_arn`);
  },
});

const uuid = /^(?:urn:uuid:)?\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$|^[0-9a-f]{32}$/i;
/** Ways to authenticate with Azure, and which of their IDs must be there. */
const azureWays = {
  managed_identity: { name: 'Managed Identity', required: [], ids: ['client_id'] },
  workload_identity: {
    name: 'Workload Identity',
    required: ['client_id', 'tenant_id'],
    ids: ['client_id', 'tenant_id'],
  },
  oauth: { name: 'OAuth', required: ['client_id', 'client_secret', 'tenant_id'], ids: ['client_id'] },
  sdk: { name: 'SDK', required: [], ids: [] },
  certificate: { name: 'Certificate', required: [], ids: [] },
} as const;

const azureWayShape = describe('azuread.plain', {
  keys: [
    ...keysOf(text, 'client_id', 'tenant_id', 'client_secret', 'token_file_path', 'certificate_path'),
    ...keysOf(text, 'certificate_key_path', 'certificate_password'),
    ...keysOf(boolean, 'send_certificate_chain'),
  ],
});

const azureShape = describe('azuread.plain', {
  keys: [
    ...keysOf(mapping(azureWayShape), ...Object.keys(azureWays)),
    ...keysOf(
      oneOf(['AzureChina', 'AzureGovernment', 'AzurePublic', ''], () => 'must provide a cloud in the Azure AD config'),
      'cloud',
    ),
    ...keysOf(text, 'scope'),
  ],
  check(fields, { version }) {
    const used = Object.entries(azureWays).filter(([key]) => fields.has(key));
    refuseIf(
      used.length === 0,
      'must provide an Azure Managed Identity, Azure Workload Identity, Azure OAuth, Azure Certificate or Azure SDK in the Azure AD config',
    );
    refuseIf(used.length > 1, 'cannot provide multiple authentication methods in the Azure AD config');
    for (const [key, { name, required, ids }] of used) {
      const way = fields.inside(key);
      const needed: readonly string[] =
        key === 'managed_identity' && version.isBelow('3.5.0') ? ['client_id'] : required;
      for (const id of needed)
        refuseIf(way.text(id) === '', `must provide an Azure ${name} ${id} in the Azure AD config`);
      for (const id of ids)
        refuseIf(way.text(id) !== '' && !uuid.test(way.text(id)), `the provided Azure ${name} ${id} is invalid`);
    }
  },
});

const ways = ['basic_auth', 'authorization', 'oauth2', 'sigv4', 'azuread', 'google_iam'];
const messages = ['prometheus.WriteRequest', 'io.prometheus.write.v2.Request'];

export const remoteWriteShape = describe('config.plain', {
  keys: [
    ...keysOf(url, 'url'),
    ...keysOf(duration, 'remote_timeout'),
    ...keysOf(textMap, 'headers'),
    ...keysOf(relabelRules('empty or null relabeling rule in remote write config'), 'write_relabel_configs'),
    ...keysOf(text, 'name'),
    ...keysOf(boolean, 'send_exemplars', 'send_native_histograms', 'round_robin_dns', 'failed_request_logging'),
    ...keysOf(
      oneOf(
        messages,
        (found) => `invalid protobuf_message value: unknown type for remote write protobuf message ${found}`,
      ),
      'protobuf_message',
    ),
    ...clientKeys,
    ...keysOf(mapping(queueShape), 'queue_config'),
    ...keysOf(mapping(metadataShape), 'metadata_config'),
    ...keysOf(mapping(sigv4Shape), 'sigv4'),
    ...keysOf(mapping(azureShape), 'azuread'),
    ...keysOf(mapping(describe('googleiam.Config', { keys: keysOf(text, 'credentials_file') })), 'google_iam'),
  ],
  check(fields) {
    refuseIf(!fields.has('url'), 'url for remote_write is empty');
    checkHeaders(fields, changeAuthorization);
    checkClient(fields);
    const used = ways.filter((way) => fields.has(way));
    if (used.length > 1)
      throw new ConfigError(
        `at most one of basic_auth, authorization, oauth2, sigv4, azuread or google_iam must be configured. Currently configured: [${used.join(' ')}]`,
      );
  },
});

export const remoteReadShape = describe('config.plain', {
  keys: [
    ...keysOf(url, 'url'),
    ...keysOf(duration, 'remote_timeout'),
    ...keysOf(count, 'chunked_read_limit'),
    ...keysOf(textMap, 'headers', 'required_matchers'),
    ...keysOf(boolean, 'read_recent', 'filter_external_labels'),
    ...keysOf(text, 'name'),
    ...clientKeys,
  ],
  check(fields, { semantics }) {
    refuseIf(!fields.has('url'), 'url for remote_read is empty');
    checkHeaders(fields, changeAuthorization);
    checkClient(fields);
    for (const name of fields.inside('required_matchers').keys())
      refuseIf(!isValidLabelName(name, semantics.nameScheme), `"${name}" is not a valid label name`);
  },
});
