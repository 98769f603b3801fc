import type { OwnRead } from '../../web/page/rights.ts';
import type { Grant } from '../install/access-plan.ts';

const reading: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

/** What is read with the operator's own rights, of all that its flags need. */
export function listOwnReads(grants: readonly Grant[]): OwnRead[] {
  return grants.flatMap(({ rule, namespace }) => {
    const verbs = rule.verbs.filter((verb) => reading.has(verb));
    const { group, resources, why } = rule;
    return verbs.length === 0 ? [] : [{ group, resources, verbs, namespace, why }];
  });
}
