import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ThanosRulerSpec } from '../../../../../src/api/thanos-ruler.ts';
import { argsOf } from './fixtures.ts';

const key = (name: string): { name: string; key: string } => ({ name, key: `${name}.yaml` });

/** Arguments that one spec has and another has not. */
const added = (spec: ThanosRulerSpec, version?: string): string[] => {
  const plain = version === undefined ? {} : { version };
  const without = new Set(argsOf(plain));
  return argsOf({ ...plain, ...spec }).filter((one) => !without.has(one));
};

describe('arguments of a ThanosRuler', () => {
  it('have the defaults of the CRD where the API server has not filled them in', () => {
    assert.deepEqual(argsOf({}).slice(0, 4), [
      'rule',
      '--data-dir=/thanos/data',
      '--eval-interval=15s',
      '--tsdb.retention=24h',
    ]);
  });

  it('name the file of each configuration in a Secret, which wins over lists', () => {
    const spec = {
      queryConfig: key('q'),
      queryEndpoints: ['ignored'],
      alertmanagersConfig: key('a'),
      alertmanagersUrl: ['http://ignored'],
      objectStorageConfig: key('o'),
      tracingConfig: key('t'),
      alertRelabelConfigs: key('r'),
    };
    assert.deepEqual(added(spec), [
      '--query.config-file=/etc/thanos/config/query-config/q.yaml',
      '--alertmanagers.config-file=/etc/thanos/config/alertmanager-config/a.yaml',
      '--objstore.config-file=/etc/thanos/config/objstorage-config/o.yaml',
      '--tracing.config-file=/etc/thanos/config/tracing-config/t.yaml',
      '--alert.relabel-config-file=/etc/thanos/config/alertrelabel-config/r.yaml',
    ]);
    assert.ok(!argsOf(spec).some((one) => one.includes('ignored')));
  });

  it('name files of users, which win over Secrets', () => {
    const files = { objectStorageConfigFile: '/o', tracingConfigFile: '/t', alertRelabelConfigFile: '/r' };
    const secrets = { objectStorageConfig: key('o'), tracingConfig: key('t'), alertRelabelConfigs: key('r') };
    assert.deepEqual(added({ ...files, ...secrets }), [
      '--objstore.config-file=/o',
      '--tracing.config-file=/t',
      '--alert.relabel-config-file=/r',
    ]);
  });

  it('name every querier and Alertmanager', () => {
    assert.deepEqual(added({ queryEndpoints: ['a', 'b'], alertmanagersUrl: ['http://c', 'http://d'] }), [
      '--query=a',
      '--query=b',
      '--alertmanagers.url=http://c',
      '--alertmanagers.url=http://d',
    ]);
  });

  it('cannot do without queriers', () => {
    const error = { name: 'TerminalError', message: /set spec\.queryConfig or spec\.queryEndpoints/ };
    assert.throws(() => argsOf({ queryEndpoints: [] }), error);
  });

  it('name the remote-write file from Thanos 0.24 on, when there is something in it', () => {
    const remoteWrite = [{ url: 'http://receiver' }];
    const file = '--remote-write.config-file=/etc/thanos/config/remote-write-config/remote-write.yaml';
    assert.deepEqual(added({ remoteWrite }), [file]);
    assert.deepEqual(added({ remoteWrite }, '0.23.0'), []);
    assert.deepEqual(added({ remoteWrite: [] }), []);
  });

  it('write the log format also when it is the default', () => {
    assert.deepEqual(added({ logLevel: 'info', logFormat: 'logfmt' }), ['--log.format=logfmt']);
    assert.deepEqual(added({ logLevel: 'warn' }), ['--log.level=warn']);
  });

  it('sort labels and take the replica from alerts', () => {
    const args = argsOf({ labels: { b: '2', a: '1' }, alertDropLabels: ['c'] });
    assert.deepEqual(
      args.filter((one) => one.includes('label')),
      [
        '--label=thanos_ruler_replica="$(POD_NAME)"',
        '--label=a="1"',
        '--label=b="2"',
        '--alert.label-drop=thanos_ruler_replica',
        '--alert.label-drop=c',
      ],
    );
  });

  it('say where the web is served', () => {
    assert.deepEqual(added({ listenLocal: true, externalPrefix: '/x', routePrefix: '/r', alertQueryUrl: 'http://q' }), [
      '--http-address=localhost:10902',
      '--web.external-prefix=/x',
      '--web.route-prefix=/r',
      '--alert.query-url=http://q',
    ]);
  });

  it('end with the web configuration, behind those of users, from Thanos 0.21 on', () => {
    const additionalArgs = [{ name: 'more', value: '1' }];
    const last = '--http.config=/etc/thanos/web_config/web-config.yaml';
    assert.deepEqual(argsOf({ additionalArgs }).slice(-2), ['--more=1', last]);
    assert.equal(argsOf({ additionalArgs, version: 'v0.20.0' }).at(-1), '--more=1');
  });

  it('cannot be set twice', () => {
    const error = { name: 'TerminalError', message: /spec\.additionalArgs: the operator itself sets data-dir/ };
    assert.throws(() => argsOf({ additionalArgs: [{ name: 'data-dir', value: '/x' }] }), error);
  });
});
