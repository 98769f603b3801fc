import type { LabelSelector } from '../meta.ts';
import { atomicList, atomicObject, flag, list, object, optional, required, text, textMap } from '../schema.ts';
import type { Schema, Static } from '../schema.ts';
import { byteSize, selectorMechanism } from './scalars.ts';

const labelSelectorRequirement = object({
  key: required(text, 'Label the requirement is about.'),
  operator: required(text, 'One of In, NotIn, Exists, DoesNotExist.'),
  values: optional(
    atomicList(text),
    'Values to compare with: at least one for In and NotIn, none for Exists and DoesNotExist.',
  ),
});

/** Its type is that of meta.ts, which the layers below share. */
export const labelSelector: Schema<LabelSelector> = atomicObject({
  matchExpressions: optional(atomicList(labelSelectorRequirement), 'Requirements on labels; all of them must hold.'),
  matchLabels: optional(textMap, 'Labels and the values they must have; all of them must hold.'),
});

export const namespaceSelector = object({
  any: optional(flag, 'Looks in all namespaces. Wins over matchNames.'),
  matchNames: optional(
    list(text),
    "Names of the namespaces to look in. When empty, and any is not set, it is the object's own namespace.",
  ),
});

export type NamespaceSelector = Static<typeof namespaceSelector>;

export const attachMetadata = object({
  node: optional(
    flag,
    "Adds the node's labels and annotations to the discovered targets as __meta_kubernetes_node_ labels. Prometheus needs the right to list and watch nodes.",
    { since: 'Prometheus 2.35.0 (pods) or 2.37.0 (endpoints)' },
  ),
});

export type AttachMetadata = Static<typeof attachMetadata>;

/** What ServiceMonitor and PodMonitor have in common besides scrape settings. */
export const monitorSelection = {
  attachMetadata: optional(attachMetadata, 'More metadata to add to discovered targets before relabelling.'),
  bodySizeLimit: optional(
    byteSize,
    'Largest response in bytes, uncompressed, that a scrape accepts; a larger one fails the scrape. The smaller of this and enforcedBodySizeLimit of the Prometheus counts.',
    { since: 'Prometheus 2.28.0' },
  ),
  jobLabel: optional(
    text,
    'Label of the Service (in a PodMonitor, of the Pod) whose value becomes the job label of the series. Without it, or where the label is missing, the job is named after the Service, or after the PodMonitor as "namespace/name".',
  ),
  namespaceSelector: optional(
    namespaceSelector,
    "Namespaces in which objects are looked for. Only the monitor's own namespace when not set. Has no effect where the Prometheus sets ignoreNamespaceSelectors.",
  ),
  podTargetLabels: optional(list(text), 'Labels of the Pod that are copied to its series.'),
  selector: required(
    labelSelector,
    'Labels the objects must have to be scraped. An empty selector takes all in the chosen namespaces.',
  ),
  selectorMechanism: optional(
    selectorMechanism,
    'Who applies the selector: RelabelConfig (the default) discovers all objects and drops the others by relabelling, RoleSelector lets the API server filter, which spares Prometheus and the API server work.',
  ),
};
