import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import { listReplicas } from '../../core/loaded/expected-replicas.ts';
import { nameSplitSecret } from '../../core/render/prometheus/job-file-secrets.ts';
import { selectWorkload } from '../../core/render/prometheus/prometheus-labels.ts';
import { configKey } from '../../core/render/prometheus/prometheus-paths.ts';
import { routePrefixOf } from '../../core/render/prometheus/prometheus-workload.ts';
import { lookAtPrometheus } from './look-at-prometheus.ts';
import type { Subject } from './subject.ts';
import { digestData, listWrites, readPacked, readRules } from './written-config.ts';
import type { KnownDigests, Revisions, Write } from './written-config.ts';

/** On which every Prometheus of the operator's serves. */
const webPort = 9090;

export function describePrometheus(desired: DesiredPrometheus): Subject {
  const { workload } = desired;
  const { spec, form } = workload;
  const isOpenEnded = form === 'DaemonSet';
  return {
    ...{ workload, isOpenEnded, container: 'prometheus', podLabels: selectWorkload(workload) },
    web: {
      port: webPort,
      prefix: routePrefixOf(spec).replace(/\/$/, ''),
      isSecure: spec.web?.tlsConfig !== undefined,
      isLocal: spec.listenLocal === true,
    },
    // In a DaemonSet each Pod has the targets of its node alone.
    scraped: isOpenEnded ? undefined : desired,
    listReplicas: (pods) => listReplicas(workload, pods),
    readRevisions: (known) => readRevisions(desired, known),
    look: lookAtPrometheus,
  };
}

/** Prometheus prints the main part of its configuration, without secrets, and its rules: files with jobs it does not. */
function readRevisions(desired: DesiredPrometheus, known: KnownDigests): Revisions | undefined {
  if (desired.config === undefined) return undefined;
  const { workload } = desired;
  const writes = listWrites(desired);
  const jobFiles = `${nameSplitSecret(workload)}-`;
  const isJobFile = ({ object }: Write): boolean => object.metadata.name?.startsWith(jobFiles) === true;
  const main = writes.find((write) => !isJobFile(write) && isMain(write));
  if (main === undefined) return undefined;
  const config = readPacked(main, configKey, known);
  const files = writes.filter(isJobFile).map((write) => digestData(write, known));
  const unprovenRevision = [config.revision, ...files].join(' ');
  const source = { format: 'prometheus', ownLabels: new Set<string>() } as const;
  const rules = workload.server === undefined ? undefined : readRules(desired, source, known);
  return { revision: `${unprovenRevision} ${rules?.revision ?? ''}`, unprovenRevision, config, rules };
}

const isMain = ({ object }: Write): boolean => Object.hasOwn(object.data ?? {}, configKey);
