import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import type { MetricsProvider, QueueGauges } from '../../../../src/kubernetes/workqueue/metrics.ts';
import { createRateLimitingQueue } from '../../../../src/kubernetes/workqueue/rate-limiting-queue.ts';

class RecordingProvider implements MetricsProvider {
  readonly told: string[] = [];
  name = '';
  gauges: QueueGauges | undefined;

  observeQueue(name: string, gauges: QueueGauges): ReturnType<MetricsProvider['observeQueue']> {
    this.name = name;
    this.gauges = gauges;
    return {
      observeAdd: () => this.told.push('add'),
      observeLatency: (seconds) => this.told.push(`latency ${seconds}`),
      observeWorkDuration: (seconds) => this.told.push(`work ${seconds}`),
      observeRetry: () => this.told.push('retry'),
    };
  }

  read(): unknown {
    const { gauges } = this;
    return [gauges?.depth(), gauges?.unfinishedWorkSeconds(), gauges?.longestRunningProcessorSeconds()];
  }
}

describe('queue metrics', () => {
  it('tell waiting, work and retries in seconds', async () => {
    const clock = new FakeClock();
    const metrics = new RecordingProvider();
    const queue = createRateLimitingQueue({ name: 'prometheus', clock, metrics });
    queue.add('a');
    queue.add('a');
    queue.add('b');
    assert.equal(metrics.name, 'prometheus');
    assert.deepEqual(metrics.read(), [2, 0, 0]);
    await clock.advance(1000);
    await queue.get();
    await clock.advance(2000);
    await queue.get();
    await clock.advance(500);
    assert.deepEqual(metrics.read(), [0, 3, 2.5]);
    queue.done('a');
    queue.addRateLimited('a');
    assert.deepEqual(metrics.told, ['add', 'add', 'latency 1', 'latency 3', 'work 2.5', 'retry']);
    await clock.advance(5);
    assert.deepEqual(metrics.read(), [1, 0.505, 0.505]);
  });

  it('count the wait of a key added while it was worked on from that moment', async () => {
    const clock = new FakeClock();
    const metrics = new RecordingProvider();
    const queue = createRateLimitingQueue({ name: 'test', clock, metrics });
    queue.add('a');
    await queue.get();
    queue.add('a');
    await clock.advance(1500);
    queue.done('a');
    await queue.get();
    assert.deepEqual(metrics.told, ['add', 'latency 0', 'add', 'work 1.5', 'latency 1.5']);
  });
});
