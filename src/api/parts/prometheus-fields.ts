import type { ObjectOf } from '../schema.ts';
import { podFields } from './pod-fields.ts';
import { enforcementFields } from './prometheus-enforcement.ts';
import { globalScrapeFields } from './prometheus-scrape.ts';
import { selectionFields } from './prometheus-selection.ts';
import { serverFields } from './prometheus-server.ts';
import { shardFields } from './prometheus-shards.ts';
import { workloadFields } from './workload.ts';

/** The fields of Prometheus that PrometheusAgent has too. */
export const commonPrometheusFields = {
  ...selectionFields,
  ...globalScrapeFields,
  ...enforcementFields,
  ...shardFields,
  ...serverFields,
  ...podFields,
  ...workloadFields,
};

/** What Prometheus and PrometheusAgent have in common. */
export type CommonPrometheusFields = ObjectOf<typeof commonPrometheusFields>;
