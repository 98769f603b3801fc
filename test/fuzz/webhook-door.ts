import type { KubernetesObject } from '../../src/api/meta.ts';
import { customKinds } from '../../src/api/kinds.ts';
import { createSystemClock } from '../../src/base/clock.ts';
import { isJsonObject } from '../../src/base/json.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { ClusterView } from '../../src/core/check/admission.ts';
import { defaultSettings } from '../../src/operator/default-settings.ts';
import { createExamine } from '../../src/operator/webhook/examine.ts';
import { createWebhookApp, webhookPaths } from '../../src/webhook/app.ts';
import { Crash, requireClear } from './doors.ts';
import type { Door, Outcome } from './doors.ts';
import type { FuzzInput } from './input.ts';
import { asStored } from './stored.ts';
import { writeJson } from './write-json.ts';

/** The webhook's routes with what a cluster holds: the objects of the input that are stored. */
let stored: readonly KubernetesObject[] = [];
let fault = '';
const workloadKinds: readonly unknown[] = ['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'];
const view: ClusterView = {
  listWorkloads: () => stored.filter(({ kind }) => workloadKinds.includes(kind)),
  knows: () => true,
  findNamespace: (name) => ({ metadata: { name, labels: { 'kubernetes.io/metadata.name': name } } }),
};
const app = createWebhookApp({
  clock: createSystemClock(),
  logger: { ...silentLogger, error: (_, fields) => (fault = JSON.stringify(fields)) },
  examine: createExamine({
    settings: defaultSettings(),
    language: { names: 'utf8', promql: {}, given: false } as never,
    view: () => view,
  }),
});

async function post(path: string, review: unknown): Promise<Outcome> {
  fault = '';
  const headers = { 'content-type': 'application/json' };
  const response = await app.request(path, { method: 'POST', headers, body: writeJson(review) });
  const text = await response.text();
  if (response.status >= 500) throw new Crash(`${path} answers ${response.status}: ${fault}`);
  requireClear(text);
  return response.status === 200 && !/"allowed":false|"Failure"/.test(text) ? 'answered' : 'refused';
}

function review(object: Readonly<Record<string, unknown>>, oldObject: unknown): unknown {
  const known = customKinds.find(({ type }) => type.kind === object.kind)?.type;
  const [group, version] = (typeof object.apiVersion === 'string' ? object.apiVersion : '').split('/');
  const resource = { group, version, resource: known?.plural };
  const request = { uid: 'u', operation: oldObject === undefined ? 'CREATE' : 'UPDATE', resource, object, oldObject };
  return { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request };
}

function listPaths(kind: unknown): string[] {
  if (kind === 'PrometheusRule') return [webhookPaths.validate, webhookPaths.validateRules, webhookPaths.mutateRules];
  return kind === 'AlertmanagerConfig'
    ? [webhookPaths.validate, webhookPaths.validateAlertmanagerConfigs]
    : [webhookPaths.validate];
}

/** Each bad object as a review, on all paths that are for its kind. */
export const webhook: Door = async ({ objects, mutated }: FuzzInput) => {
  stored = asStored(objects);
  let outcome: Outcome = 'answered';
  const note = (one: Outcome): void => void (outcome = one === 'refused' ? one : outcome);
  for (const object of mutated.map((at) => objects[at])) {
    if (!isJsonObject(object)) continue;
    for (const path of listPaths(object.kind)) note(await post(path, review(object, undefined)));
    note(await post(webhookPaths.validate, review(object, objects[0])));
    if (object.kind !== 'AlertmanagerConfig') continue;
    for (const version of ['v1alpha1', 'v1beta1']) {
      const request = { uid: 'u', desiredAPIVersion: `monitoring.coreos.com/${version}`, objects: [object] };
      note(
        await post(webhookPaths.convert, { apiVersion: 'apiextensions.k8s.io/v1', kind: 'ConversionReview', request }),
      );
    }
  }
  return outcome;
};
