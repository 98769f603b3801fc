import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderRulerService } from '../../../../../src/core/render/thanos-ruler/ruler-service.ts';
import { makeSettings } from '../prometheus/fixtures.ts';
import { makeRuler } from './fixtures.ts';

describe('the governing Service of ThanosRulers', () => {
  it('has the ports of the first, and belongs to all that use it', () => {
    const all = [makeRuler({ portName: 'http' }, { name: 'b', uid: 'b' }), makeRuler({}, { name: 'a', uid: 'a' })];
    const service = renderRulerService(all, makeSettings());
    assert.equal(service?.metadata.name, 'thanos-ruler-operated');
    assert.equal(service.metadata.labels?.['operated-thanos-ruler'], 'true');
    assert.deepEqual(
      service.metadata.ownerReferences?.map(({ kind, name }) => `${kind}/${name}`),
      ['ThanosRuler/a', 'ThanosRuler/b'],
    );
    assert.deepEqual(service.spec, {
      clusterIP: 'None',
      ports: [
        { name: 'web', port: 10902, targetPort: 'web', protocol: 'TCP' },
        { name: 'grpc', port: 10901, targetPort: 'grpc', protocol: 'TCP' },
      ],
      selector: { 'app.kubernetes.io/name': 'thanos-ruler' },
    });
  });

  it('finds the port by its name, or by its number when it has none', () => {
    const portOf = (portName: string): unknown =>
      renderRulerService([makeRuler({ portName })], makeSettings())?.spec.ports?.[0];
    assert.deepEqual(portOf('http'), { name: 'http', port: 10902, targetPort: 'http', protocol: 'TCP' });
    assert.deepEqual(portOf(''), { name: 'web', port: 10902, targetPort: 10902, protocol: 'TCP' });
  });

  it('is not made when all have their own', () => {
    assert.equal(renderRulerService([makeRuler({ serviceName: 'mine' })], makeSettings()), undefined);
  });
});
