import { listSome } from '../../../base/list-some.ts';
import { workloadKinds } from '../../kinds/registry.ts';
import type { WorkloadKind, WorkloadObject } from '../../kinds/kind.ts';
import type { AlertmanagerCase } from '../alertmanager-case.ts';
import { makeStep } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';
import { readSending } from '../read-sending.ts';
import { leadsTo } from '../sending.ts';
import type { Sender } from '../sending.ts';

/** Which workloads that evaluate rules send their alerts to it. */
export function judgeSenders(one: AlertmanagerCase): Step {
  const { view, facts } = one;
  const object = view.name;
  const all = workloadKinds
    .filter(({ selects }) => selects.includes('PrometheusRule'))
    .flatMap((workloadKind) =>
      facts.instancesOf(workloadKind).map((instance) => asSender(one, workloadKind, instance)),
    );
  const sending = all.filter((sender) => sends(sender, one));
  const compared = 'what evaluates rules, and finds its Pods by spec.alerting';
  if (sending.length > 0) {
    const found = listSome(sending.map((sender) => showObject(sender.view.name)));
    return makeStep('senders', 'pass', { reason: 'SendersFound', object, compared, found });
  }
  const found =
    all.length === 0 ? 'there is none' : `none of ${listSome(all.map((sender) => showObject(sender.view.name)))}`;
  const way = { namespace: object.namespace, name: 'alertmanager-operated', port: 'web' };
  return makeStep('senders', 'warn', {
    reason: 'NoSenders',
    object,
    compared,
    found,
    fixes: [advise(all[0]?.view.name ?? object, `name it in spec.alerting.alertmanagers: ${JSON.stringify(way)}`)],
  });
}

function asSender({ facts }: AlertmanagerCase, workloadKind: WorkloadKind, object: WorkloadObject): Sender {
  const { namespace = '', name = '' } = object.metadata;
  return { facts, workloadKind, view: { name: { kind: workloadKind.type.kind, namespace, name }, object } };
}

function sends(sender: Sender, { view }: AlertmanagerCase): boolean {
  const sending = readSending(sender);
  return !('problem' in sending) && sending.places.some((place) => leadsTo(place, view.name));
}
