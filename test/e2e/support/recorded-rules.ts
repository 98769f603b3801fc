/**
 * What a ThanosRuler always has and most recordings lack: they were made without a rule ConfigMap, and without the defaults
 * that the API server fills in.
 */
import type { StatefulSet } from '../../../src/core/render/shared/rendered-objects.ts';

const recordedMap = /^(?:my-configmap|rules-configmap-one)$/;

type Template = StatefulSet['spec']['template']['spec'];

function insertBehind<T>(list: T[], isBefore: (one: T) => boolean, ...more: readonly T[]): void {
  const at = list.findIndex(isBefore);
  list.splice(at + 1, 0, ...more);
}

const replaceText = <T>(value: T, from: RegExp | string, to: string): T =>
  JSON.parse(JSON.stringify(value).replaceAll(from, to)) as T;

/** Rules, web configuration and config-reloader as in a recording that has them. @param donor of which they are taken. */
export function addRules(statefulSet: StatefulSet, name: string, donor: StatefulSet): void {
  const { spec } = statefulSet.spec.template;
  const rules = `thanos-ruler-${name}-rulefiles-0`;
  if (!(spec.volumes ?? []).some((volume) => recordedMap.test(volume.name))) transplant(spec, donor.spec.template.spec);
  const own = replaceText(spec, /my-configmap|rules-configmap-one/g, rules);
  statefulSet.spec.template.spec = replaceText(own, 'thanos-ruler-foo-', `thanos-ruler-${name}-`);
}

function transplant(spec: Template, donor: Template): void {
  const isWeb = ({ name }: { name: string }): boolean => name === 'web-config';
  const isRules = ({ name }: { name: string }): boolean => recordedMap.test(name);
  const isTls = ({ name }: { name: string }): boolean => name === 'tls-assets';
  const given = donor.volumes ?? [];
  insertBehind((spec.volumes ??= []), isTls, ...given.filter(isWeb), ...given.filter(isRules));
  const [program, reloader] = donor.containers;
  const [own] = spec.containers;
  const mounts = own?.volumeMounts ?? [];
  const givenMounts = program?.volumeMounts ?? [];
  insertBehind(mounts, isTls, ...givenMounts.filter(isWeb));
  insertBehind(mounts, ({ mountPath }) => mountPath === '/thanos/data', ...givenMounts.filter(isRules));
  own?.args?.push('--http.config=/etc/thanos/web_config/web-config.yaml');
  if (reloader !== undefined) insertBehind(spec.containers, (one) => one === own, reloader);
}

const defaults: Readonly<Record<string, string>> = {
  '--eval-interval': '--eval-interval=15s',
  '--tsdb.retention': '--tsdb.retention=24h',
  '--query': '--query=query:10901',
};

/** The defaults of the CRD, and a querier, which has no default. */
export function fillRulerDefaults({ spec }: StatefulSet): void {
  const [program] = spec.template.spec.containers;
  if (program === undefined) return;
  program.args = (program.args ?? []).map((arg) => defaults[arg] ?? arg);
  const web = program.ports?.find(({ containerPort }) => containerPort === 10902);
  if (web !== undefined) web.name ??= 'web';
}
