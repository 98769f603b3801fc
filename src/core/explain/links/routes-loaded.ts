import { listSome } from '../../../base/list-some.ts';
import { isJsonObject } from '../../../base/json.ts';
import { parseYaml } from '../../../base/yaml.ts';
import type { AlertmanagerConfig } from '../../../api/alertmanager-config.ts';
import { prefixOf } from '../../render/alertmanager/config/config-fragment.ts';
import { makeStep, plural, showProblems, skipUnasked } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';
import { RoutingView } from '../routing-view.ts';
import { isNamed } from './used.ts';
import type { UseCase } from './used.ts';

/** Whether every replica of the Alertmanager has loaded the receivers of the object (/api/v2/status). */
export function judgeRoutesLoaded(one: UseCase): Step {
  const { view, facts, name } = one;
  const object = view.name;
  if (!facts.asks.alertmanagers) return skipUnasked('loaded', object);
  const replicas = new RoutingView(view.object, facts).askReplicas();
  const loaded = replicas.flatMap(({ name: replica, config }) => {
    const names = config === undefined ? undefined : listReceivers(config);
    return names === undefined ? [] : [{ replica, names }];
  });
  const wanted = listWanted(one);
  const compared = `${plural(wanted.length, 'receiver')} of ${showObject(name)} in the configuration in force (/api/v2/status)`;
  if (loaded.length === 0) {
    const found = showProblems(replicas);
    return makeStep('loaded', 'unknown', { reason: 'ReplicaUnreachable', object, compared, found });
  }
  const lacking = loaded.filter(({ names }) => wanted.some((receiver) => !names.has(receiver)));
  const counts = { selected: loaded.length - lacking.length, total: loaded.length };
  const [first] = lacking;
  if (first === undefined) {
    const found = listSome(loaded.map(({ replica }) => replica));
    return makeStep('loaded', 'pass', { reason: 'Loaded', object, compared, found, counts });
  }
  const missing = wanted.filter((receiver) => !first.names.has(receiver));
  const log = `kubectl logs ${first.replica} -c config-reloader -n ${object.namespace}`;
  return makeStep('loaded', 'fail', {
    reason: 'NotLoaded',
    object,
    compared,
    found: `${first.replica} does not have ${listSome(missing)}`,
    counts,
    fixes: [advise(object, `see what keeps it from loading: ${log}`)],
  });
}

/** An object that the workload names is the configuration itself: its names have no prefix. */
function listWanted(one: UseCase): string[] {
  const config = one.monitor as AlertmanagerConfig;
  const prefix = isNamed(one) ? '' : prefixOf(config);
  return (config.spec.receivers ?? []).map(({ name }) => prefix + name);
}

/** Names in a configuration that an Alertmanager tells; undefined for what cannot be read. */
function listReceivers(text: string): ReadonlySet<string> | undefined {
  try {
    const config = parseYaml(text);
    const all = isJsonObject(config) ? config['receivers'] : undefined;
    const named = (Array.isArray(all) ? (all as unknown[]) : []).filter(isJsonObject);
    return new Set(named.flatMap(({ name }) => (typeof name === 'string' ? [name] : [])));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
