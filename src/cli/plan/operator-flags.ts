import { deploymentType } from '../../api/builtin-types.ts';
import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { describeRefusals } from '../../core/refusal.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import type { FlagTexts } from '../../operator/options/reader.ts';
import type { Cluster } from '../cluster/connect.ts';
import { readArgs, readOperatorArgs } from '../operator-args.ts';

interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly args?: readonly string[] }[] } };
  };
}

/** The flags that the operator of a cluster runs with, and what is to be said of where they are from. */
export interface FoundFlags {
  readonly texts: FlagTexts;
  readonly notes: readonly string[];
}

const names = ['stoker', 'prometheus-operator'];

/**
 * The flags of the operator's Deployment, found by its label. Where there is none, or several, the defaults count, and that is said:
 * images, resources and namespaces depend on them.
 * @param given in the place of the Deployment's, as they are written on a command line
 * @throws {ExitError} for a flag that no operator has
 */
export async function findOperatorFlags(
  { client }: Pick<Cluster, 'client'>,
  given: string | undefined,
  signal: AbortSignal,
): Promise<FoundFlags> {
  if (given !== undefined) return { texts: readOperatorArgs(given), notes: [] };
  const labelSelector = `app.kubernetes.io/name in (${names.join(',')})`;
  const { objects, refusals } = await listObjects({ client, labelSelector, signal }, [deploymentType]);
  const found = objects.flatMap((object) => {
    const args = (object as Deployment).spec.template.spec.containers.map((one) => one.args ?? []);
    const own = args.find(([first = '']) => first === 'run' || first === 'operator' || first.startsWith('-'));
    return own === undefined ? [] : [{ object, args: own }];
  });
  const [only] = found;
  if (only !== undefined && found.length === 1)
    return { texts: readArgs(only.args), notes: [`flags of the operator: those of Deployment ${keyOf(only.object)}`] };
  const why =
    refusals.length > 0
      ? describeRefusals(refusals).join(', ')
      : found.length > 1
        ? `several Deployments may be it (${found.map(({ object }) => keyOf(object)).join(', ')})`
        : `no Deployment is labelled app.kubernetes.io/name=${names.join(' or ')}`;
  return { texts: {}, notes: [`flags of the operator: the defaults, since ${why}; --operator-args gives them`] };
}
