import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PrometheusRule } from '../../src/api/prometheus-rule.ts';
import { readManifests } from '../../src/cli/manifests.ts';
import type { SeriesReader } from '../../src/core/check/reader.ts';
import { readWorld } from '../../src/core/check/readers.ts';
import { supposeManifests } from '../../src/core/explain/suppose-manifests.ts';
import { completeManifest, readSources } from '../../src/core/manifests/sources.ts';
import { defaultPromqlOptions } from '../../src/core/promql/types.ts';
import { countVerdicts, describeMiss, judgeRuleSeries, listMisses } from '../../src/core/rule-series/rule-coverage.ts';
import type { JudgedRule } from '../../src/core/rule-series/rule-coverage.ts';
import { listSplits } from '../../src/core/rule-series/rule-splits.ts';
import { listRuleTexts } from '../../src/core/rule-series/rule-texts.ts';
import { defaultSettings } from '../../src/operator/default-settings.ts';
import { sharedFolder, skipWithoutShared } from '../shared-material.ts';

/** docs/rules.md holds what is known of the rules of kube-prometheus: `UPDATE_GOLDEN=1` rewrites its table. */
const page = fileURLToPath(new URL('../../docs/rules.md', import.meta.url));
const table = /(<!-- kube-prometheus -->)[\s\S]*(<!-- \/kube-prometheus -->)/;
const path = 'real/kube-prometheus/input';

interface Group {
  readonly object: string;
  readonly name: string;
  readonly judged: readonly JudgedRule[];
  /** How many of the rules two shards would evaluate wrongly. */
  readonly split: number;
}

function judgeGroups(): Group[] {
  const settings = defaultSettings();
  const manifests = readManifests([join(sharedFolder, path)]).map(completeManifest);
  const { readers } = readWorld(manifests, { settings, discover: (all) => supposeManifests(all, settings).cluster });
  const series = readers.find(({ openSeries }) => openSeries !== undefined)?.openSeries?.();
  assert.ok(series !== undefined, 'the manifests hold a Prometheus');
  return readSources(manifests)
    .sources.PrometheusRule.list()
    .flatMap((object) => judgeObject(object, series));
}

function judgeObject(object: PrometheusRule, { spec, sources, judge }: SeriesReader): Group[] {
  const options = defaultPromqlOptions;
  const all = listRuleTexts(object, spec, options);
  return (object.spec.groups ?? []).map(({ name }, at) => {
    const rules = all.filter(({ field }) => field.startsWith(`spec.groups[${at}].`));
    const split = listSplits({ rules, spec: { ...spec, shards: 2 }, sources, options }).length;
    return { object: object.metadata.name ?? '', name, judged: judgeRuleSeries(rules, judge, options), split };
  });
}

function describeUnknown(judged: readonly JudgedRule[]): string {
  return [...new Set(judged.flatMap(({ coverage }) => coverage?.unknown ?? []))].join('; ');
}

function renderRow({ object, name, judged, split }: Group): string {
  const { possible, unknown, impossible } = countVerdicts(judged);
  const misses = listMisses(judged).map(({ selector, miss }) => `${selector.text}: ${describeMiss(miss)}`);
  const why = [...new Set(misses), ...(unknown > 0 ? [describeUnknown(judged)] : [])].join('; ');
  const cells = [
    object,
    name,
    judged.length,
    possible + unknown + impossible,
    possible,
    impossible,
    unknown,
    split,
    why,
  ];
  return `| ${cells.join(' | ')} |`;
}

function renderTable(groups: readonly Group[]): string {
  const all = groups.flatMap(({ judged }) => judged);
  const { possible, unknown, impossible } = countVerdicts(all);
  const total = possible + unknown + impossible;
  const split = groups.reduce((sum, group) => sum + group.split, 0);
  return [
    `${all.length} rules in ${groups.length} groups with ${total} selectors: ${possible} possible, ${impossible} impossible, ${unknown} unknown. ${split} of the rules would be named if the Prometheus had two shards (column split).`,
    '',
    '| PrometheusRule | group | rules | selectors | possible | impossible | unknown | split | why |',
    '|---|---|---|---|---|---|---|---|---|',
    ...groups.map(renderRow),
  ].join('\n');
}

describe('docs/rules.md', () => {
  it('holds the rules of kube-prometheus', { skip: skipWithoutShared(path) }, () => {
    const groups = judgeGroups();
    const text = readFileSync(page, 'utf8');
    const wanted = text.replace(table, (_, from: string, to: string) => `${from}\n${renderTable(groups)}\n${to}`);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(page, wanted);
    assert.equal(wanted, readFileSync(page, 'utf8'));
    assert.ok(groups.every(({ judged }) => judged.every(({ coverage }) => coverage !== undefined)));
    assert.ok(groups.length > 20);
  });
});
