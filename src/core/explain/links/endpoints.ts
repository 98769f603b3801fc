import { listSome } from '../../../base/list-some.ts';
import type { PodObject } from '../../targets/groups/discovered-objects.ts';
import type { JobCase } from '../case.ts';
import { kubernetesOf, makeStep, passLinks, plural } from '../case.ts';
import type { Step } from '../model.ts';
import { keyOf } from '../../../api/meta.ts';
import { hasEnded } from '../services.ts';
import { adviseOnPods, diagnoseEndpoints } from './endpoints-diagnosis.ts';
import { describeChoice, listChosen } from './label-choice.ts';

const readyLabels = [
  '__meta_kubernetes_endpointslice_endpoint_conditions_ready',
  '__meta_kubernetes_endpoint_ready',
  '__meta_kubernetes_pod_ready',
];

/** Whether there are addresses to scrape, and whether those behind them are ready. */
export function judgeEndpoints(one: JobCase): Step {
  const { candidates, name: object, loaded } = one;
  if (kubernetesOf(loaded) === undefined || one.kind === 'Probe')
    return makeStep('endpoints', 'skipped', {
      reason: 'NotFromEndpoints',
      object,
      compared: 'targets need no endpoints',
    });
  const reached = passLinks(candidates, 'objects', 'port');
  const passed = passLinks(reached, 'endpoints');
  if (passed.length === 0) return explainMissing(one, reached.length);
  const isReady = passed.map(({ discovered }) =>
    readyLabels.map((label) => discovered.get(label) ?? '').find((value) => value !== ''),
  );
  const unready = isReady.filter((value) => value === 'false').length;
  const counts = { selected: passed.length, total: reached.length };
  const compared = `${plural(passed.length, 'address')} behind the chosen port`;
  if (unready === passed.length)
    return makeStep('endpoints', 'warn', {
      reason: 'EndpointsNotReady',
      object,
      compared,
      found: 'none is ready: scraped all the same, most likely in vain',
      counts,
    });
  return makeStep('endpoints', 'pass', {
    reason: 'EndpointsReady',
    object,
    compared,
    found: unready === 0 ? 'all ready' : `${passed.length - unready} ready, ${unready} not`,
    counts,
  });
}

function explainMissing(one: JobCase, ended: number): Step {
  const choice = describeChoice(one);
  const object = one.name;
  if (choice === undefined)
    return makeStep('endpoints', 'fail', {
      reason: 'NoEndpoints',
      object,
      compared: 'addresses of the discovered objects',
      found: 'the objects have no address or port',
    });
  const chosen = one.kind === 'PodMonitor' ? (one.pods ?? listChosen(choice)) : listChosen(choice);
  if (ended > 0) return explainEnded(one, ended);
  return one.kind === 'ServiceMonitor' ? diagnoseEndpoints(one, chosen) : explainPods(one, chosen);
}

/** Every candidate was dropped because its Pod has ended. */
function explainEnded(one: JobCase, ended: number): Step {
  const pods = [...new Set(one.candidates.map(({ discovered }) => discovered.get('__meta_kubernetes_pod_name') ?? ''))];
  return makeStep('endpoints', 'fail', {
    reason: 'PodsEnded',
    object: one.name,
    at: `${one.job.endpoint}.filterRunning`,
    compared: `${plural(ended, 'target')} of Pods that have ended (phase Succeeded or Failed)`,
    found: listSome(pods),
    counts: { selected: 0, total: ended },
    fixes: [
      {
        object: { kind: 'Pod', namespace: one.name.namespace, name: pods[0] ?? '' },
        change: 'manual',
        field: 'status.phase',
        path: [],
        text: 'what has ended cannot be scraped: run it as a Deployment, or push metrics of short jobs to a Pushgateway',
      },
    ],
  });
}

/** Pods without an address give no target. */
function explainPods(one: JobCase, pods: readonly PodObject[]): Step {
  const ended = pods.filter(hasEnded);
  if (ended.length === pods.length && pods.length > 0) return explainEnded(one, ended.length);
  return makeStep('endpoints', 'fail', {
    reason: 'PodsWithoutAddress',
    object: one.name,
    at: '',
    compared: `${plural(pods.length, 'Pod')} selected, none with an IP address`,
    found: listSome(pods.map((pod) => `${keyOf(pod)} is ${pod.status?.phase ?? 'not scheduled'}`)),
    counts: { selected: 0, total: pods.length },
    fixes: adviseOnPods(pods),
  });
}
