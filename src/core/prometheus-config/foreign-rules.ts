import { parseUrl, text } from './scalars.ts';
import { refuseIf } from './shape.ts';
import type { Fields } from './shape.ts';

/** What Prometheus wants of the items of mechanisms that are not run here, in its words. */

export function need(fields: Fields, key: string, message: string): void {
  refuseIf(fields.text(key) === '', message);
}

export const isBlank = (fields: Fields, key: string): boolean => fields.has(key) && fields.text(key).trim() === '';

/** `null` is the empty role, which is refused; absent is the default. */
export const requireRole = (fields: Fields, message: string, hasDefault: boolean): void => {
  refuseIf(fields.keys().includes('role') ? !fields.has('role') : !hasDefault, message);
};

export function checkServerUrl(written: string, message: string): void {
  const { scheme, host } = parseUrl(written);
  refuseIf(scheme === '' || host === '', message);
}

export function checkHttpUrl(fields: Fields): void {
  need(fields, 'url', 'URL is missing');
  const { scheme, host } = parseUrl(fields.text('url'));
  refuseIf(scheme !== 'http' && scheme !== 'https', "URL scheme must be 'http' or 'https'");
  refuseIf(host === '', 'host is missing in URL');
}

const azureMethods = ['OAuth', 'ManagedIdentity', 'SDK', 'WorkloadIdentity'];

export function checkAzure(fields: Fields): void {
  const missing = (key: string): void => need(fields, key, `azure SD configuration requires a ${key}`);
  missing('subscription_id');
  const method = fields.has('authentication_method') ? fields.text('authentication_method') : 'OAuth';
  if (method === 'OAuth') for (const key of ['tenant_id', 'client_id', 'client_secret']) missing(key);
  refuseIf(
    !azureMethods.includes(method),
    `unknown authentication_type "${method}". Supported types are "OAuth", "ManagedIdentity", "SDK" or "WorkloadIdentity"`,
  );
}

export function checkConsul(fields: Fields): void {
  refuseIf(isBlank(fields, 'server'), 'consul SD configuration requires a server address');
  refuseIf(
    (fields.text('username') !== '' || fields.text('password') !== '') && fields.has('basic_auth'),
    'at most one of consul SD configuration username and password and basic auth can be configured',
  );
  refuseIf(
    fields.text('token') !== '' && (fields.has('authorization') || fields.has('oauth2')),
    'at most one of consul SD token, authorization, or oauth2 can be configured',
  );
}

export function checkDns(fields: Fields): void {
  refuseIf(fields.list('names').length === 0, 'DNS-SD config must contain at least one SRV record name');
  const type = fields.has('type') ? fields.text('type').toUpperCase() : 'SRV';
  refuseIf(!['SRV', 'A', 'AAAA', 'MX', 'NS'].includes(type), `invalid DNS-SD records type ${type}`);
  refuseIf(
    type !== 'SRV' && fields.number('port', 0) === 0,
    'a port is required in DNS-SD configs for all record types except SRV',
  );
}

export function checkDockerHost(fields: Fields): void {
  need(fields, 'host', 'host missing');
  parseUrl(fields.text('host'));
}

export function checkScaleway(fields: Fields): void {
  requireRole(fields, 'role missing (one of: instance, baremetal)', false);
  need(fields, 'project_id', 'project_id is mandatory');
  const [key, file] = [fields.text('secret_key'), fields.text('secret_key_file')];
  refuseIf(key === '' && file === '', 'one of secret_key & secret_key_file must be configured');
  refuseIf(key !== '' && file !== '', 'at most one of secret_key & secret_key_file must be configured');
  need(fields, 'access_key', 'access_key is mandatory');
  refuseIf(!/^SCW[A-Z0-9]{17}$/.test(fields.text('access_key')), 'scaleway-sdk-go: invalid access key format');
  const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  refuseIf(key !== '' && !uuid.test(key), 'scaleway-sdk-go: invalid secret key format');
  refuseIf(!uuid.test(fields.text('project_id')), 'scaleway-sdk-go: invalid project ID format');
  const zone = fields.has('zone') ? fields.text('zone') : 'fr-par-1';
  refuseIf(!/^[a-z]{2}-[a-z]{3,7}-[0-9]{1,2}$/.test(zone), 'scaleway-sdk-go: invalid default zone format');
}

export function checkOpenstack(fields: Fields): void {
  const availability = fields.has('availability') ? fields.text('availability') : 'public';
  refuseIf(
    !['public', 'internal', 'admin'].includes(availability),
    `unknown availability ${availability}, must be one of admin, internal or public`,
  );
  requireRole(fields, 'role missing (one of: instance, hypervisor, loadbalancer)', false);
  need(fields, 'region', 'openstack SD configuration requires a region');
}

export function checkOvhcloud(fields: Fields): void {
  refuseIf(fields.keys().includes('endpoint') && fields.text('endpoint') === '', 'endpoint can not be empty');
  need(fields, 'application_key', 'application key can not be empty');
  need(fields, 'application_secret', 'application secret can not be empty');
  need(fields, 'consumer_key', 'consumer key can not be empty');
  const service = fields.text('service');
  refuseIf(!['dedicated_server', 'vps'].includes(service), `unknown service: ${service}`);
}

export function checkSwarm(fields: Fields): void {
  checkDockerHost(fields);
  const found = fields.text('role');
  refuseIf(found === '', 'role missing (one of: tasks, services, nodes)');
  refuseIf(
    !['services', 'nodes', 'tasks'].includes(found),
    `invalid role ${found}, expected tasks, services, or nodes`,
  );
}

export function checkMarathon(fields: Fields): void {
  refuseIf(fields.list('servers').length === 0, 'marathon_sd: must contain at least one Marathon server');
  const used = ['auth_token', 'auth_token_file'].filter((key) => fields.text(key) !== '');
  refuseIf(used.length > 1, 'marathon_sd: at most one of auth_token & auth_token_file must be configured');
  if (used.length === 0) return;
  const refuse = (found: boolean, keys: string): void => {
    refuseIf(found, `marathon_sd: at most one of ${keys} must be configured`);
  };
  refuse(fields.has('basic_auth'), 'basic_auth, auth_token & auth_token_file');
  refuse(
    fields.text('bearer_token') !== '' || fields.text('bearer_token_file') !== '',
    'bearer_token, bearer_token_file, auth_token & auth_token_file',
  );
  refuse(fields.has('authorization'), 'auth_token, auth_token_file & authorization');
}

export function checkZookeeper(fields: Fields): void {
  refuseIf(fields.list('servers').length === 0, 'SD config must contain at least one Zookeeper server');
  refuseIf(fields.list('paths').length === 0, 'SD config must contain at least one path');
  for (const path of fields.list('paths'))
    refuseIf(!text(path).startsWith('/'), `SD config paths must begin with '/': ${text(path)}`);
}
