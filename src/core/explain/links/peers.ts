import type { AlertmanagerCase } from '../alertmanager-case.ts';
import { makeStep, plural, showProblems, skipUnasked } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';

/** Whether the replicas run and see each other (`cluster` of /api/v2/status). */
export function judgePeers({ view, facts, replicas, expected }: AlertmanagerCase): Step {
  const object = view.name;
  if (!facts.asks.alertmanagers) return skipUnasked('peers', object);
  const seen = replicas.flatMap(({ name, cluster }) => (cluster === undefined ? [] : [{ name, ...cluster }]));
  const compared = `${plural(expected, 'replica')} wanted (spec.replicas)`;
  if (seen.length === 0) {
    const found = showProblems(replicas, 'none runs');
    return makeStep('peers', 'unknown', { reason: 'PeersUnknown', object, compared, found });
  }
  if (seen.length < expected) return explainFewer(object, { compared, running: seen.length, expected });
  const alone = seen.find(({ peers }) => peers.length < seen.length);
  if (expected === 1) return makeStep('peers', 'pass', { reason: 'SinglePeer', object, compared, found: 'it runs' });
  const selected = seen.filter(({ peers }) => peers.length >= seen.length).length;
  const shared = { object, compared, counts: { selected, total: seen.length } };
  if (alone === undefined)
    return makeStep('peers', 'pass', { reason: 'PeersTogether', ...shared, found: 'each sees all the others' });
  return makeStep('peers', 'fail', {
    reason: 'PeersSplit',
    ...shared,
    found: `${alone.name} sees ${Math.max(alone.peers.length - 1, 0)} of ${seen.length - 1} others (cluster is ${alone.status})`,
    fixes: [
      advise(
        object,
        'let the Pods reach each other at port 9094 by TCP and UDP (NetworkPolicy, clusterTLS, service mesh)',
      ),
    ],
  });
}

interface Fewer {
  readonly compared: string;
  readonly running: number;
  readonly expected: number;
}

const explainFewer = (object: AlertmanagerCase['view']['name'], { compared, running, expected }: Fewer): Step =>
  makeStep('peers', 'warn', {
    reason: 'PeersMissing',
    object,
    at: 'spec.replicas',
    compared,
    found: `${running} answers`,
    counts: { selected: running, total: expected },
    fixes: [advise(object, `see why: kubectl get pods -n ${object.namespace} -l alertmanager=${object.name}`)],
  });
