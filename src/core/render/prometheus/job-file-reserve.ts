import { largestReserveRatio, leastJobFileReserve } from '../../limits.ts';
import type { ObjectMeta } from '../../../api/meta.ts';
import type { StatefulSet } from '../shared/rendered-objects.ts';
import type { JobFile } from './config/job-files.ts';
import { nameSplitSecret } from './job-file-secrets.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

/** The StatefulSets of the workload, those of retained shards among them. */
function listOwn({ owner }: PrometheusWorkload, live: readonly StatefulSet[]): StatefulSet[] {
  const { namespace, uid } = owner.metadata;
  return live.filter(
    ({ metadata }) =>
      metadata.namespace === namespace &&
      (metadata.ownerReferences ?? []).some((one) => one.controller === true && one.uid === uid),
  );
}

/** How many Secrets with jobs the pods of a set mount, those that are not there yet among them; 0: all jobs are in one Secret. */
function countMounted(workload: PrometheusWorkload, { spec }: StatefulSet): number {
  const sources = spec.template.spec.volumes?.find(({ name }) => name === 'config')?.projected?.sources ?? [];
  const [main, ...files] = sources;
  return main?.secret?.name === nameSplitSecret(workload) ? files.length : 0;
}

/**
 * The reserve of names that the running sets of a workload have; 0 when their configuration is one Secret.
 * @param live StatefulSets of the namespace
 */
export function readJobFileReserve(workload: PrometheusWorkload, live: readonly StatefulSet[]): number {
  return Math.max(0, ...listOwn(workload, live).map((set) => countMounted(workload, set)));
}

/**
 * How many names of Secrets pods mount: twice as many as halving has given numbers to, so that the number of jobs may double
 * until pods must restart, and they restart before any job is in a Secret that they do not mount. One that is larger stays as it is, unless it
 * is by far too large.
 * @param live the reserve that running sets have
 */
export function chooseReserve(files: readonly JobFile[], live: number): number {
  const numbers = 2 ** Math.max(0, ...files.map(({ depth }) => depth));
  const wanted = Math.max(leastJobFileReserve, 2 * numbers);
  return live >= wanted && live <= Math.max(leastJobFileReserve, largestReserveRatio * numbers) ? live : wanted;
}

/**
 * Whether every pod runs with the configuration in its present form: what belongs to the other form is needed no more.
 * @param live StatefulSets of the namespace
 * @param isSplit the present form
 */
export function areAllInForm(workload: PrometheusWorkload, live: readonly StatefulSet[], isSplit: boolean): boolean {
  return listOwn(workload, live).every(
    (set) => countMounted(workload, set) > 0 === isSplit && isRolledOut(set.metadata, set.status),
  );
}

/** The status of a set that was made anew may count the generations of the one before: the controller never goes back. */
function isRolledOut({ generation = 0 }: ObjectMeta, status: StatefulSet['status']): boolean {
  const { observedGeneration = 0, updateRevision, currentRevision } = status ?? {};
  return observedGeneration >= generation && updateRevision !== undefined && updateRevision === currentRevision;
}
