import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashAlertmanagerConfig } from '../../../../src/core/loaded/config-hash.ts';
import { readReloadMetrics } from '../../../../src/core/loaded/read-metrics.ts';

/** Of an Alertmanager 0.34.2 that runs this text. */
const config = `route: { receiver: a }
receivers:
- name: a
  webhook_configs: [{url: "http://u:p@x/"}]
# ümläut
`;
const metrics = `# HELP alertmanager_config_hash Hash of the currently loaded alertmanager configuration.
# TYPE alertmanager_config_hash gauge
alertmanager_build_info{branch="",goversion="go1.26.8",version="0.34.2"} 1
alertmanager_config_hash 1.88032017221005e+14
alertmanager_config_last_reload_success_timestamp_seconds 1.7959933983118837e+09
alertmanager_config_last_reload_successful 1
`;
const names = { reloads: 'alertmanager_config', build: 'alertmanager_build_info' };

describe('What the metrics of a program say of its reloads', () => {
  it('is when it loaded what it runs, its version and the hash of the file', () => {
    const facts = readReloadMetrics(metrics, names);
    assert.deepEqual(facts, {
      ...{ succeeded: true, loadedAt: '2026-11-29T23:03:18Z', hash: 188032017221005, version: '0.34.2' },
    });
    assert.equal(hashAlertmanagerConfig(config, {}), facts.hash);
  });

  it('is the hash of what the config-reloader has filled in, where the operator knows it', () => {
    const text = config.replace('ümläut', '$(NAME)');
    assert.equal(hashAlertmanagerConfig(text, { NAME: 'ümläut' }), 188032017221005);
    assert.equal(hashAlertmanagerConfig(text, {}), undefined);
  });

  it('is nothing where they are another program’s, or cut off', () => {
    assert.equal(readReloadMetrics('go_info 1\n', names), undefined);
    assert.equal(readReloadMetrics('alertmanager_config_last_reload_successful', names), undefined);
    assert.equal(
      readReloadMetrics(metrics.replaceAll('\nalertmanager_config_last', '\nx_alertmanager_config_last'), names),
      undefined,
    );
  });
});
