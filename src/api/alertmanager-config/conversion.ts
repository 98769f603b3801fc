import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { alertmanagerConfigV1Beta1 } from '../alertmanager-config-v1beta1.ts';
import { alertmanagerConfigType } from '../alertmanager-config.ts';
import { apiVersionOf } from '../meta.ts';
import type { KubernetesObject } from '../meta.ts';
import type { StructuralSchema } from '../validation/structural.ts';
import { pruneUnknownFields } from '../validation/unknown-fields.ts';
import { findRemainder, restoreRemainder } from './conversion-remainder.ts';

const alphaVersion = apiVersionOf(alertmanagerConfigType);
const betaVersion = apiVersionOf({ ...alertmanagerConfigType, version: 'v1beta1' });

/** On objects of v1beta1: what only v1alpha1 can say, as JSON (docs/adr/0004-alertmanagerconfig-conversion.md). */
export const remainderAnnotation = 'stoker.dev/v1alpha1-fields';

/**
 * An AlertmanagerConfig in another version (docs/reference/operator-runtime.md 2.5). Nothing is lost on the way to v1beta1 and
 * back: fields that v1beta1 does not have wait in an annotation. The object itself stays as it is.
 * @param apiVersion such as "monitoring.coreos.com/v1beta1".
 * @throws {RangeError} when there is no way from the object's version to the wanted one.
 */
export function convertAlertmanagerConfig(object: KubernetesObject, apiVersion: string): KubernetesObject {
  const from = object.apiVersion ?? '';
  if (from === apiVersion && (from === alphaVersion || from === betaVersion)) return object;
  if (from === alphaVersion && apiVersion === betaVersion) return toBeta(object);
  if (from === betaVersion && apiVersion === alphaVersion) return toAlpha(object);
  throw new RangeError(
    `Cannot convert AlertmanagerConfig from ${JSON.stringify(from)} to ${JSON.stringify(apiVersion)}: known are ${alphaVersion} and ${betaVersion}`,
  );
}

type WithSpec = KubernetesObject & { readonly spec?: unknown };

function toBeta(object: WithSpec): KubernetesObject {
  const spec = toBetaSpec(object.spec);
  const remainder = findRemainder(toAlphaSpec(spec), object.spec);
  const annotation = remainder.length === 0 ? undefined : JSON.stringify(remainder);
  return { ...object, apiVersion: betaVersion, metadata: annotate(object.metadata, annotation), ...withSpec(spec) };
}

function toAlpha(object: WithSpec): KubernetesObject {
  const remainder = parseJson(object.metadata.annotations?.[remainderAnnotation]);
  const spec = restoreRemainder(toAlphaSpec(object.spec), remainder);
  return { ...object, apiVersion: alphaVersion, metadata: annotate(object.metadata, undefined), ...withSpec(spec) };
}

const withSpec = (spec: unknown): object => (spec === undefined ? {} : { spec });

/** The metadata with our annotation, or without it. */
function annotate(metadata: KubernetesObject['metadata'], value: string | undefined): KubernetesObject['metadata'] {
  const { annotations, ...rest } = metadata;
  const { [remainderAnnotation]: old, ...others } = annotations ?? {};
  if (value !== undefined) return { ...rest, annotations: { ...others, [remainderAnnotation]: value } };
  if (old === undefined) return metadata;
  return Object.keys(others).length === 0 ? rest : { ...rest, annotations: others };
}

/** Undefined for what is no JSON: the annotation may have been edited. */
function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toAlphaSpec(spec: unknown): unknown {
  return isJsonObject(spec) ? renameMember(spec, 'timeIntervals', 'muteTimeIntervals') : spec;
}

function toBetaSpec(spec: unknown): unknown {
  if (!isJsonObject(spec)) return spec;
  const renamed = renameMember(spec, 'muteTimeIntervals', 'timeIntervals');
  return pruneUnknownFields(betaSpec, {
    ...renamed,
    ...changeMember(renamed, 'route', convertRoute),
    ...changeMember(renamed, 'inhibitRules', (rules) => convertItems(rules, convertInhibitRule)),
  });
}

const betaSpec: StructuralSchema = (alertmanagerConfigV1Beta1 as StructuralSchema).properties?.spec ?? {};

/** Routes below the first are not in the schema: they are converted here alone. */
function convertRoute(route: unknown): unknown {
  if (!isJsonObject(route)) return route;
  return {
    ...route,
    ...changeMember(route, 'matchers', (matchers) => convertItems(matchers, convertMatcher)),
    ...changeMember(route, 'routes', (routes) => convertItems(routes, convertRoute)),
  };
}

function convertInhibitRule(rule: unknown): unknown {
  if (!isJsonObject(rule)) return rule;
  const convert = (matchers: unknown): unknown => convertItems(matchers, convertMatcher);
  return { ...rule, ...changeMember(rule, 'sourceMatch', convert), ...changeMember(rule, 'targetMatch', convert) };
}

/** `regex` says what matchType says better; it has no effect next to it. */
function convertMatcher(matcher: unknown): unknown {
  if (!isJsonObject(matcher)) return matcher;
  const { regex, ...rest } = matcher;
  const isUnset = rest.matchType === undefined || rest.matchType === '';
  return regex === true && isUnset ? { ...rest, matchType: '=~' } : rest;
}

function convertItems(list: unknown, convert: (item: unknown) => unknown): unknown {
  return Array.isArray(list) ? list.map((item: unknown) => convert(item)) : list;
}

function changeMember(object: JsonObject, name: string, change: (value: unknown) => unknown): JsonObject {
  return object[name] === undefined ? {} : { [name]: change(object[name]) };
}

function renameMember({ ...object }: JsonObject, from: string, to: string): JsonObject {
  const { [from]: value, ...rest } = object;
  return value === undefined ? rest : { ...rest, [to]: value };
}
