/** Chains that name objects of many namespaces: who may see so much. */
import { podType, serviceType } from '../../api/builtin-types.ts';
import { customKinds } from '../../api/kinds.ts';
import type { ResourceType } from '../../api/meta.ts';
import type { Caller } from '../guard.ts';
import { seesAll } from './sight.ts';
import type { Place, Sight } from './sight.ts';

/** What the API server knows no objects of: they are in the rules and jobs of many. */
type WideKind = 'Alert' | 'Target';

/** What their chains tell of. */
const kinds: Readonly<Record<WideKind, readonly string[]>> = {
  Alert: ['PrometheusRule', 'Alertmanager', 'AlertmanagerConfig'],
  Target: ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'Service', 'Pod'],
};

const types: readonly ResourceType[] = [...customKinds.map(({ type }) => type), podType, serviceType];

/** All places that such a chain is about. */
export const listWidePlaces = (kind: WideKind): Place[] => kinds[kind].map((one) => ({ kind: one, namespace: '' }));

export const seesWide = (sight: Sight, kind: WideKind): boolean => seesAll(sight, listWidePlaces(kind)) === true;

/** The first permission that a caller lacks for such a chain, for people; undefined: none. @throws when nobody can say. */
export async function findMissingWide(caller: Caller, kind: WideKind): Promise<string | undefined> {
  const wanted = types.filter((type) => kinds[kind].includes(type.kind));
  const allowed = await Promise.all(wanted.map(({ group, plural }) => caller.mayGet({ group, resource: plural })));
  const missing = wanted.find((_, index) => allowed[index] !== true);
  return missing && `you may not get ${missing.plural} in all namespaces`;
}
