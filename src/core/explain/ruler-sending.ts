import type { SecretKeySelector } from '../../api/parts/references.ts';
import type { ThanosRuler } from '../../api/thanos-ruler.ts';
import { isJsonObject } from '../../base/json.ts';
import { Version } from '../../base/version.ts';
import { parseYaml, parseYamlVerbatim } from '../../base/yaml.ts';
import type { FieldReference } from '../assets/references.ts';
import { createLoadContext } from '../prometheus-config/load-context.ts';
import { relabelRules } from '../prometheus-config/relabel-config.ts';
import { compileRules } from '../relabel/compile-rules.ts';
import type { CompiledRule } from '../relabel/compile-rules.ts';
import { relabelDefaults } from '../relabel/rule.ts';
import { replicaLabel } from '../render/thanos-ruler/ruler-arguments.ts';
import { unlessBlank } from '../render/shared/rendered-objects.ts';
import type { ExplainFacts } from './facts.ts';
import type { SentTo, Sending } from './sending.ts';
import { selectsPod } from './services.ts';

/** Thanos relabels as the newest Prometheus does. */
const context = createLoadContext(Version.parse('3.14.0'), 'utf8');

/** How a ThanosRuler sends its alerts (docs/reference/rendering.md 6.3). */
export function readRulerSending(ruler: ThanosRuler, facts: ExplainFacts): Sending {
  const { spec } = ruler;
  const labels = Object.entries(spec.labels ?? {});
  const dropped = [replicaLabel, ...(spec.alertDropLabels ?? [])];
  const { rules, unknownRules } = readRules(ruler, facts);
  return {
    places: listPlaces(ruler, facts),
    externalLabels: new Map<string, string | undefined>([[replicaLabel, undefined], ...labels]),
    rules: [...dropped.flatMap(dropLabel), ...rules],
    unknownRules,
  };
}

const dropLabel = (name: string): readonly CompiledRule[] =>
  compileRules(
    [{ ...relabelDefaults, action: 'labeldrop', regex: name.replaceAll(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`) }],
    context.semantics,
  );

function readRules({ metadata, spec }: ThanosRuler, facts: ExplainFacts): Pick<Sending, 'rules' | 'unknownRules'> {
  if (unlessBlank(spec.alertRelabelConfigFile) !== undefined)
    return { rules: [], unknownRules: 'spec.alertRelabelConfigFile is a file in the container' };
  if (spec.alertRelabelConfigs === undefined) return { rules: [], unknownRules: undefined };
  const field = 'spec.alertRelabelConfigs';
  const text = readKey(facts, metadata.namespace, { ...spec.alertRelabelConfigs, field });
  if (text === undefined) return { rules: [], unknownRules: `the Secret of ${field} was not found` };
  try {
    const read = relabelRules('empty or null alert relabeling rule')(parseYamlVerbatim(text), context);
    return { rules: compileRules(read, context.semantics), unknownRules: undefined };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { rules: [], unknownRules: `${field} cannot be read` };
  }
}

function readKey(
  facts: ExplainFacts,
  namespace = '',
  { name = '', key, field }: SecretKeySelector & { readonly field: string },
): string | undefined {
  const reference: FieldReference = { kind: 'Secret', namespace, name, key, field };
  return facts.readAssets([reference]).readText(reference);
}

function listPlaces(ruler: ThanosRuler, facts: ExplainFacts): SentTo[] {
  const { spec, metadata } = ruler;
  if (spec.alertmanagersConfig === undefined)
    return (spec.alertmanagersUrl ?? []).map((url, at) => findPlace(url, `spec.alertmanagersUrl[${at}]`, facts));
  const field = 'spec.alertmanagersConfig';
  const text = readKey(facts, metadata.namespace, { ...spec.alertmanagersConfig, field });
  const addresses = text === undefined ? undefined : listStatic(text);
  if (addresses === undefined) return [makePlace(field, 'the Secret was not found, or cannot be read')];
  return addresses.map((address) => findPlace(address, field, facts));
}

const makePlace = (field: string, unknown: string | undefined): SentTo => ({
  ...{ field, service: undefined, pods: [], addresses: [], rules: [], unknown },
});

/** The addresses in a configuration in Thanos' words; undefined when it is none. */
function listStatic(text: string): string[] | undefined {
  try {
    const config = parseYaml(text);
    const entries = isJsonObject(config) ? config['alertmanagers'] : undefined;
    return (Array.isArray(entries) ? (entries as unknown[]) : []).flatMap((entry) => {
      const listed = isJsonObject(entry) ? entry['static_configs'] : undefined;
      return (Array.isArray(listed) ? (listed as unknown[]) : []).filter((one) => typeof one === 'string');
    });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `dnssrv+http://_web._tcp.alertmanager-operated.monitoring.svc:9093`: the Service's name and namespace. */
const serviceHost =
  /^(?:\w+\+)?(?:https?:\/\/)?(?:[^@/]*@)?(?:_[\w-]+\._(?:tcp|udp)\.)?([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc(?:\.[\w.-]+)?)?(?::\d+)?(?:\/|$)/;

function findPlace(address: string, field: string, facts: ExplainFacts): SentTo {
  const [, name, namespace] = serviceHost.exec(address) ?? [];
  if (name === undefined || namespace === undefined) return makePlace(field, 'it is no Service of the cluster');
  const service = facts.cluster.service.get(namespace, name);
  if (service === undefined && !/\.svc\b/.test(address)) return makePlace(field, 'it is no Service of the cluster');
  const pods = service && facts.cluster.pod.list(namespace).filter((pod) => selectsPod(service, pod));
  return { ...makePlace(field, undefined), service: { namespace, name }, pods: pods ?? [], addresses: [] };
}
