import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prometheusType } from '../../../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../../../src/api/service-monitor.ts';
import { RejectionReporter } from '../../../../src/controllers/workload/rejections.ts';
import { RemarkReporter } from '../../../../src/controllers/workload/remarks.ts';
import type { Rejection } from '../../../../src/core/rejection.ts';
import { describeRejection } from '../../../../src/core/rejection.ts';
import { judgeSync } from '../../../../src/core/status/conditions.ts';
import { renderEvent } from '../../../../src/kubernetes/events/render-event.ts';
import type { EventObject } from '../../../../src/kubernetes/events/event-series.ts';
import { RecordingLogger } from '../../kubernetes/recording-logger.ts';

const workload = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: prometheusType.kind,
  metadata: { namespace: 'monitoring', name: 'main' },
};
const object = { metadata: { namespace: 'shop', name: 'cart' } };

/** A value as long as the API server takes one, of characters of four bytes. */
const endless = '🦭'.repeat(300_000);
const rejection: Rejection = {
  reason: 'InvalidValue',
  field: 'spec.endpoints[0].interval',
  message: `Cannot use "${endless}"`,
};

/** Reporters, and the Events as they would be sent. */
function makeReporting() {
  const sent: EventObject[] = [];
  const logger = new RecordingLogger();
  const context = { reportingInstance: 'pod', now: 0, random: () => 0 };
  const events = {
    record: (record: Parameters<typeof renderEvent>[0]) => void sent.push(renderEvent(record, context)),
  };
  return { sent, logger, options: { events, logger, reportingController: 'prometheus-controller' } };
}

describe('messages without end', () => {
  it('are cut to what an Event may have, with the object and the field in front', () => {
    const { sent, options } = makeReporting();
    new RejectionReporter(options).report(workload, [{ type: serviceMonitorType, object, rejection }]);
    new RemarkReporter(options).refuse(workload, rejection);
    assert.deepEqual(
      sent.map(({ note }) => [Buffer.byteLength(note) <= 1024, note.includes('\ufffd'), note.endsWith('...')]),
      [
        [true, false, true],
        [true, false, true],
      ],
    );
    assert.match(sent[0]?.note ?? '', /^"shop\/cart" was rejected .*: spec\.endpoints\[0\]\.interval: Cannot use "🦭/);
    assert.match(sent[1]?.note ?? '', /^The last good configuration stays in place: spec\.endpoints\[0\]\.interval: /);
  });

  it('are bounded in log, bindings and conditions', () => {
    const { logger, options } = makeReporting();
    new RejectionReporter(options).report(workload, [{ type: serviceMonitorType, object, rejection }]);
    const isBounded = (text: string): boolean => Buffer.byteLength(text) <= 4096 && !text.includes('\ufffd');
    assert.ok(isBounded(describeRejection(rejection)), 'bindings');
    assert.ok(isBounded(judgeSync({ kind: 'failed', message: endless }).message), 'the condition Reconciled');
    assert.ok(JSON.stringify(logger.lines).length < 8192, 'the log');
  });

  it('stay as they are when they are short', () => {
    assert.equal(describeRejection({ reason: 'InvalidValue', field: 'b', message: 'c' }), 'b: c');
    assert.equal(judgeSync({ kind: 'failed', message: 'x'.repeat(4096) }).message, 'x'.repeat(4096));
  });
});
