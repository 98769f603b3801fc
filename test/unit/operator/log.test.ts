import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { createLog } from '../../../src/operator/log.ts';
import type { Log } from '../../../src/operator/log.ts';
import type { LogLevel } from '../../../src/operator/options/program-options.ts';

function makeLog(level: LogLevel, format: 'logfmt' | 'json' = 'logfmt'): { log: Log; read: () => string[] } {
  const stream = new PassThrough();
  const log = createLog({ level, format, stream });
  return { log, read: () => (stream.read() as Buffer | null)?.toString().trimEnd().split('\n') ?? [] };
}

/** Without the time. */
const cut = (line: string): string => line.replace(/^ts=\S+ /, '');

describe('the log', () => {
  it('has the keys of the reference in its order, and quotes what needs it', () => {
    const { log, read } = makeLog('info');
    log.logger.child({ component: 'web' }).warn('It is so', { key: 'a/b', err: 'bad "x"' });
    assert.deepEqual(read().map(cut), ['level=warn component=web msg="It is so" key=a/b err="bad \\"x\\""']);
  });

  it('is one JSON object a line when asked for', () => {
    const { log, read } = makeLog('info', 'json');
    log.logger.error('No', { tries: 3 });
    const { ts, ...rest } = JSON.parse(read()[0] ?? '') as Record<string, unknown>;
    assert.deepEqual(rest, { level: 'error', msg: 'No', tries: 3 });
    assert.match(String(ts), /^\d{4}-.*Z$/);
  });

  it('says more or less from one moment to the next, loggers made before included', () => {
    const { log, read } = makeLog('info');
    const child = log.logger.child({ component: 'web' });
    child.debug('one');
    log.setLevel('debug');
    child.debug('two');
    log.setLevel('none');
    child.error('three');
    log.setLevel('warn');
    child.info('four');
    child.warn('five');
    assert.deepEqual(
      read().map((line) => cut(line).replace(/^level=\S+ (?:component=web )?/, '')),
      ['msg="Log level was changed" to=debug', 'msg=two', 'msg=five'],
    );
    assert.equal(log.level(), 'warn');
  });

  it('goes to debug and back to what was asked for', () => {
    const { log } = makeLog('error');
    log.toggleDebug();
    assert.equal(log.level(), 'debug');
    log.toggleDebug();
    assert.equal(log.level(), 'error');
  });
});
