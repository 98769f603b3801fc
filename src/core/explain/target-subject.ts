import type { MonitorKind } from '../monitor.ts';
import type { LabelSet } from '../relabel/label-set.ts';
import type { TargetPool } from '../targets/target-pool.ts';
import { listCandidates } from './case.ts';
import { followMonitor } from './chain.ts';
import type { DiscoveredFindings, DiscoveredInput } from './scene.ts';
import { followAll } from './follow-scene.ts';
import { openPod, openService } from './scene.ts';
import type { Chain, ObjectName } from './model.ts';
import { SubjectNotFoundError } from './not-found.ts';
import type { WorkloadView } from './workload-view.ts';

/** A target as people copy it: a URL, or an address with its port. */
interface Wanted {
  readonly text: string;
  readonly host: string;
  readonly address: string;
  /** Undefined: any path. */
  readonly url: string | undefined;
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** @throws {SubjectNotFoundError} for what is no URL. */
function readTarget(text: string): Wanted {
  const hasScheme = /^[a-z]+:\/\//i.test(text);
  try {
    const url = new URL(hasScheme ? text : `http://${text}`);
    const port = url.port === '' ? (defaultPorts[url.protocol] ?? '80') : url.port;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isWhole = hasScheme && url.pathname !== '/';
    return { text, host, address: `${url.hostname}:${port}`, url: isWhole ? text : undefined };
  } catch {
    throw new SubjectNotFoundError(`Cannot read target "${text}": want a URL such as http://10.0.0.12:8080/metrics`);
  }
}

const jobNames: readonly (readonly [RegExp, MonitorKind])[] = [
  [/^serviceMonitor\/([^/]+)\/([^/]+)\/\d+$/, 'ServiceMonitor'],
  [/^podMonitor\/([^/]+)\/([^/]+)\/\d+$/, 'PodMonitor'],
  [/^probe\/([^/]+)\/([^/]+)$/, 'Probe'],
  [/^scrapeConfig\/([^/]+)\/([^/]+)$/, 'ScrapeConfig'],
];

/** The monitor that a job was made from; undefined for jobs that users write. */
function readJobName(job: string): (ObjectName & { kind: MonitorKind }) | undefined {
  for (const [pattern, kind] of jobNames) {
    const [, namespace, name] = pattern.exec(job) ?? [];
    if (namespace !== undefined && name !== undefined) return { kind, namespace, name };
  }
  return undefined;
}

/** Whether a discovered target has the address. */
const hasAddress = (discovered: LabelSet, { address }: Wanted): boolean => discovered.get('__address__') === address;

/** Jobs that scrape the target; failing these, jobs that discovered its address. */
function findJobs(view: WorkloadView, wanted: Wanted): { job: string; focus: (labels: LabelSet) => boolean }[] {
  if (view.findProblem() !== undefined || view.facts.hasOpen()) return [];
  return [...view.findAllTargets().pools].flatMap(([job, pool]) => {
    const found = findIn(pool, wanted);
    return found.length === 0
      ? []
      : [{ job, focus: (labels: LabelSet) => found.includes(JSON.stringify(labels.toObject())) }];
  });
}

function findIn(pool: TargetPool, wanted: Wanted): string[] {
  const all = listCandidates(pool, []);
  const scraped = all.filter(({ outcome }) => outcome.kind === 'active' && isUrl(outcome.url, wanted));
  const chosen = scraped.length > 0 ? scraped : all.filter(({ discovered }) => hasAddress(discovered, wanted));
  return chosen.map(({ discovered }) => JSON.stringify(discovered.toObject()));
}

function isUrl(url: string, wanted: Wanted): boolean {
  if (wanted.url !== undefined) return url === wanted.url;
  const { host, protocol, hostname, port } = new URL(url);
  return (
    host === wanted.address || `${hostname}:${port === '' ? (defaultPorts[protocol] ?? '') : port}` === wanted.address
  );
}

/** The chain of the job that a URL belongs to; else of the Pod or Service at that address. @throws {SubjectNotFoundError} */
export function explainTarget(input: DiscoveredInput, text: string): DiscoveredFindings {
  const wanted = readTarget(text);
  const { question, facts, views } = input;
  const subject: ObjectName = { kind: 'Target', namespace: '', name: text };
  const chains = views.flatMap((view) =>
    findJobs(view, wanted).flatMap(({ job, focus }): Chain[] => {
      const name = readJobName(job);
      const monitor = name && facts.sources[name.kind].get(name.namespace, name.name);
      if (name === undefined || monitor === undefined) return [];
      return followMonitor({ question, facts, view, kind: name.kind, monitor, name, focus }).filter(
        (one) => one.job === job,
      );
    }),
  );
  const scraped = chains.filter((chain) => chain.scraped);
  if (chains.length > 0) return { subject, chains: scraped.length > 0 ? scraped : chains };
  return { ...explainAddress(input, wanted), subject };
}

function explainAddress(input: DiscoveredInput, { text, host }: Wanted): DiscoveredFindings {
  const { pod, service } = input.facts.cluster;
  const found = pod.list().find(({ status }) => status?.podIP === host);
  if (found !== undefined) return followAll(openPod(input, found));
  const [name = '', namespace = ''] = host.split('.');
  const named = service.get(namespace, name) ?? service.list().find(({ spec }) => spec?.clusterIP === host);
  if (named !== undefined) return followAll(openService(input, named));
  throw new SubjectNotFoundError(
    `Cannot find target "${text}": no Pod has the address, and no Service the name "${host}"`,
  );
}
