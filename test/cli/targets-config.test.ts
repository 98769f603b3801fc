import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { invoke } from './invoke.ts';
import { write, answer } from './targets-files.ts';

describe('stoker targets --config', () => {
  it('--config takes a prometheus.yml, with the files that it names beside it', async () => {
    const config = write(
      'p/prometheus.yml',
      'scrape_config_files: [jobs/*.yml]\nscrape_configs: [{job_name: static, static_configs: [{targets: ["a:1"]}]}]',
    );
    write('p/jobs/files.yml', 'scrape_configs: [{job_name: files, file_sd_configs: [{files: ["*.json"]}]}]');
    write('p/jobs/t.json', '[{"targets": ["b:2"], "labels": {"x": "y"}}]');
    const found = await answer('--config', config);
    assert.deepEqual(
      found.activeTargets.map(({ scrapePool, scrapeUrl }) => [scrapePool, scrapeUrl]),
      [
        ['files', 'http://b:2/metrics'],
        ['static', 'http://a:1/metrics'],
      ],
    );
  });

  it('-o metrics prints what Prometheus itself would count', async () => {
    const text = `scrape_configs:
- {job_name: ok, target_limit: 1, static_configs: [{targets: ["a:1", "b:1"]}]}
- {job_name: bad, static_configs: [{targets: ["a:1"]}], relabel_configs: [{target_label: __address__, replacement: a/b}]}
- {job_name: none, consul_sd_configs: [{server: x}], file_sd_configs: [{files: [broken.json]}]}`;
    write('m/broken.json', '{');
    const { code, stdout } = await invoke('targets', '--config', write('m/p.yml', text), '-o', 'metrics');
    assert.equal(code, 0);
    const expected = [
      '# TYPE prometheus_sd_failed_configs gauge',
      'prometheus_sd_failed_configs{name="scrape"} 1',
      'prometheus_sd_discovered_targets{name="scrape",config="ok"} 2',
      'prometheus_sd_file_read_errors_total 1',
      'prometheus_target_scrape_pools_total 3',
      'prometheus_target_scrape_pool_targets{scrape_job="ok"} 2',
      'prometheus_target_scrape_pool_target_limit{scrape_job="ok"} 1',
      'prometheus_target_scrape_pool_targets{scrape_job="bad"} 0',
    ];
    const lines = stdout.split('\n');
    for (const line of expected) assert.ok(lines.includes(line), `${line}\n${stdout}`);
    assert.match(stdout, /^prometheus_target_sync_failed_total\{scrape_job="bad"\} [1-9]/m);
  });

  it('says what discovery could not do, and goes on with the rest', async () => {
    const config = write(
      'partly.yml',
      'scrape_configs: [{job_name: c, consul_sd_configs: [{server: x}], static_configs: [{targets: ["a:1"]}]}]',
    );
    const found = await answer('--config', config);
    assert.equal(found.activeTargets.length, 1);
    assert.match(
      found.notes.join('\n'),
      /Cannot create service discovery, type consul, config c, error Cannot discover with consul/,
    );
  });

  it('--prometheus-version decides about behaviour', async () => {
    const config = write('port.yml', 'scrape_configs: [{job_name: j, static_configs: [{targets: [a]}]}]');
    const [old, now] = [
      await answer('--config', config, '--prometheus-version', 'v2.53.0'),
      await answer('--config', config),
    ];
    assert.deepEqual(
      [old, now].map(({ activeTargets }) => activeTargets[0]?.scrapeUrl),
      ['http://a:80/metrics', 'http://a/metrics'],
    );
  });

  it('a configuration that Prometheus refuses ends with 1 and its verdict', async () => {
    const config = write('bad.yml', 'scrape_configs: [{job_name: j, scrape_interval: 1s, scrape_timeout: 2s}]');
    const { code, stdout, stderr } = await invoke('targets', '--config', config);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(
      stderr,
      /refuses .*bad\.yml: scrape timeout greater than scrape interval for scrape config with job name "j"\n$/,
    );
  });

  it('a cluster that is away ends with 1 and its address, at once', async () => {
    const config = write('k8s.yml', 'scrape_configs: [{job_name: j, kubernetes_sd_configs: [{role: pod}]}]');
    const { code, stderr } = await invoke('targets', '--config', config, '--server', 'http://127.0.0.1:1');
    assert.equal(code, 1);
    assert.match(stderr, /^stoker: Cannot reach the API server at "http:\/\/127\.0\.0\.1:1": .*ECONNREFUSED/);
  });

  it('a cluster that gives no answer ends with 1 after --request-timeout', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const { code, stderr } = await invoke('targets', '--server', url, '--request-timeout', '300ms');
    silent.close();
    assert.equal(code, 1);
    assert.ok(stderr.includes(url) && stderr.includes('no answer within 300ms'), stderr);
  });
});
