import { createTimeoutSignal, sleep } from '../base/clock.ts';
import type { Clock } from '../base/clock.ts';
import { describeError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { createEmptyGroup, createPlainGroup } from '../core/targets/plain-groups.ts';
import type { HttpSdConfig } from '../core/targets/sd-config.ts';
import type { TargetGroup } from '../core/targets/target-group.ts';
import type { Discoverer } from './discoverer.ts';
import { readGroupList } from './group-list.ts';
import type { DiscoveryMetrics } from './metrics.ts';
import type { HttpFetch } from './http-client/http-fetch.ts';
import { httpTimeoutMs } from './limits.ts';

export interface HttpDiscovererOptions {
  readonly config: HttpSdConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Asks as the configuration's HTTP client block says. */
  readonly fetch: HttpFetch;
  /** The job that asked first, for metrics. */
  readonly job: string;
  readonly metrics: Pick<DiscoveryMetrics, 'countHttpFailure'>;
}

/** Asks an HTTP endpoint for target groups at every refresh interval; while it fails, the last answer holds. */
export function createHttpDiscoverer(options: HttpDiscovererOptions): Discoverer {
  const { config, clock, logger, job, metrics } = options;
  let hasAnswer = false;
  return {
    isIdle: () => hasAnswer,
    isComplete: () => hasAnswer,
    run: async (send, signal) => {
      let count = 0;
      while (!signal.aborted) {
        try {
          const groups = await fetchGroups(options, signal);
          const gone = Array.from({ length: Math.max(0, count - groups.length) }, (_, index) =>
            createEmptyGroup(`${config.url}:${groups.length + index}`),
          );
          count = groups.length;
          send([...groups, ...gone]);
        } catch (error) {
          if (!isAborted(signal)) {
            metrics.countHttpFailure(job);
            logger.error('Cannot fetch targets', { url: withoutUser(config.url), error: describeError(error) });
          }
        }
        hasAnswer = true;
        await sleep(clock, config.refreshIntervalMs, signal).catch(() => undefined);
      }
    },
  };
}

/** Prometheus takes no other: a page of a proxy must not take all targets away. */
const contentType = /^application\/json(?:;\s*charset=(?:"utf-8"|utf-8))?$/i;

async function fetchGroups({ config, fetch }: HttpDiscovererOptions, signal: AbortSignal): Promise<TargetGroup[]> {
  const headers = {
    accept: 'application/json',
    'x-prometheus-refresh-interval-seconds': String(config.refreshIntervalMs / 1000),
  };
  const answer = await fetch(config.url, {
    headers,
    signal: AbortSignal.any([signal, createTimeoutSignal(httpTimeoutMs)]),
  });
  if (answer.status !== 200) throw new Error(`The server answered ${answer.status} instead of 200`);
  const type = answer.headers['content-type']?.trim() ?? '';
  if (!contentType.test(type)) throw new Error(`The answer is "${type}" and not application/json`);
  const groups = readGroupList(JSON.parse(answer.text));
  return groups.map((group, index) => createPlainGroup(`${config.url}:${index}`, group, { __meta_url: config.url }));
}

/** Asked anew each time: an await may have come between. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** A URL may carry a password. */
function withoutUser(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}
