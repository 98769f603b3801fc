import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

/** What a field must be for an API server to decode it; a list of one shape is a list of such mappings. */
type Shape = 'texts' | 'list' | Fields | readonly [Fields];
interface Fields {
  readonly [name: string]: Shape;
}

const container: Fields = { ports: [{}] };
const podSpec: Fields = { containers: [container], initContainers: [container] };
const template: Fields = {
  spec: { template: { metadata: { labels: 'texts', annotations: 'texts' }, spec: podSpec } },
};
const addresses: Fields = { addresses: [{ targetRef: {} }], notReadyAddresses: [{ targetRef: {} }], ports: [{}] };

/** Of the kinds that targets are discovered from, and that Pods are made from, the parts that are read. */
const shapes: Readonly<Record<string, Fields>> = {
  'v1/Pod': { spec: podSpec, status: { conditions: [{}], podIPs: [{}] } },
  'v1/Service': { spec: { ports: [{}], selector: 'texts' } },
  'v1/Endpoints': { subsets: [addresses] },
  'v1/Node': { status: { addresses: [{}], daemonEndpoints: { kubeletEndpoint: {} } } },
  'discovery.k8s.io/v1/EndpointSlice': {
    endpoints: [{ addresses: 'list', conditions: {}, targetRef: {}, deprecatedTopology: 'texts' }],
    ports: [{}],
  },
  'networking.k8s.io/v1/Ingress': {
    spec: { rules: [{ http: { paths: [{}] } }], tls: [{ hosts: 'list' }] },
  },
  'apps/v1/Deployment': template,
  'apps/v1/StatefulSet': template,
  'apps/v1/DaemonSet': template,
  'apps/v1/ReplicaSet': template,
};

/** What of an object that targets are discovered from could not be decoded; undefined when it can be read. */
export function explainUnreadable(type: string, object: JsonObject): string | undefined {
  const shape = shapes[type];
  return shape === undefined ? undefined : explainFields(object, shape, '');
}

function explainFields(object: JsonObject, fields: Fields, prefix: string): string | undefined {
  for (const [name, shape] of Object.entries(fields)) {
    const problem = explainValue(object[name] ?? undefined, shape, `${prefix}${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function explainValue(value: unknown, shape: Shape, path: string): string | undefined {
  if (value === undefined) return undefined;
  if (shape === 'list') return Array.isArray(value) ? undefined : `${path} must be a list`;
  if (isList(shape)) return explainList(value, shape[0], path);
  if (!isJsonObject(value)) return `${path} must be a mapping`;
  if (shape !== 'texts') return explainFields(value, shape, `${path}.`);
  return Object.values(value).every((one) => typeof one === 'string') ? undefined : `${path} must hold texts`;
}

const isList = (shape: Shape): shape is readonly [Fields] => Array.isArray(shape);

function explainList(value: unknown, item: Fields, path: string): string | undefined {
  if (!Array.isArray(value)) return `${path} must be a list`;
  for (const [at, one] of (value as readonly unknown[]).entries()) {
    const problem = isJsonObject(one) ? explainFields(one, item, `${path}[${at}].`) : `${path}[${at}] must be a mapping`;
    if (problem !== undefined) return problem;
  }
  return undefined;
}
