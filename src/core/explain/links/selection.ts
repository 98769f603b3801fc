import type { LabelSelector } from '../../../api/meta.ts';
import { choiceOf, selectedKinds } from '../../select/selected-kinds.ts';
import type { SelectionCase } from '../case.ts';
import { makeStep } from '../case.ts';
import { isUnread } from '../facts.ts';
import { advise, asGuess, removeField, setField } from '../fixes.ts';
import type { FieldSegments, Fix, ObjectName, Step } from '../model.ts';
import { showName, showObject } from '../model.ts';
import type { Clause } from '../selector-clauses.ts';
import { compareClauses, showFound, showSelector } from '../selector-clauses.ts';

const namespaceLabel = 'kubernetes.io/metadata.name';

/** The edit of labels that makes a clause hold. */
function mendLabel(object: ObjectName, { key, wanted }: Clause): Fix {
  const path: FieldSegments = ['metadata', 'labels', key];
  return wanted === undefined ? removeField(object, path) : setField(object, path, wanted);
}

/** Edits of labels that make all clauses hold: one where one clause fails, else all labels at once. */
export function mendLabels(
  object: ObjectName,
  labels: Readonly<Record<string, string>>,
  clauses: readonly Clause[],
): Fix {
  const failed = clauses.filter(({ holds }) => !holds);
  const [only] = failed;
  const isGuess = failed.some((one) => one.isGuess);
  if (only !== undefined && failed.length === 1) return asGuess(mendLabel(object, only), isGuess);
  const mended = new Map(Object.entries(labels));
  for (const { key, wanted } of failed) {
    if (wanted === undefined) mended.delete(key);
    else mended.set(key, wanted);
  }
  return asGuess(setField(object, ['metadata', 'labels'], Object.fromEntries(mended)), isGuess);
}

/** The other way round: the selector takes what is there. */
function loosenSelector(workload: ObjectName, field: string, { at }: Clause): Fix {
  return removeField(workload, [...field.split('.'), ...at]);
}

/** Whether the workload's namespace selector takes the object's namespace (docs/reference/rendering.md 3.1). */
export function judgeNamespaceSelector({ view, kind, name, facts }: SelectionCase): Step {
  const { namespaceSelector: selector } = choiceOf(view.object.spec, kind);
  const at = `spec.${selectedKinds[kind].namespaceSelector}`;
  const workload = showName(view.name);
  const object = view.name;
  if (selector === undefined) return judgeOwnNamespace({ object, name, at });
  const namespace = facts.sources.namespaces.get('', name.namespace);
  const labels = namespace?.metadata.labels ?? {};
  const clauses = compareClauses(selector, labels);
  const compared = `${workload} selects namespaces by ${showSelector(selector)}`;
  const found = clauses.length === 0 ? '' : `${name.namespace} has ${showFound(clauses)}`;
  if (clauses.every(({ holds }) => holds))
    return makeStep('namespace', 'pass', { reason: 'NamespaceSelected', object, at, compared, found });
  const target: ObjectName = { kind: 'Namespace', namespace: '', name: name.namespace };
  if (isUnread(facts, 'Namespace'))
    return makeStep('namespace', 'unknown', {
      reason: 'NamespaceLabelsDiffer',
      object,
      at,
      compared,
      found: 'namespaces could not be read',
    });
  return makeStep('namespace', 'fail', {
    reason: 'NamespaceLabelsDiffer',
    object,
    at,
    compared,
    found,
    fixes: [mendLabels(target, labels, clauses)],
  });
}

interface OwnNamespace {
  readonly object: ObjectName;
  readonly name: ObjectName;
  readonly at: string;
}

function judgeOwnNamespace({ object, name, at }: OwnNamespace): Step {
  const compared = `${showName(object)} has ${at} null: its own namespace alone`;
  const found = `${showObject(name)} is in ${name.namespace}`;
  if (name.namespace === object.namespace)
    return makeStep('namespace', 'pass', { reason: 'NamespaceSelected', object, at, compared, found });
  return makeStep('namespace', 'fail', {
    reason: 'NamespaceSelectorUnset',
    object,
    at,
    compared: `${compared} ({} would be every namespace)`,
    found,
    fixes: [setField(object, at, { matchLabels: { [namespaceLabel]: name.namespace } }), setField(object, at, {})],
  });
}

/** Whether the workload's selector takes the labels of the object. */
export function judgeLabels({ view, kind, monitor, name }: SelectionCase): Step {
  const { selector } = choiceOf(view.object.spec, kind);
  const at = `spec.${selectedKinds[kind].selector}`;
  const object = view.name;
  if (selector === undefined)
    return makeStep('labels', 'fail', {
      reason: 'SelectorUnset',
      object,
      at,
      compared: `${showName(object)} has ${at} null: it selects no ${kind} ({} would be every one)`,
      found: showObject(name),
      fixes: proposeSelector(object, at, monitor.metadata.labels ?? {}),
    });
  const labels = monitor.metadata.labels ?? {};
  const clauses = compareClauses(selector, labels);
  const compared = `${showName(object)} selects ${kind}s by ${showSelector(selector)}`;
  const found = clauses.length === 0 ? '' : `found ${showFound(clauses)}`;
  if (clauses.every(({ holds }) => holds))
    return makeStep('labels', 'pass', { reason: 'LabelsMatch', object, at, compared, found });
  const [first] = clauses.filter(({ holds }) => !holds);
  return makeStep('labels', 'fail', {
    reason: 'LabelsDiffer',
    object,
    at: first === undefined ? at : `${at}.${first.at.join('.')}`,
    compared,
    found,
    fixes: [mendLabels(name, labels, clauses), ...proposeLooser(object, at, clauses)],
  });
}

/** A selector with nothing in it selects everything: that is said rather than done. */
function proposeLooser(object: ObjectName, at: string, clauses: readonly Clause[]): Fix[] {
  const failed = clauses.filter(({ holds }) => !holds);
  const [only] = failed;
  return only !== undefined && failed.length === 1 && clauses.length > 1 ? [loosenSelector(object, at, only)] : [];
}

function proposeSelector(object: ObjectName, at: string, labels: Readonly<Record<string, string>>): Fix[] {
  const entry = Object.entries(labels).find(([key]) => key === 'release') ?? Object.entries(labels)[0];
  const everything = setField(object, at, {});
  if (entry === undefined) return [everything, advise(object, 'or label it, and select that label')];
  const selector: LabelSelector = { matchLabels: { [entry[0]]: entry[1] } };
  return [setField(object, at, selector), everything];
}
