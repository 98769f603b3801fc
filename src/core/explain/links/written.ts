import type { AssetObject } from '../../assets/store.ts';
import { thanosRulerKind } from '../../kinds/thanos-ruler.ts';
import { nameRuleConfigMap } from '../../render/rules/config-maps.ts';
import { makeStep, plural, skipUnasked } from '../case.ts';
import { advise } from '../fixes.ts';
import { isUnread } from '../facts.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';
import { startOfRuleFile } from '../rule-replicas.ts';
import { renderRuleText } from '../rule-text.ts';
import type { UseCase } from './used.ts';

/** Whether the ConfigMaps of the workload hold the rules as the operator writes them (docs/reference/rendering.md 3.9). */
export function judgeWritten(one: UseCase): Step {
  const { view, facts, name } = one;
  const object = view.name;
  if (facts.isOffline || !facts.asks.replicas) return skipUnasked('written', object);
  const maps = listConfigMaps(one);
  const held = findFile(one, maps);
  const compared = `${showObject(name)} in ${plural(maps.length, 'ConfigMap')} of ${showObject(view.name)}`;
  if (held === undefined && isUnread(facts, 'ConfigMap'))
    return makeStep('written', 'unknown', {
      reason: 'RuleFileMissing',
      object,
      compared,
      found: 'ConfigMaps could not be read',
    });
  const fixes = [advise(object, "see the operator's log and the events of the workload: kubectl describe")];
  if (held === undefined)
    return makeStep('written', 'fail', { reason: 'RuleFileMissing', object, compared, found: 'none has it', fixes });
  const found = `ConfigMap ${held.configMap} key ${held.key}`;
  if (held.text === renderRuleText(one))
    return makeStep('written', 'pass', { reason: 'RuleFileWritten', object, compared, found });
  return makeStep('written', 'warn', {
    reason: 'RuleFileOutdated',
    object,
    compared,
    found: `${found} has another version of it`,
    fixes,
  });
}

/** They are numbered from 0 without a gap. */
function listConfigMaps({ view, workloadKind, facts }: UseCase): AssetObject[] {
  const format = workloadKind.type.kind === thanosRulerKind.type.kind ? 'thanos' : 'prometheus';
  const { namespace, name } = view.name;
  const found: AssetObject[] = [];
  for (;;) {
    const next = nameRuleConfigMap(format, name, found.length);
    const asset = facts.findAsset({ kind: 'ConfigMap', namespace, name: next });
    if (asset === undefined) return found;
    found.push(asset);
  }
}

interface HeldFile {
  readonly configMap: string;
  readonly key: string;
  readonly text: string;
}

function findFile(one: UseCase, maps: readonly AssetObject[]): HeldFile | undefined {
  const { uid } = one.monitor.metadata;
  const start = startOfRuleFile(one);
  for (const { metadata, data = {} } of maps)
    for (const [key, text] of Object.entries(data))
      if (uid === undefined ? key.startsWith(start) : key === `${start}${uid}.yaml`)
        return { configMap: metadata.name ?? '', key, text };
  return undefined;
}
