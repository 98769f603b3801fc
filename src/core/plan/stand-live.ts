import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '../../api/meta.ts';
import type { RenderedWorkload } from '../kinds/render.ts';
import type { ConfigMap, Secret } from '../render/shared/rendered-objects.ts';
import { isPlan } from '../render/prometheus/plan-config-maps.ts';
import { restoreDiscovery } from '../render/prometheus/config/restore-discovery.ts';
import type { Standing } from './standing.ts';

/**
 * A workload of a cluster: what there is of it is what was read, whoever has written it.
 * @param rendered from the objects that there are now: it tells what is rejected before the change. What of it cannot be rendered is
 * no matter: nothing of it is compared.
 * @param all Secrets, ConfigMaps, StatefulSets and DaemonSets of the operator, of any namespace; Services, which workloads share, are
 * compared for themselves
 */
export function standLive({ kind, instance, desired }: RenderedWorkload, all: readonly KubernetesObject[]): Standing {
  const { namespace, name = '', uid } = instance.metadata;
  const objects = all.filter(({ metadata }) => metadata.namespace === namespace);
  const owned = objects.filter(({ metadata }) => (metadata.ownerReferences ?? []).some((owner) => owner.uid === uid));
  return {
    ...{ kind, instance, desired, objects, owned, failures: [] },
    readConfig: () => {
      const text = readConfig(objects, kind.names(name).configSecret);
      return text && restoreDiscovery(text, owned.filter(isConfigMap).filter(isPlan));
    },
  };
}

const isConfigMap = (object: KubernetesObject): object is ConfigMap => object.kind === 'ConfigMap';

/** Undefined when there is no such Secret, or no configuration in it. */
function readConfig(objects: readonly KubernetesObject[], secret: string): string | undefined {
  const found = objects.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === secret);
  const packed = Object.entries((found as Secret | undefined)?.data ?? {}).find(([key]) => key.endsWith('.yaml.gz'));
  if (packed === undefined) return undefined;
  try {
    return gunzipSync(Buffer.from(packed[1], 'base64')).toString('utf8');
  } catch {
    return undefined;
  }
}
