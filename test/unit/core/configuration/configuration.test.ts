import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from '../../../../src/base/interruptible.ts';
import { findConfigurationChange } from '../../../../src/core/configuration/changed-sources.ts';
import { listJobSources } from '../../../../src/core/configuration/configuration.ts';
import { findParts } from '../../../../src/core/configuration/find-parts.ts';
import type { FoundParts, PartQuery } from '../../../../src/core/configuration/find-parts.ts';
import { writeChange } from '../../../../src/core/configuration/write-change.ts';
import { renderStack, secretValues, stack } from './rendered-stack.ts';

const rendered = renderStack(stack);

function find(kind: string, query: Partial<PartQuery> = {}): FoundParts {
  const all: PartQuery = { text: '', isSeen: () => true, from: 0, atMost: 100, ...query };
  return complete(findParts(rendered.find(kind), { assets: rendered.assets, texts: new WeakMap() }, all));
}

const textOf = ({ parts }: FoundParts): string =>
  parts.flatMap(({ lines }) => lines.map(({ text }) => text)).join('\n');
const titlesOf = ({ parts }: FoundParts): string[] => parts.map(({ title }) => title);

/** The field behind the first line that holds a text. */
function originOf(found: FoundParts, text: string): string | undefined {
  const line = found.parts.flatMap(({ lines }) => lines).find((one) => one.text.includes(text));
  return (
    line?.origin &&
    `${line.origin.object.kind} ${line.origin.object.namespace}/${line.origin.object.name} ${line.origin.at}`.trim()
  );
}

