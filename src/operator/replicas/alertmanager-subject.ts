import type { DesiredAlertmanager } from '../../core/desired/desired-alertmanager.ts';
import { listPlainReplicas } from '../../core/loaded/expected-replicas.ts';
import { webPort } from '../../core/render/alertmanager/alertmanager-container.ts';
import { selectPods } from '../../core/render/alertmanager/alertmanager-labels.ts';
import { configKey } from '../../core/render/alertmanager/alertmanager-paths.ts';
import { countReplicas, routePrefixOf, webSchemeOf } from '../../core/render/alertmanager/alertmanager-workload.ts';
import { lookAtAlertmanager } from './look-at-alertmanager.ts';
import type { Subject } from './subject.ts';
import { listWrites, readPacked } from './written-config.ts';
import type { KnownDigests, Revisions } from './written-config.ts';

export function describeAlertmanager(desired: DesiredAlertmanager): Subject {
  const { workload } = desired;
  const { spec } = workload;
  return {
    ...{ workload, isOpenEnded: false, container: 'alertmanager', podLabels: selectPods(workload) },
    web: {
      port: webPort,
      prefix: routePrefixOf(spec).replace(/\/$/, ''),
      isSecure: webSchemeOf(workload) === 'https',
      isLocal: spec.listenLocal === true,
    },
    scraped: undefined,
    listReplicas: (pods) => listPlainReplicas(workload, countReplicas(spec), pods),
    readRevisions: (known) => readRevisions(desired, known),
    look: lookAtAlertmanager,
  };
}

/** The hash of the file that runs is told: secrets count, too. */
function readRevisions(desired: DesiredAlertmanager, known: KnownDigests): Revisions | undefined {
  const { configSecret } = desired.workload.names;
  const main = listWrites(desired).find(({ object }) => object.metadata.name === configSecret);
  if (main === undefined) return undefined;
  const config = readPacked(main, configKey, known);
  return { revision: config.revision, unprovenRevision: '', config, rules: undefined };
}
