import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { parseDuration } from '../../src/base/durations.ts';
import { Version } from '../../src/base/version.ts';
import { parseYaml } from '../../src/base/yaml.ts';
import { LabelSet } from '../../src/core/relabel/label-set.ts';
import { relabelDefaults } from '../../src/core/relabel/rule.ts';
import { buildTarget } from '../../src/core/targets/build-target.ts';
import { compileJob } from '../../src/core/targets/scrape-job.ts';
import { itAgreesWithFolder } from './case-folder.ts';
import type { NameScheme } from '../../src/core/relabel/label-names.ts';
import type { RelabelAction, RelabelRule } from '../../src/core/relabel/rule.ts';
import type { ScrapeJob } from '../../src/core/targets/scrape-job.ts';

type Labels = Readonly<Record<string, string>>;

interface Input {
  /** Recorded from a struct: what is absent was zero, no defaults are meant. */
  readonly scrape_config: string;
  readonly targetLabels: Labels;
  readonly groupLabels: Labels | null;
}

interface Expected {
  readonly error: string | null;
  readonly result: Labels;
}

interface RecordedConfig {
  readonly job_name?: string;
  readonly scrape_interval?: string;
  readonly scrape_timeout?: string;
  readonly metrics_path?: string;
  readonly scheme?: string;
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly metric_name_validation_scheme?: NameScheme;
  readonly convert_classic_histograms_to_nhcb?: boolean;
  readonly relabel_configs?: readonly Readonly<Record<string, unknown>>[];
}

function toRule(recorded: Readonly<Record<string, unknown>>): RelabelRule {
  const { source_labels, target_label, modulus, ...rest } = recorded;
  const { separator, regex, replacement, action } = rest as Record<string, string>;
  return {
    ...relabelDefaults,
    action: action as RelabelAction,
    separator: separator ?? relabelDefaults.separator,
    regex: regex ?? relabelDefaults.regex,
    replacement: replacement ?? relabelDefaults.replacement,
    sourceLabels: (source_labels ?? []) as string[],
    targetLabel: (target_label ?? '') as string,
    modulus: BigInt((modulus ?? 0) as number),
  };
}

function toJob(recorded: RecordedConfig): ScrapeJob {
  return {
    jobName: recorded.job_name ?? '',
    scrapeIntervalMs: parseDuration(recorded.scrape_interval ?? '0s'),
    scrapeTimeoutMs: parseDuration(recorded.scrape_timeout ?? '0s'),
    metricsPath: recorded.metrics_path ?? '',
    scheme: recorded.scheme ?? '',
    params: new Map(Object.entries(recorded.params ?? {})),
    relabelRules: (recorded.relabel_configs ?? []).map(toRule),
    nameScheme: recorded.metric_name_validation_scheme ?? 'utf8',
    keepDroppedTargets: 0,
    targetLimit: 0,
    convertClassicHistogramsToNhcb: recorded.convert_classic_histograms_to_nhcb ?? false,
    alwaysScrapeClassicHistograms: false,
    scrapeNativeHistograms: false,
  };
}

describe('target building', () => {
  itAgreesWithFolder<Input, Expected>('populate-labels', ({ input, expect }) => {
    const job = compileJob(toJob(parseYaml(input.scrape_config) as RecordedConfig), Version.parse('3.14.0'));
    const target = LabelSet.from(input.targetLabels);
    const outcome = buildTarget(
      job,
      { source: '', labels: LabelSet.from(input.groupLabels ?? {}), targets: [target] },
      target,
    );
    const { error } = expect;
    if (error === null) assert.notEqual(outcome.kind, 'failed', JSON.stringify(outcome));
    else assert.equal(outcome.kind === 'failed' ? outcome.message : outcome.kind, error);
    assert.deepEqual(outcome.kind === 'active' ? outcome.labels.toObject() : {}, expect.result);
  });
});