describe('a configuration that is shown', () => {
  it('has sections and jobs, each with who asked for it', () => {
    const found = find('Prometheus');
    assert.deepEqual(titlesOf(found).slice(-3), [
      'additional jobs',
      'ServiceMonitor shop/cart',
      'PodMonitor pay/worker',
    ]);
    assert.ok(titlesOf(found).includes('global'));
    assert.deepEqual([found.jobs, found.leftOut], [3, 0]);
    const cart = 'ServiceMonitor shop/cart';
    assert.equal(originOf(found, '- job_name: serviceMonitor/shop/cart/1'), `${cart} spec.endpoints[1]`);
    assert.equal(originOf(found, 'scrape_interval: 15s'), `${cart} spec.endpoints[0].interval`);
    assert.equal(originOf(found, 'regex: canary'), `${cart} spec.endpoints[0].relabelings[0]`);
    assert.equal(originOf(found, 'scrape_interval: 45s'), 'Prometheus monitoring/main spec.scrapeInterval');
    assert.equal(originOf(found, '- url: https://writer'), 'Prometheus monitoring/main spec.remoteWrite[0]');
    assert.equal(originOf(found, 'honor_labels'), undefined, 'nobody asked for it');
  });

  it('holds nothing that comes from a Secret', () => {
    for (const kind of ['Prometheus', 'Alertmanager']) {
      const text = JSON.stringify(find(kind));
      for (const value of secretValues) assert.ok(!text.includes(value), `${kind} ${value}`);
    }
    assert.match(textOf(find('Prometheus')), /username: <secret>\n.*password: <secret>/);
    assert.match(textOf(find('Prometheus')), /# 1 job: what a Secret holds is not shown/);
  });

  it('is searched as it is shown: what is masked is not found', () => {
    for (const text of secretValues) assert.equal(find('Prometheus', { text }).found, 0, text);
    assert.deepEqual(titlesOf(find('Prometheus', { text: 'CANARY' })), ['ServiceMonitor shop/cart']);
    assert.deepEqual(titlesOf(find('Prometheus', { text: 'podmonitor' })), ['PodMonitor pay/worker']);
  });

  it('is searched once: another word costs no writing', () => {
    const texts = new WeakMap<object, string>();
    const configuration = rendered.find('Prometheus');
    const look = (text: string): number => {
      const query = { text, isSeen: () => true, from: 0, atMost: 0 };
      return complete(findParts(configuration, { assets: rendered.assets, texts }, query)).found;
    };
    assert.equal(look('canary'), 1);
    for (const { fragment } of listJobSources(configuration)) texts.set(fragment, 'remembered');
    assert.equal(look('remembered'), 2);
  });

  it('can be of one monitor, and of one page', () => {
    assert.deepEqual(titlesOf(find('Prometheus', { monitor: 'PodMonitor/pay/worker' })), ['PodMonitor pay/worker']);
    const { parts, found } = find('Prometheus', { from: 1, atMost: 2 });
    assert.deepEqual([parts.length, found], [2, find('Prometheus').parts.length]);
  });

  it('leaves out what is not for the eyes of who asks, and says how much', () => {
    const isSeen: PartQuery['isSeen'] = ({ namespace }) => namespace === 'pay';
    const found = find('Prometheus', { isSeen });
    assert.equal(found.leftOut, 1);
    assert.doesNotMatch(JSON.stringify(found), /shop|canary/);
    assert.equal(find('Prometheus', { isSeen, text: 'canary' }).found, 0);
    assert.equal(find('Prometheus', { isSeen, monitor: 'ServiceMonitor/shop/cart' }).found, 0);
    const routes = find('Alertmanager', { isSeen });
    assert.deepEqual([routes.parts, routes.leftOut], [[], 1]);
  });

  it('names the AlertmanagerConfig behind a receiver', () => {
    assert.equal(originOf(find('Alertmanager'), 'name: shop/team/pager'), 'AlertmanagerConfig shop/team');
  });
});

const monitor = `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: NAME, namespace: pay}
spec: {selector: {}, podMetricsEndpoints: [{port: NAME}]}
`;

describe('a change of a configuration', () => {
  const before = rendered.find('Prometheus');
  const changeTo = (text: string) => {
    const after = renderStack(text).find('Prometheus');
    const change = findConfigurationChange(before, after);
    const shown = (isSeen: PartQuery['isSeen'] = () => true) =>
      change === undefined ? [] : complete(writeChange(change, after, isSeen));
    return { change, shown };
  };

  it('is none where the texts are the same', () => {
    assert.equal(changeTo(stack).change, undefined);
  });

  it('is shown as a diff of each part, to whoever may see it', () => {
    const { change, shown } = changeTo(
      stack.replace('interval: 15s', 'interval: 20s').replace('scrapeInterval: 45s', 'scrapeInterval: 50s'),
    );
    assert.equal(change?.total, 2);
    const [section, jobs] = shown();
    assert.deepEqual([section?.title, jobs?.title], ['global', 'ServiceMonitor shop/cart']);
    assert.match(section?.diff ?? '', /^-.*45s\n\+.*50s$/m);
    assert.match(jobs?.diff ?? '', /^-.*15s\n\+.*20s$/m);
    assert.deepEqual(
      shown(({ namespace }) => namespace === 'pay').map(({ title }) => title),
      ['global'],
    );
  });

  it('tells of monitors that came and went', () => {
    const { shown } = changeTo(stack.replace('{name: worker, namespace: pay}', '{name: other, namespace: pay}'));
    assert.deepEqual(
      shown().map(({ title, diff }) => `${title} ${/^[-+](?![-+])/m.exec(diff)?.[0] ?? ''}`),
      ['PodMonitor pay/other +', 'PodMonitor pay/worker -'],
    );
  });

  it('is that of the one monitor among many', () => {
    const withMonitors = (...names: readonly string[]): string =>
      [stack, ...names.map((name) => monitor.replaceAll('NAME', name))].join('---\n');
    const read = (text: string) => renderStack(text).find('Prometheus');
    const [few, many] = [read(withMonitors('a', 'c', 'd')), read(withMonitors('a', 'b', 'c', 'd'))];
    const keys = (change: ReturnType<typeof findConfigurationChange>): string[] =>
      (change?.parts ?? []).flatMap(({ before, after }) =>
        [before, after].map((source) => (source?.kind === 'jobs' ? source.fragment.key : '')),
      );
    assert.deepEqual(keys(findConfigurationChange(few, many)), ['', 'PodMonitor/pay/b']);
    assert.deepEqual(keys(findConfigurationChange(many, few)), ['PodMonitor/pay/b', '']);
    const other = read(withMonitors('a', 'b', 'c', 'd').replace('port: b', 'port: other'));
    assert.deepEqual(keys(findConfigurationChange(many, other)), ['PodMonitor/pay/b', 'PodMonitor/pay/b']);
  });

  it('does not show what became of a secret', () => {
    const { change, shown } = changeTo(stack.replaceAll('password: hunter2-of-cart', 'password: correct-horse'));
    assert.ok(change !== undefined);
    assert.deepEqual([...new Set(shown().map(({ diff }) => diff))], ['']);
  });
});
