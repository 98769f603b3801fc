import type { KubernetesObject } from '../../api/meta.ts';
import { dumpYaml } from '../../base/yaml.ts';
import { maskConfig, maskObject } from '../../core/masking/mask-object.ts';
import type { Shown } from './tool.ts';

interface Rendered {
  readonly names?: readonly string[];
  readonly objects?: readonly KubernetesObject[];
  readonly configuration?: string;
}

/** What `stoker render` answers, with Secrets masked field by field. */
export function showRendered(document: object): Shown {
  const { names, objects, configuration } = document as Rendered;
  if (names !== undefined) return { document, text: `${names.join('\n')}\n` };
  if (objects !== undefined) {
    const masked = objects.map(maskObject);
    return { document: { objects: masked }, text: masked.map((one) => `---\n${dumpYaml(one)}`).join('') };
  }
  const text = configuration === undefined || configuration === '' ? '' : maskConfig(configuration);
  return { document: { ...document, configuration: text }, text };
}
