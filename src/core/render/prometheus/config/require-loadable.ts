import type { Interruptible } from '../../../../base/interruptible.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { monitorKinds } from '../../../monitor.ts';
import type { MonitorKind } from '../../../monitor.ts';
import { InvalidFieldError } from '../../../findings.ts';
import type { Fragments } from './fragment.ts';
import { LoadCheck } from './load-check.ts';
import type { ConfigInput, RenderedConfig } from './prometheus-config.ts';
import { nameSection } from './section-fields.ts';

const field = 'spec.additionalScrapeConfigs';

/** By what the names of their jobs begin with. */
const kinds: Readonly<Record<string, MonitorKind>> = Object.fromEntries(
  monitorKinds.map((kind) => [kind.charAt(0).toLowerCase() + kind.slice(1), kind]),
);

/** The monitor whose job has that name, if names alone say so: "serviceMonitor/NAMESPACE/NAME/INDEX". */
function isJobOf(jobName: string, fragments: Fragments): boolean {
  const [prefix = '', namespace = '', name = '', index, ...rest] = jobName.split('/');
  const kind = Object.hasOwn(kinds, prefix) ? kinds[prefix] : undefined;
  if (kind === undefined || rest.length > 0) return false;
  const hasIndex = kind === 'ServiceMonitor' || kind === 'PodMonitor';
  const monitor = fragments[kind].find(({ key }) => key === `${kind}/${namespace}/${name}`);
  return monitor !== undefined && (hasIndex ? isBelow(index, monitor.jobs) : index === undefined);
}

const isBelow = (index: string | undefined, jobs: number): boolean =>
  index !== undefined && /^(?:0|[1-9]\d*)$/.test(index) && Number(index) < jobs;

/**
 * Jobs of users must be right by themselves, and their names must be nobody else's.
 * @throws {InvalidFieldError} for the first that is not, without the values in it: it stands in a Secret.
 */
function* requireAdditionalJobs(
  jobs: readonly YamlFields[],
  check: LoadCheck,
  isMonitorJob: (name: string) => boolean,
): Interruptible<void> {
  const seen = new Set<string>();
  for (const [index, job] of jobs.entries()) {
    const name = typeof job['job_name'] === 'string' ? job['job_name'] : '';
    check.requireJob(job, { field, what: name === '' ? `job ${index}` : `job "${name}"`, secret: true });
    const other = seen.has(name) ? 'another one of them' : isMonitorJob(name) ? 'that of a monitor' : undefined;
    if (other !== undefined) {
      const message = `Cannot use job name "${name}": it is also that of ${other.replace(/^that of /, '')}`;
      throw new InvalidFieldError({ reason: 'InvalidConfiguration', field, message });
    }
    seen.add(name);
    yield;
  }
}

/**
 * What is not of monitors must be what Prometheus takes, before any of it is published; each monitor's jobs were looked at
 * when it was selected.
 * @throws {InvalidFieldError} naming the field of the workload.
 */
export function* requireLoadable(
  { workload, context, fragments, caches }: Pick<ConfigInput, 'workload' | 'context' | 'fragments' | 'caches'>,
  { sections, additionalJobs }: RenderedConfig,
): Interruptible<void> {
  const check = new LoadCheck(context, caches.regexps);
  check.requireSections(sections, (path) => nameSection(path, workload));
  yield* requireAdditionalJobs(additionalJobs, check, (name) => isJobOf(name, fragments));
}
