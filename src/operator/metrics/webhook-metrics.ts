import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { ReviewObserver } from '../../webhook/app.ts';

/** Metrics of the webhook; the reference has none. */
export function createWebhookMetrics(registry: Registry): ReviewObserver {
  const reviews = new Counter({
    name: 'stoker_webhook_reviews_total',
    help: 'Reviews by path and result: allowed, denied, converted, invalid (no review, or one that cannot be read) or error',
    labelNames: ['path', 'result'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'stoker_webhook_review_duration_seconds',
    help: 'Time a review took, its reading included',
    labelNames: ['path'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  return {
    observeReview({ path, result, seconds }) {
      reviews.inc({ path, result });
      duration.observe({ path }, seconds);
    },
  };
}
