import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderAlertmanagerService } from '../../../../../src/core/render/alertmanager/alertmanager-service.ts';
import { labelPods } from '../../../../../src/core/render/alertmanager/alertmanager-labels.ts';
import { renderConfigSecret } from '../../../../../src/core/render/alertmanager/alertmanager-secret.ts';
import { makeSettings } from '../prometheus/fixtures.ts';
import { makeAlertmanager, makeWorkload } from './fixtures.ts';

describe('the generated Secret of an Alertmanager', () => {
  it('holds the configuration and the other keys of the Secret that the user wrote', () => {
    const content = { gzip: new Uint8Array([31, 139]), extraKeys: { 'a.tmpl': Buffer.from('x') } };
    const { metadata, data } = renderConfigSecret(makeWorkload(), content);
    assert.equal(metadata.name, 'alertmanager-main-generated');
    assert.deepEqual(data, { 'a.tmpl': 'eA==', 'alertmanager.yaml.gz': 'H4s=' });
  });
});

describe('the governing Service of Alertmanagers', () => {
  it('lets peers find each other before they are ready', () => {
    const all = [makeAlertmanager({}, { name: 'b' }), makeAlertmanager({ portName: 'http' }, { name: 'a' })];
    const service = renderAlertmanagerService(all, makeSettings());
    assert.equal(service?.metadata.name, 'alertmanager-operated');
    assert.equal(service.metadata.labels?.['operated-alertmanager'], 'true');
    assert.deepEqual(
      service.metadata.ownerReferences?.map(({ name }) => name),
      ['a', 'b'],
    );
    assert.deepEqual(service.spec, {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      ports: [
        { name: 'http', port: 9093, targetPort: 'http', protocol: 'TCP' },
        { name: 'tcp-mesh', port: 9094, targetPort: 'mesh-tcp', protocol: 'TCP' },
        { name: 'udp-mesh', port: 9094, targetPort: 'mesh-udp', protocol: 'UDP' },
      ],
      selector: { 'app.kubernetes.io/name': 'alertmanager' },
    });
    const labels = labelPods(makeWorkload());
    for (const [key, value] of Object.entries(service.spec.selector)) assert.equal(labels[key], value);
  });

  it('is not there when all have their own', () => {
    assert.equal(renderAlertmanagerService([makeAlertmanager({ serviceName: 'mine' })], makeSettings()), undefined);
  });
});
