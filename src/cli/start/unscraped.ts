import type { KubernetesObject, ObjectMeta } from '../../api/meta.ts';
import { apiVersionOf } from '../../api/meta.ts';
import { podMonitorType } from '../../api/pod-monitor.ts';
import { probeType } from '../../api/probe.ts';
import { scrapeConfigType } from '../../api/scrape-config.ts';
import { serviceMonitorType } from '../../api/service-monitor.ts';
import { explainLive } from '../explain/live.ts';
import type { Io } from '../io.ts';

const monitorTypes = [serviceMonitorType, podMonitorType, probeType, scrapeConfigType];

/** A monitor that is not scraped, or not in full. */
export interface Unscraped {
  /** The answer of `stoker explain`, in a sentence. */
  readonly summary: string;
  /** The command that says more. */
  readonly command: string;
}

/** Asks, for each monitor among the objects, what `stoker explain` asks of the cluster of a kubeconfig. */
export async function listUnscraped(
  objects: readonly KubernetesObject[],
  kubeconfig: string,
  io: Io,
): Promise<Unscraped[]> {
  const found: Unscraped[] = [];
  for (const { kind, apiVersion, metadata } of objects) {
    const type = monitorTypes.find((one) => one.kind === kind && apiVersionOf(one) === apiVersion);
    if (type !== undefined) found.push(...(await ask(type.kind, metadata, { kubeconfig, io })));
  }
  return found;
}

async function ask(
  kind: string,
  { namespace = 'default', name = '' }: ObjectMeta,
  { kubeconfig, io }: { readonly kubeconfig: string; readonly io: Io },
): Promise<Unscraped[]> {
  const subject = { kind: kind as 'ServiceMonitor', namespace, name };
  const flags = { kubeconfig, output: 'text', requestTimeout: '10s' };
  const { explanation } = await explainLive(() => ({ subject }), flags, io);
  const { verdict, summary } = explanation;
  if (verdict === 'Scraped') return [];
  return [{ summary, command: `npx stoker explain ${kind.toLowerCase()} ${name} -n ${namespace}` }];
}
