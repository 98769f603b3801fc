/** What of the objects of a chain a caller may see. */
import { customKinds } from '../../api/kinds.ts';
import type { Explanation, ObjectName } from '../../core/explain/model.ts';
import { showObject } from '../../core/explain/model.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Caller } from '../guard.ts';
import type { ChainData } from './page-source.ts';

/** Every object whose YAML a page may show, each once. */
function listObjects({ chains, fixes }: Explanation): ObjectName[] {
  const all = [
    ...chains.flatMap(({ steps }) => steps.map(({ object }) => object)),
    ...fixes.map(({ object }) => object),
  ];
  return [...new Map(all.map((object) => [showObject(object), object])).values()];
}

/**
 * An answer with the objects that the caller may get. Only those of our own kinds: the others are in no cache.
 * @throws when nobody can say what they may.
 */
export async function showChainTo(
  caller: Caller,
  explanation: Explanation,
  find: (name: ObjectName) => KubernetesObject | undefined,
): Promise<ChainData> {
  const known = new Map<string, KubernetesObject>();
  await Promise.all(
    listObjects(explanation).map(async (name) => {
      const found = find(name);
      const type = customKinds.find((one) => one.type.kind === name.kind)?.type;
      if (found === undefined || type === undefined) return;
      const wanted = { group: type.group, resource: type.plural, namespace: name.namespace, name: name.name };
      if (await caller.mayGet(wanted)) known.set(showObject(name), found);
    }),
  );
  return { explanation, find: (name) => known.get(showObject(name)) };
}
