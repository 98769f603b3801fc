import { listSome } from '../../../base/list-some.ts';
import type { KubernetesObject } from '../../../api/meta.ts';
import { keyOf } from '../../../api/meta.ts';
import type { Role } from '../../targets/groups/discovered-objects.ts';
import type { SdConfig } from '../../targets/sd-config.ts';
import { JobMeter, describeSharing, judgeSharing } from '../../targets/judge-sharing.ts';
import type { JobCase } from '../case.ts';
import { kubernetesOf, makeStep, plural } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';
import { showSelector } from '../selector-clauses.ts';
import { describeChoice, listChosen, listInside, showPlaces } from './label-choice.ts';
import { diagnoseSelection } from './selection-diagnosis.ts';

/** Which objects of the cluster the monitor selects. */
export function judgeObjects(one: JobCase): Step {
  const choice = describeChoice(one);
  if (choice === undefined) return judgeDiscovery(one);
  const { what, selector, objects, places } = choice;
  const chosen = listChosen(choice);
  const total = listInside(objects, places).length;
  const compared = `${chosen.length} of ${plural(total, what)} in ${showPlaces(places)} match${chosen.length === 1 ? 'es' : ''} ${showSelector(selector)}`;
  if (chosen.length === 0) return diagnoseSelection(one, choice, compared);
  return makeStep('objects', 'pass', {
    reason: 'ObjectsMatch',
    object: one.name,
    at: choice.at,
    compared,
    found: `${listSome(chosen.map(keyOf))}${describeWaste(one)}`,
    counts: { selected: chosen.length, total },
  });
}

/** Where it would be better that the API server selects; "" otherwise. What other jobs share with this one is not known here. */
function describeWaste({ loaded, pool }: JobCase): string {
  const [block] = judgeSharing([new JobMeter().measure(loaded, pool)]);
  return block?.advice === 'select' ? `; ${describeSharing(block)}` : '';
}

/** Static targets, or a mechanism that asks something else than the cluster. */
function judgeDiscovery(one: JobCase): Step {
  const { loaded, name: object, candidates } = one;
  const given = loaded.discovery.flatMap((config) => (config.mechanism === 'static' ? config.groups : []));
  const addresses = given.flatMap(({ targets }) => targets);
  const at = object.kind === 'Probe' ? 'spec.targets.staticConfig.static' : 'spec';
  if (addresses.length > 0)
    return makeStep('objects', 'pass', {
      reason: 'TargetsGiven',
      object,
      at,
      compared: `${plural(addresses.length, 'target')} in ${showObject(object)}`,
      found: listSome(addresses),
      counts: { selected: addresses.length, total: addresses.length },
    });
  const foreign = loaded.discovery.filter(
    (config) => config.mechanism !== 'static' && config.mechanism !== 'kubernetes',
  );
  const kubernetes = kubernetesOf(loaded);
  if (kubernetes !== undefined) return judgeRole(one, kubernetes.role, kubernetes.namespaces.names);
  if (foreign.length > 0 && candidates.length === 0)
    return makeStep('objects', 'unknown', {
      reason: 'DiscoveredElsewhere',
      object,
      compared: `targets come from ${foreign.map(nameMechanism).join(', ')}`,
      found: 'only Prometheus itself can ask there',
    });
  return makeStep('objects', 'fail', {
    reason: 'NoTargetsGiven',
    object,
    at,
    compared: `${showObject(object)} names no targets`,
    found: `${at} is empty`,
    fixes: [
      advise(object, `list targets in ${object.kind === 'Probe' ? at : 'spec.staticConfigs'} of ${showObject(object)}`),
    ],
  });
}

const nameMechanism = (config: SdConfig): string => (config.mechanism === 'foreign' ? config.name : config.mechanism);

function judgeRole({ name: object, facts }: JobCase, role: Role, names: readonly string[] | undefined): Step {
  const places = role === 'node' || names === undefined || names.length === 0 ? undefined : names;
  const all: readonly KubernetesObject[] = listInside<KubernetesObject>(facts.cluster[role], places);
  const compared = `discovers role ${role} in ${showPlaces(places)}`;
  const found =
    all.length === 0
      ? `there is none${facts.isOffline ? ' among the files' : ''}`
      : `${plural(all.length, 'object')}: ${listSome(all.map(keyOf))}`;
  const at = 'spec.kubernetesSDConfigs[0]';
  const counts = { selected: all.length, total: all.length };
  if (all.length > 0)
    return makeStep('objects', 'pass', { reason: 'ObjectsMatch', object, at, compared, found, counts });
  return makeStep('objects', facts.isOffline ? 'unknown' : 'fail', {
    reason: 'NoObjectMatches',
    object,
    at,
    compared,
    found,
    counts,
    fixes: [advise(object, `look in namespaces that have objects of role ${role}`)],
  });
}
