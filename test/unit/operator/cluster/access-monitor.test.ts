import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject, ResourceType } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import type { AccessRequest } from '../../../../src/kubernetes/access.ts';
import type { KubernetesClient } from '../../../../src/kubernetes/client/client.ts';
import { ApiError } from '../../../../src/kubernetes/client/errors.ts';
import { AccessMonitor } from '../../../../src/operator/cluster/access-monitor.ts';
import { listGrants } from '../../../../src/operator/install/access-plan.ts';
import { RecordingLogger } from '../../kubernetes/recording-logger.ts';

interface Review extends KubernetesObject {
  spec: { resourceAttributes?: AccessRequest; namespace?: string };
}

/** An API server that refuses what `denies` says. */
class Authorizer {
  denies: (request: AccessRequest) => boolean = () => false;
  /** What one review of a namespace grants; undefined: the server has no such review. */
  rules: { verbs: string[]; apiGroups: string[]; resources: string[]; resourceNames?: string[] }[] | undefined;
  asked = 0;
  fails = false;

  create(type: ResourceType, object: Review): Promise<unknown> {
    this.asked += 1;
    if (this.fails) return Promise.reject(new ApiError({ status: 500, reason: 'Test', message: 'broken' }));
    if (type.kind === 'SelfSubjectRulesReview') {
      if (this.rules === undefined)
        return Promise.reject(new ApiError({ status: 404, reason: 'Test', message: 'none' }));
      return Promise.resolve({ status: { resourceRules: this.rules } });
    }
    const request = object.spec.resourceAttributes;
    return Promise.resolve({ status: { allowed: request !== undefined && !this.denies(request) } });
  }
}

function makeHarness(namespaces: readonly string[] = []) {
  const authorizer = new Authorizer();
  const clock = new FakeClock();
  const logger = new RecordingLogger();
  const published: string[][] = [];
  const changes = { count: 0 };
  const monitor = new AccessMonitor({
    client: authorizer as unknown as KubernetesClient,
    clock,
    logger,
    grants: listGrants({ namespaces, operatorNamespace: 'stoker', assetAccess: 'watch', features: ['prometheus'] }),
    metrics: { setMissing: (requests) => published.push(requests.map(({ verb, resource }) => `${verb} ${resource}`)) },
    onChange: () => (changes.count += 1),
  });
  const end = new AbortController();
  const running = monitor.run(end.signal);
  const stop = async (): Promise<void> => {
    end.abort();
    await running;
  };
  return { authorizer, clock, logger, published, changes, monitor, stop };
}

const deniesMonitors = ({ resource }: AccessRequest): boolean => resource === 'servicemonitors';
const line = 'list, watch servicemonitors.monitoring.coreos.com (what is scraped)';

describe('the check of permissions', () => {
  it('says nothing while all is granted, and asks again after five minutes', async () => {
    const { authorizer, clock, logger, changes, monitor, stop } = makeHarness();
    await clock.advance(0);
    const once = authorizer.asked;
    assert.ok(once > 20, `${once} questions`);
    assert.deepEqual([monitor.listMissing(), logger.said, changes.count], [[], [], 0]);
    await clock.advance(299_000);
    assert.equal(authorizer.asked, once);
    await clock.advance(1000);
    assert.equal(authorizer.asked, 2 * once);
    await stop();
  });

  it('says once what is missing, and once that it is back', async () => {
    const { authorizer, clock, logger, published, changes, monitor, stop } = makeHarness();
    authorizer.denies = deniesMonitors;
    await clock.advance(0);
    assert.deepEqual(
      monitor.listMissing().map(({ message, isOfWorkloads }) => [message, isOfWorkloads]),
      [[line, true]],
    );
    assert.deepEqual(published.at(-1), ['list servicemonitors', 'watch servicemonitors']);
    await clock.advance(60_000);
    assert.deepEqual(
      logger.lines.map(({ message, fields }) => [message, fields['permission']]),
      [['Permission missing', line]],
    );
    authorizer.denies = () => false;
    await clock.advance(15_000);
    assert.deepEqual([monitor.listMissing(), published.at(-1), changes.count], [[], [], 2]);
    assert.equal(logger.said.at(-1), 'Permission is back');
    await stop();
  });

  it('asks soon after a refusal, but not at each of many', async () => {
    const { authorizer, clock, monitor, stop } = makeHarness();
    await clock.advance(0);
    const once = authorizer.asked;
    authorizer.denies = deniesMonitors;
    for (let refusal = 0; refusal < 100; refusal += 1) monitor.noteRefusal();
    await clock.advance(5000);
    assert.equal(authorizer.asked, 2 * once);
    assert.equal(monitor.listMissing().length, 1);
    await stop();
  });

  it('keeps what it knows while the server cannot be asked', async () => {
    const { authorizer, clock, monitor, logger, stop } = makeHarness();
    authorizer.denies = deniesMonitors;
    await clock.advance(0);
    authorizer.fails = true;
    await clock.advance(60_000);
    assert.equal(monitor.listMissing().length, 1);
    assert.equal(logger.lines.filter(({ level }) => level === 'warn').length, 1);
    await stop();
  });

  it('asks one question a namespace where that answers all, and the rest one by one', async () => {
    const { authorizer, clock, monitor, stop } = makeHarness(['shop', 'pay']);
    await clock.advance(0);
    authorizer.rules = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];
    authorizer.asked = 0;
    await clock.advance(300_000);
    assert.equal(authorizer.asked, 2);
    authorizer.rules = [
      { verbs: ['*'], apiGroups: ['', 'apps', 'events.k8s.io'], resources: ['*'] },
      { verbs: ['list', 'watch'], apiGroups: ['monitoring.coreos.com'], resources: ['*'], resourceNames: ['one'] },
    ];
    authorizer.denies = ({ resource, namespace }) => resource === 'servicemonitors' && namespace === 'pay';
    monitor.noteRefusal();
    await clock.advance(5000);
    assert.deepEqual(
      monitor.listMissing().map(({ message }) => message),
      ['list, watch servicemonitors.monitoring.coreos.com in namespace "pay" (what is scraped)'],
    );
    await stop();
  });
});
