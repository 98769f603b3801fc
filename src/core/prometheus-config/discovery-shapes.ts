import type { YamlValue } from '../../base/yaml-writer.ts';
import { checkClient, clientKeys } from './client-shape.ts';
import { foreignShapes } from './foreign-shapes.ts';
import { readKubernetesSdConfig } from './kubernetes-sd-config.ts';
import { anything, duration, text, url } from './scalars.ts';
import { readFileSdConfig, readHttpSdConfig, readStaticGroup } from './sd-configs.ts';
import { Fields, checkShape, keysOf, listOf, refuseIf } from './shape.ts';
import type { KeyCheck, LoadContext, Shape } from './shape.ts';
import { asMapping } from './values.ts';

/** What stands in the keys of a job, or of an alertmanager, that say how targets are found. */

const kubernetesShape: Shape = {
  type: 'kubernetes.SDConfig',
  keys: new Map([
    ...keysOf(anything, 'role', 'selectors', 'namespaces', 'attach_metadata', 'kubeconfig_file'),
    ...keysOf(url, 'api_server'),
    ...clientKeys,
  ]),
  check: checkClient,
};

const httpShape: Shape = {
  type: 'http.plain',
  keys: new Map([...keysOf(text, 'url'), ...keysOf(duration, 'refresh_interval'), ...clientKeys]),
  check: checkClient,
};

/** Thousands of jobs look for the same: equal items are looked at once. */
const kubernetes: KeyCheck = (value, context) => {
  const id = JSON.stringify(value);
  if (context.knownItems.has(id)) return;
  checkShape(value, kubernetesShape, context);
  readKubernetesSdConfig(value);
  context.knownItems.add(id);
};

const http: KeyCheck = (value, context) => {
  checkShape(value, httpShape, context);
  readHttpSdConfig(value);
};

const file: KeyCheck = (value) => {
  readFileSdConfig(value);
};

const staticGroup: KeyCheck = (value) => {
  readStaticGroup(value);
};

const section = (name: string, check: KeyCheck): [string, KeyCheck] => [
  name,
  listOf(check, `empty or null section in ${name}`),
];

const foreign = ([name, shape]: [string, Shape]): [string, KeyCheck] =>
  section(`${name}_sd_configs`, (value: YamlValue, context: LoadContext) => {
    checkShape(value, shape, context);
  });

/** Mechanisms of which nothing is known but the name. */
const unknownMechanisms = ['aws', 'oci', 'outscale'];

export const discoveryKeys: readonly [string, KeyCheck][] = [
  section('kubernetes_sd_configs', kubernetes),
  section('file_sd_configs', file),
  section('http_sd_configs', http),
  section('static_configs', staticGroup),
  ...[...foreignShapes].map(foreign),
  ...unknownMechanisms.map((name) => section(`${name}_sd_configs`, anything)),
];

/** A target must not be a URL, unless rules may still change it. */
export function checkStaticTargets(fields: Fields): void {
  if (fields.list('relabel_configs').length > 0) return;
  for (const group of fields.list('static_configs')) {
    for (const target of new Fields(asMapping(group, 'targetgroup')).list('targets')) {
      const address = text(target);
      refuseIf(address.includes('/'), `"${address}" is not a valid hostname`);
    }
  }
}
