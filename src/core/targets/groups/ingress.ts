import { LabelSet } from '../../relabel/label-set.ts';
import { pair } from './pairs.ts';
import type { TargetGroup } from '../target-group.ts';
import { describeNamespace } from './group-context.ts';
import type { GroupContext } from './group-context.ts';
import type { IngressObject, IngressRule } from './discovered-objects.ts';

/** The group of an Ingress: a target for each path of each rule (docs/reference/discovery.md 3.7). */
export function buildIngressGroup(ingress: IngressObject, context: GroupContext): TargetGroup {
  const { namespace = '', name = '' } = ingress.metadata;
  const { ingressClassName, rules, tls } = ingress.spec ?? {};
  const className = ingressClassName ?? undefined;
  const tlsHosts = (tls ?? []).flatMap(({ hosts }) => hosts ?? []);
  const labels = LabelSet.join(
    [
      '__meta_kubernetes_namespace',
      namespace,
      ...(className === undefined ? [] : ['__meta_kubernetes_ingress_class_name', className]),
    ],
    context.metadata.describe('ingress', ingress, { annotations: true }),
    describeNamespace(namespace, context),
  );
  const targets = (rules ?? []).flatMap((rule) => {
    const host = rule.host ?? '';
    const scheme = tlsHosts.some((pattern) => matchesHost(pattern, host)) ? 'https' : 'http';
    return listPaths(rule).map((path) =>
      LabelSet.ofPairs([
        ...['__address__', host],
        ...pair('__meta_kubernetes_ingress_scheme', scheme),
        ...pair('__meta_kubernetes_ingress_host', host),
        ...pair('__meta_kubernetes_ingress_path', path),
      ]),
    );
  });
  return { source: `ingress/${namespace}/${name}`, labels, targets };
}

/** A rule without http has the path "/", one with http and no paths has none. */
function listPaths({ http }: IngressRule): string[] {
  if (http === undefined || http === null) return ['/'];
  return (http.paths ?? []).map(({ path }) => (path === undefined || path === null || path === '' ? '/' : path));
}

/** A wildcard stands for exactly one DNS label, the first. */
function matchesHost(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  const [first, ...rest] = pattern.split('.');
  const hostLabels = host.split('.');
  if (first !== '*' || rest.length !== hostLabels.length - 1) return false;
  return rest.every((label, index) => label === hostLabels[index + 1]);
}
