/** Reviews as the API server sends them. */
import type { KubernetesObject } from '../../../src/api/meta.ts';

export interface Sent {
  readonly plural: string;
  readonly version?: string;
  readonly object: object | null;
  readonly oldObject?: object;
  readonly operation?: string;
  readonly subresource?: string;
}

export function makeReview(sent: Sent, apiVersion = 'admission.k8s.io/v1'): object {
  const { plural, version = 'v1', object, oldObject = null, operation = 'CREATE', subresource } = sent;
  return {
    apiVersion,
    kind: 'AdmissionReview',
    request: {
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      kind: { group: 'monitoring.coreos.com', version, kind: 'X' },
      resource: { group: 'monitoring.coreos.com', version, resource: plural },
      ...(subresource === undefined ? {} : { subResource: subresource }),
      name: 'x',
      namespace: 'shop',
      operation,
      userInfo: {},
      object,
      oldObject,
      dryRun: false,
      options: null,
    },
  };
}

/** A PrometheusRule with one alert. */
export function makeRule(expr: string, rule: object = {}): KubernetesObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'alerts', namespace: 'shop', labels: { role: 'alerts' } },
    spec: { groups: [{ name: 'cart', rules: [{ alert: 'CartDown', expr, ...rule }] }] },
  } as KubernetesObject;
}

/** A ServiceMonitor with one endpoint. */
export function makeMonitor(endpoint: object = {}, labels: Record<string, string> = {}): KubernetesObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'cart', namespace: 'shop', labels },
    spec: { selector: { matchLabels: { app: 'cart' } }, endpoints: [{ port: 'web', ...endpoint }] },
  } as KubernetesObject;
}
