import type { KubernetesObject } from '../../../src/api/meta.ts';
import { customKinds } from '../../../src/api/kinds.ts';
import { apiVersionOf } from '../../../src/api/meta.ts';

export interface Written {
  readonly plural: string;
  readonly version: string;
  readonly object: KubernetesObject;
}

export type Spec = Readonly<Record<string, unknown>>;

export function write(kind: string, spec: Spec, name: string): Written {
  const found = customKinds.find(({ type }) => type.kind === kind);
  if (found === undefined) throw new RangeError(`There is no ${kind}`);
  const { type } = found;
  const metadata = { name, namespace: 'default', labels: { role: 'alerts', release: 'main' } };
  const object = { apiVersion: apiVersionOf(type), kind, metadata, spec } as KubernetesObject;
  return { plural: type.plural, version: type.version, object };
}

export const rules = (...list: readonly Spec[]): Spec => ({ groups: [{ name: 'cart', rules: list }] });
export const alert = (expr: string, more: Spec = {}): Spec => rules({ alert: 'CartDown', expr, ...more });
export const record = (name: string, more: Spec = {}): Spec => rules({ record: name, expr: 'sum(up)', ...more });

export const service = (endpoint: Spec, more: Spec = {}): Spec => ({
  selector: { matchLabels: { app: 'cart' } },
  endpoints: [{ port: 'web', ...endpoint }],
  ...more,
});
export const pod = (endpoint: Spec, more: Spec = {}): Spec => ({
  selector: { matchLabels: { app: 'cart' } },
  podMetricsEndpoints: [{ port: 'web', ...endpoint }],
  ...more,
});
export const probe = (more: Spec): Spec => ({
  prober: { url: 'blackbox:9115' },
  targets: { staticConfig: { static: ['https://shop.example'] } },
  ...more,
});
export const basicAuth = { username: { name: 'auth', key: 'user' }, password: { name: 'auth', key: 'password' } };
export const token = { credentials: { name: 'auth', key: 'token' } };

export const expr = 'spec.groups[0].rules[0].expr';
export const endpoint = 'spec.endpoints[0]';

export const receiver = (more: Spec): Spec => ({ receivers: [{ name: 'team', ...more }] });
export const routed = (route: Spec, more: Spec = {}): Spec => ({
  receivers: [{ name: 'team' }],
  route: { receiver: 'team', ...route },
  ...more,
});
export const night = (interval: Spec): Spec => ({ muteTimeIntervals: [{ name: 'night', timeIntervals: [interval] }] });
