import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import type { ReadFile } from '../../../../src/core/prometheus-config/config-files.ts';
import { loadPrometheusConfig } from '../../../../src/core/prometheus-config/load-config.ts';
import type { LoadedConfig } from '../../../../src/core/prometheus-config/load-config.ts';

const newest = Version.parse('3.14.0');

/** Loads /etc/p/prometheus.yml with other files beside it, by their patterns. */
function load(text: string, files: Readonly<Record<string, readonly ReadFile[]>> = {}, version = newest): LoadedConfig {
  return loadPrometheusConfig(text, version, { folder: '/etc/p', expand: (pattern) => files[pattern] ?? [] });
}

const jobs = (...names: readonly string[]): string =>
  `scrape_configs:\n${names.map((name) => `- job_name: ${name}\n`).join('')}`;

describe('scrape_config_files', () => {
  it('add their jobs behind those of the main file, with its globals', () => {
    const { jobs: found, scrapeConfigFiles } = load(
      `global: {scrape_interval: 15s}\nscrape_config_files: [jobs/*.yml, /abs/x.yml]\n${jobs('main')}`,
      {
        '/etc/p/jobs/*.yml': [
          { path: '/etc/p/jobs/a.yml', text: jobs('a1', 'a2') },
          { path: '/etc/p/jobs/b.yml', text: '' },
        ],
        '/abs/x.yml': [{ path: '/abs/x.yml', text: jobs('x') }],
      },
    );
    assert.deepEqual(
      found.map(({ job }) => [job.jobName, job.scrapeIntervalMs]),
      ['main', 'a1', 'a2', 'x'].map((name) => [name, 15_000]),
    );
    assert.deepEqual(scrapeConfigFiles, ['/etc/p/jobs/*.yml', '/abs/x.yml']);
  });

  const included = (text: string) => ({ '/etc/p/f.yml': [{ path: '/etc/p/f.yml', text }] });
  const refused: readonly (readonly [string, string, string])[] = [
    [
      'a name that the main file has',
      jobs('main'),
      'found multiple scrape configs with job name "main", first found in main config file',
    ],
    ['a name twice', jobs('a', 'a'), 'found multiple scrape configs with job name "a"'],
    ['another section', 'global: {}', 'field global not found in type config.ScrapeConfigs'],
    [
      'a fault in a job',
      'scrape_configs: [{job_name: a, scrape_interval: 1s, scrape_timeout: 2s}]',
      'scrape timeout greater than scrape interval',
    ],
  ];
  for (const [what, text, message] of refused) {
    it(`are refused with their path for ${what}`, () => {
      assert.throws(
        () => load(`scrape_config_files: [f.yml]\n${jobs('main')}`, included(text)),
        (error: Error) => error.message.startsWith('"/etc/p/f.yml": ') && error.message.includes(message),
      );
    });
  }

  it('have a star in the last part of their path alone', () => {
    assert.throws(() => load('scrape_config_files: ["scrape_configs/*/*"]'), {
      message: 'invalid scrape config file path "scrape_configs/*/*"',
    });
  });

  it('are unknown before Prometheus 2.43', () => {
    assert.throws(() => load('scrape_config_files: [a.yml]', {}, Version.parse('2.42.0')), {
      message: 'field scrape_config_files not found in type config.plain',
    });
  });
});

describe('paths in a configuration', () => {
  it('start in the folder of the file that they stand in', () => {
    const job = `
scrape_configs:
- job_name: NAME
  file_sd_configs: [{files: [targets/*.json, /abs/t.yml]}]
  http_sd_configs:
  - url: http://x/sd
    basic_auth: {username: u, password_file: pw}
    tls_config: {ca_file: ca.pem, cert_file: /c.pem, key_file: k.pem}
    http_headers: {X: {files: [h]}}
  kubernetes_sd_configs: [{role: pod, kubeconfig_file: kube}]`;
    const { jobs: found } = load(`scrape_config_files: [more/j.yml]${job.replace('NAME', 'a')}`, {
      '/etc/p/more/j.yml': [{ path: '/etc/p/more/j.yml', text: job.replace('NAME', 'b') }],
    });
    const paths = found.map(({ discovery }) =>
      discovery.map((config) => {
        if (config.mechanism === 'file') return config.files;
        if (config.mechanism === 'http') return config.httpClient;
        return config.mechanism === 'kubernetes' ? config.kubeconfigFile : undefined;
      }),
    );
    const expected = (folder: string) => [
      [`${folder}/targets/*.json`, '/abs/t.yml'],
      {
        basic_auth: { username: 'u', password_file: `${folder}/pw` },
        tls_config: { ca_file: `${folder}/ca.pem`, cert_file: '/c.pem', key_file: `${folder}/k.pem` },
        http_headers: { X: { files: [`${folder}/h`] } },
      },
      `${folder}/kube`,
    ];
    assert.deepEqual(paths, [expected('/etc/p'), expected('/etc/p/more')]);
  });
});
