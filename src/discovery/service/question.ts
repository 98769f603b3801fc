import type { ServedForm } from '../../core/served/choose-form.ts';

/** Whose targets of a job are asked for. */
export type Share = { readonly shard: number } | { readonly node: string };

/** What a Prometheus asks for: the targets of one job (docs/adr/0011-discovery-service.md, "The protocol"). */
export interface Question {
  readonly form: ServedForm;
  /** "prometheuses/monitoring/main". */
  readonly workload: string;
  readonly share: Share;
  readonly job: string;
}

/** One name for each question. */
export function nameQuestion({ form, workload, share, job }: Question): string {
  return 'node' in share
    ? `/v1/${form}/${workload}/nodes/${share.node}/jobs/${job}`
    : `/v1/${form}/${workload}/shards/${share.shard}/jobs/${job}`;
}

const pattern =
  /^\/v1\/(?<form>final|kept)\/(?<workload>(?:prometheuses|prometheusagents)\/[^/]+\/[^/]+)\/(?:shards\/(?<shard>\d{1,9})|nodes\/(?<node>[^/]+))\/jobs\/(?<job>.+)$/;

/** @param path of a URL, with its percent signs. Undefined for what is no question. */
export function parseQuestion(path: string): Question | undefined {
  try {
    const { form, workload = '', shard, node = '', job = '' } = pattern.exec(path)?.groups ?? {};
    if (form !== 'final' && form !== 'kept') return undefined;
    const share = shard === undefined ? { node: decodeURIComponent(node) } : { shard: Number(shard) };
    return { form, workload: decodeURIComponent(workload), share, job: decodeURIComponent(job) };
  } catch {
    // A percent sign that begins nothing.
    return undefined;
  }
}
