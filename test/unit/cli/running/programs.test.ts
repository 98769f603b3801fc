import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openPrograms } from '../../../../src/cli/running/programs.ts';
import { readAtMost } from '../../../../src/kubernetes/client/read-at-most.ts';
import { FakeServer } from '../../kubernetes/client/fake-server.ts';

const question = {
  workload: { kind: 'Alertmanager', namespace: 'monitoring', name: 'main' },
  pods: [{ namespace: 'monitoring', name: 'alertmanager-main-0', shard: 0 }],
  web: { scheme: 'http', port: '9093', prefix: '' },
} as const;

describe('a program at a URL', () => {
  const server = new FakeServer();
  before(() => server.start());
  after(() => server.stop());

  const get = (path: string, signal = new AbortController().signal): Promise<unknown> => {
    const [program] = openPrograms(question, { urls: [`${server.config.server}/am/`], signal });
    return program?.get(path) ?? Promise.reject(new Error('no program'));
  };

  it('answers in the place of the Pods, below the path of the URL', async () => {
    server.script = [(response) => response.end('{"a":1}')];
    assert.deepEqual(await get('/api/v2/status'), { a: 1 });
    assert.deepEqual(server.lines, ['GET /am/api/v2/status']);
    server.script = [(response) => response.end('up 1\n')];
    assert.equal(await get('/metrics'), 'up 1\n');
  });

  it('fails with its status, without an answer, and when nobody wants it any more', async () => {
    server.script = [(response) => response.writeHead(503).end('no')];
    await assert.rejects(get('/x'), { message: `${server.config.server}/am/x gives status 503` });
    server.script = [(response) => response.destroy()];
    await assert.rejects(get('/x'));
    server.script = [() => undefined];
    await assert.rejects(get('/x', AbortSignal.abort(new Error('over'))), { message: 'over' });
  });
});

describe('programs of a workload', () => {
  it('are none without a cluster and without a URL', () => {
    assert.deepEqual(openPrograms(question, { signal: new AbortController().signal }), []);
  });
});

describe('readAtMost', () => {
  it('reads texts up to the bound, cut anywhere, and no longer ones', async () => {
    let read = 0;
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      for (const byte of Buffer.from('grün')) {
        read += 1;
        yield await Promise.resolve(Uint8Array.of(byte));
      }
    };
    assert.equal(await readAtMost(chunks(), 5), 'grün');
    read = 0;
    await assert.rejects(readAtMost(chunks(), 2), { message: 'Cannot read the answer: it is longer than 2 bytes' });
    assert.equal(read, 3);
  });
});
