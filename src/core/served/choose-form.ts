import type { Version } from '../../base/version.ts';
import type { RelabelRule } from '../relabel/rule.ts';
import type { CompiledRule } from '../relabel/compile-rules.ts';
import { compileJob } from '../targets/scrape-job.ts';
import type { LoadedJob, ScrapeJob } from '../targets/scrape-job.ts';
import type { SdConfig } from '../targets/sd-config.ts';

/**
 * In which form the targets of a job are served (docs/adr/0011-discovery-service.md). `final`: relabelled, the job needs no rules.
 * `kept`: those that the rules keep, as they were discovered; the job keeps its rules.
 */
export type ServedForm = 'final' | 'kept';

/** Values that are the same for a whole shard: the service fills them in. */
const known: ReadonlySet<string> = new Set(['SHARD', 'INZONE_SHARD', 'TOPOLOGY_ZONE', 'NODE_NAME']);

/**
 * The form in which the targets of a job can be served so that Prometheus has the same ones as with its own discovery; undefined
 * when there is none. A function of what the configuration says alone: variables such as `$(SHARD)` are not filled in.
 */
export function chooseForm({ job, discovery }: LoadedJob, version: Version): ServedForm | undefined {
  if (discovery.length === 0 || !discovery.every(isOfOwnCluster)) return undefined;
  if (hasOtherVariables([job.relabelRules, discovery])) return undefined;
  if (!mayUndoDefaults(job, version)) return 'final';
  return readsUrlOfAnswer(job.relabelRules) ? undefined : 'kept';
}

function isOfOwnCluster(config: SdConfig): boolean {
  return config.mechanism === 'kubernetes' && config.apiServer === undefined && config.kubeconfigFile === '';
}

function hasOtherVariables(parts: unknown): boolean {
  const text = JSON.stringify(parts, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return [...text.matchAll(/\$\((\w+)\)/g)].some(([, name = '']) => !known.has(name));
}

/**
 * Whether a target may come out of the rules with a label missing that Prometheus would fill in from the job where it reads the answer:
 * the job's name, path, scheme, times, parameters. In Prometheus 2 parameters of the job win over what was discovered, too.
 */
function mayUndoDefaults(job: ScrapeJob, version: Version): boolean {
  const { defaults, overrides, rules } = compileJob(job, version);
  const parameters = new Set(overrides.toMap().keys());
  const names = [...defaults[0].toMap().keys(), ...parameters];
  return rules.some(({ rule, regexp }, at) => {
    if (rule.action === 'labeldrop') return names.some((name) => regexp?.matches(name) !== false);
    if (rule.action === 'labelkeep') return !names.every((name) => regexp?.matches(name) === true);
    const written = names.filter((name) => mayWrite(rule, name));
    if (written.some((name) => parameters.has(name))) return true;
    return written.length > 0 && rule.action !== 'labelmap' && mayBeEmpty(rule) && !takesServiceName(rules, at);
  });
}

/** Whether the rule may write the label of that name. */
function mayWrite({ action, targetLabel }: RelabelRule, name: string): boolean {
  if (action === 'labelmap') return true;
  const writes = ['replace', 'hashmod', 'lowercase', 'uppercase'].includes(action);
  return writes && (targetLabel === name || (action === 'replace' && targetLabel.includes('$')));
}

/** Whether what the rule writes may be "", which takes the label away. */
function mayBeEmpty({ action, regex, replacement }: RelabelRule): boolean {
  if (action === 'hashmod') return false;
  if (action !== 'replace') return true;
  const literal = replacement.replaceAll(/\$(?:\w+|\{\w+\})/g, '');
  const takesSomething = regex === '(.+)' && /\$(?:1\b|\{1\})/.test(replacement);
  return literal === '' && !takesSomething;
}

const servicePrefix = '__meta_kubernetes_service_';
const serviceName = `${servicePrefix}name`;

/**
 * Whether a rule takes the name of the target's Service, and rules before it keep only what has a Service, by its labels: it has a name then. So are the
 * jobs of ServiceMonitors that select by labels.
 */
function takesServiceName(rules: readonly CompiledRule[], at: number): boolean {
  const { action, sourceLabels, regex, replacement } = rules[at]?.rule ?? {};
  const isCopy = action === 'replace' && regex === '(.*)' && (replacement === '$1' || replacement === '${1}');
  if (!isCopy || sourceLabels?.length !== 1 || sourceLabels[0] !== serviceName) return false;
  const before = rules.slice(0, at);
  return before.some(keepsServices) && !before.some(mayChangeService);
}

/** What has no Service has none of these labels: all of them are "". */
function keepsServices({ rule: { action, sourceLabels, separator }, regexp }: CompiledRule): boolean {
  const areOfService = sourceLabels.length > 0 && sourceLabels.every((name) => name.startsWith(servicePrefix));
  return action === 'keep' && areOfService && regexp?.matches(separator.repeat(sourceLabels.length - 1)) === false;
}

function mayChangeService({ rule: { action, targetLabel }, regexp }: CompiledRule): boolean {
  if (action === 'labeldrop') return regexp?.matches(serviceName) !== false;
  if (action === 'labelkeep') return regexp?.matches(serviceName) !== true;
  return action === 'labelmap' || targetLabel.startsWith(servicePrefix) || targetLabel.includes('$');
}

/** What `http_sd_configs` adds to each target: rules that read it would see what is not there otherwise. */
const urlOfAnswer = '__meta_url';

function readsUrlOfAnswer(rules: readonly RelabelRule[]): boolean {
  return rules.some(({ action, sourceLabels, targetLabel, regex }) => {
    if (action === 'labelmap') return !regex.startsWith('__meta_kubernetes_');
    const compared = action === 'keepequal' || action === 'dropequal' ? [targetLabel] : [];
    return [...sourceLabels, ...compared].includes(urlOfAnswer);
  });
}
