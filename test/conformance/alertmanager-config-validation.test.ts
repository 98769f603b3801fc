import { listFindings } from '../../src/core/findings.ts';
import assert from 'node:assert/strict';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { Version } from '../../src/base/version.ts';
import { AssetStore } from '../../src/core/assets/store.ts';
import { RegexpCache } from '../../src/core/relabel/regexp-cache.ts';
import { checkAlertmanagerConfig } from '../../src/core/select/alertmanager-config/check-alertmanager-config.ts';
import { describeCases } from './cases.ts';

interface Input {
  readonly alertmanagerConfig: KubernetesObject;
}

/** The cases leave out what is in the Secrets. */
const needsCluster = new Set(['SecretNotFound', 'ConfigMapNotFound']);

for (const version of ['v1alpha1', 'v1beta1']) {
  describeCases<Input, never>(`alertmanagerconfig-validation-${version}`, ({ input, error }) => {
    const object = { ...input.alertmanagerConfig, apiVersion: `monitoring.coreos.com/${version}` };
    const scope = {
      assets: new AssetStore({ secrets: [], configMaps: [] }),
      regexps: new RegexpCache(),
      version: Version.parse('3.0.0'),
      namespace: object.metadata.namespace ?? '',
    };
    const found = listFindings(checkAlertmanagerConfig(object, scope)).filter(
      ({ reason }) => !needsCluster.has(reason),
    );
    const texts = found.map(({ field, message }) => `${field}: ${message}`);
    assert.equal(texts.length > 0, error !== null, `reference: ${error ?? 'accepted'}; ours: ${texts.join('; ')}`);
  });
}
