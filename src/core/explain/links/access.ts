import { listSome } from '../../../base/list-some.ts';
import { unlessBlank } from '../../render/shared/rendered-objects.ts';
import type { Role } from '../../targets/groups/discovered-objects.ts';
import type { KubernetesSdConfig } from '../../targets/sd-config.ts';
import { proposeGrants } from '../access-fixes.ts';
import type { JobCase } from '../case.ts';
import { kubernetesOf, makeStep } from '../case.ts';
import type { DiscoveryAccess } from '../rbac.ts';
import type { Step } from '../model.ts';
import { listAsked } from './replicas.ts';

interface Resource {
  readonly group: string;
  readonly resource: string;
}

const core = (resource: string): Resource => ({ group: '', resource });
const slices: Resource = { group: 'discovery.k8s.io', resource: 'endpointslices' };
const ingresses: Resource = { group: 'networking.k8s.io', resource: 'ingresses' };

/** What a role waits for before it gives anything (docs/reference/discovery.md 2.7, 2.8). */
const needs: Readonly<Record<Role, readonly Resource[]>> = {
  node: [core('nodes')],
  pod: [core('pods')],
  service: [core('services')],
  endpoints: [core('endpoints'), core('services'), core('pods')],
  endpointslice: [slices, core('services'), core('pods')],
  ingress: [ingresses],
};

/** Every action that a discovery needs, in every namespace that it looks in. */
export function listNeededAccess({ role, namespaces, attachMetadata }: KubernetesSdConfig): DiscoveryAccess[] {
  const names = namespaces.names ?? [];
  const places = role === 'node' || names.length === 0 ? [''] : names;
  const resources = needs[role].flatMap((one) => places.map((namespace) => ({ ...one, namespace })));
  const nodes = attachMetadata.node && role !== 'node' ? [{ ...core('nodes'), namespace: '' }] : [];
  return [...resources, ...nodes].flatMap((one) => [
    { ...one, verb: 'list' as const },
    { ...one, verb: 'watch' as const },
  ]);
}

const showPlace = (namespace: string): string => (namespace === '' ? 'all namespaces' : `namespace ${namespace}`);

/** "list, watch endpoints in namespace shop". */
export function showAccess(requests: readonly DiscoveryAccess[]): string {
  const places = [...new Set(requests.map(({ namespace }) => namespace))];
  return places
    .map((place) => {
      const inside = requests.filter(({ namespace }) => namespace === place);
      const verbs = [...new Set(inside.map(({ verb }) => verb))];
      const resources = [...new Set(inside.map(({ resource }) => resource))];
      return `${verbs.join(' and ')} ${resources.join(', ')} in ${showPlace(place)}`;
    })
    .join('; ');
}

/** Whether the ServiceAccount of the workload may read what its discovery needs. */
export function judgeAccess(one: JobCase): Step {
  const { view, loaded, facts, name } = one;
  const kubernetes = kubernetesOf(loaded);
  const { namespace } = view.name;
  const account = { namespace, name: unlessBlank(view.object.spec.serviceAccountName) ?? 'default' };
  const object = { kind: 'ServiceAccount', ...account };
  if (kubernetes === undefined)
    return makeStep('access', 'skipped', {
      reason: 'AccessNotNeeded',
      object: name,
      compared: 'nothing is read from the API server',
    });
  const requests = listNeededAccess(kubernetes);
  const compared = `ServiceAccount ${account.namespace}/${account.name} must ${showAccess(requests)}`;
  if (kubernetes.apiServer !== undefined)
    return makeStep('access', 'unknown', {
      reason: 'AccessUnknown',
      object,
      compared,
      found: 'spec.apiserverConfig names another API server',
    });
  const answers = requests.map((request) => ({ request, answer: facts.review(account, request) }));
  // Not looked at here, but asked for together with the rights: what comes between is costly to work out twice.
  listAsked(one);
  const refused = answers.filter(({ answer }) => answer === 'no').map(({ request }) => request);
  const unknown = answers.filter(({ answer }) => answer === 'unknown');
  if (refused.length > 0)
    return makeStep('access', 'fail', {
      reason: 'AccessDenied',
      object,
      at: '',
      compared,
      found: `may not ${showAccess(refused)}`,
      counts: { selected: requests.length - refused.length, total: requests.length },
      fixes: proposeGrants(facts.readRbac(), account, refused),
    });
  const counts = { selected: requests.length - unknown.length, total: requests.length };
  if (unknown.length > 0)
    return makeStep('access', 'unknown', {
      reason: 'AccessUnknown',
      object,
      compared,
      found: facts.isOffline ? 'the files hold no Role or binding for it' : 'you may not ask (SubjectAccessReview)',
      counts,
    });
  return makeStep('access', 'pass', { reason: 'AccessGranted', object, compared, found: listSome(['it may']), counts });
}
