import type { KubernetesObject } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import { parseLocatedDocuments } from '../../base/yaml-positions.ts';
import { dumpYaml } from '../../base/yaml.ts';
import { excerptLines } from '../limits.ts';

/** What stands in the place of each value of a Secret. */
const hidden = '(hidden)';

const kubectlCopy = 'kubectl.kubernetes.io/last-applied-configuration';

const hideValues = (values: unknown): object =>
  isJsonObject(values) ? Object.fromEntries(Object.keys(values).map((key) => [key, hidden])) : {};

/**
 * An object as it may be shown: without what the server keeps for itself and without kubectl's copy of the whole, and of a
 * Secret the keys alone.
 */
export function hideSecrets({ metadata, ...object }: KubernetesObject): KubernetesObject {
  const { managedFields: _managedFields, annotations, ...rest } = metadata;
  const kept = Object.fromEntries(Object.entries(annotations ?? {}).filter(([name]) => name !== kubectlCopy));
  const shown = {
    ...object,
    metadata: { ...rest, ...(Object.keys(kept).length === 0 ? {} : { annotations: kept }) },
  };
  if (object.kind !== 'Secret') return shown;
  const values = object as { readonly data?: unknown; readonly stringData?: unknown };
  const keys = { ...hideValues(values.data), ...hideValues(values.stringData) };
  return { ...shown, data: keys, stringData: undefined } as KubernetesObject;
}

/** The YAML of an object as it may be shown. */
export function dumpShown(object: KubernetesObject): string {
  const { apiVersion, kind, metadata, ...rest } = hideSecrets(object);
  return dumpYaml(JSON.parse(JSON.stringify({ apiVersion, kind, metadata, ...rest })));
}

export interface ExcerptLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  readonly isMarked: boolean;
}

/**
 * The lines of an object's YAML around a field, or around the nearest one that is there.
 * @param at such as `spec.endpoints[0].port`; "" for the head of the object.
 */
export function excerptField(object: KubernetesObject, at: string): ExcerptLine[] {
  const text = dumpShown(object);
  const [document] = parseLocatedDocuments(text, '');
  const marked = document?.locate(at, 'value').line ?? 1;
  const lines = text.trimEnd().split('\n');
  const from = Math.max(0, marked - 1 - excerptLines);
  return lines.slice(from, marked + excerptLines).map((line, index) => {
    const number = from + index + 1;
    return { number, text: line, isMarked: number === marked };
  });
}
