import type { ResourceType } from '../../api/meta.ts';
import { jobType, replicaSetType, roleTypes } from '../../discovery/kubernetes/resources.ts';
import type { OwnRead } from '../../web/page/rights.ts';
import { followedTypes } from './local-caches.ts';

const discovered: readonly ResourceType[] = [...Object.values(roleTypes), replicaSetType, jobType];

interface Reading {
  readonly types: readonly ResourceType[];
  readonly verbs: readonly string[];
  readonly why: string;
}

const asset = (plural: string): ResourceType => ({ group: '', version: 'v1', plural, kind: '', namespaced: true });

const readings: readonly Reading[] = [
  { types: followedTypes, verbs: ['list', 'watch'], why: 'what is shown' },
  { types: discovered, verbs: ['list'], why: 'targets' },
  {
    types: ['secrets', 'configmaps'].map(asset),
    verbs: ['get'],
    why: 'what the others refer to; values are not shown',
  },
  { types: [asset('pods/proxy')], verbs: ['get'], why: 'what replicas have loaded, and how their scrapes went' },
];

/** What a page for one person reads, with their rights. @param names of the namespaces; none: all */
export function listLocalReads(names: readonly string[]): OwnRead[] {
  const namespaces = names.length > 0 ? names : [''];
  return readings.flatMap(({ types, verbs, why }) =>
    [...new Set(types.map(({ group }) => group))].flatMap((group) => {
      const resources = types.filter((type) => type.group === group).map(({ plural }) => plural);
      return namespaces.map((namespace) => ({ group, resources, verbs, namespace, why }));
    }),
  );
}
