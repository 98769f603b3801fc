/** What of the objects of a chain a caller may see. */
import type { Explanation, ObjectName } from '../../core/explain/model.ts';
import { showObject } from '../../core/explain/model.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Caller } from '../guard.ts';
import type { ChainData } from './page-source.ts';
import { shownTypes } from './shown-types.ts';

/** Every object whose YAML a page may show, each once. */
function listObjects({ chains, fixes }: Explanation): ObjectName[] {
  const all = [
    ...chains.flatMap(({ steps }) => steps.map(({ object }) => object)),
    ...fixes.map(({ object }) => object),
  ];
  return [...new Map(all.map((object) => [showObject(object), object])).values()];
}

/**
 * An answer with the objects that the caller may get. What is not theirs is not read.
 * @throws when nobody can say what they may.
 */
export async function showChainTo(
  caller: Caller,
  explanation: Explanation,
  find: (name: ObjectName) => Promise<KubernetesObject | undefined>,
): Promise<ChainData> {
  const known = new Map<string, KubernetesObject>();
  await Promise.all(
    listObjects(explanation).map(async (name) => {
      const type = shownTypes.get(name.kind);
      if (type === undefined || name.name === '') return;
      const namespace = type.namespaced ? { namespace: name.namespace } : {};
      if (!(await caller.mayGet({ group: type.group, resource: type.plural, name: name.name, ...namespace }))) return;
      const found = await find(name);
      if (found !== undefined) known.set(showObject(name), found);
    }),
  );
  return { explanation, find: (name) => known.get(showObject(name)) };
}
