import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from '../../../../src/base/interruptible.ts';
import { compareNamedJob, openRunning } from '../../../../src/core/loaded/compare-config.ts';
import type { ConfigComparison } from '../../../../src/core/loaded/compare-config.ts';
import { listWrites, renderServed, unpack } from '../desired/served.ts';
import type { Given } from '../desired/served.ts';
import { makePodMonitor, makeServiceMonitor } from '../select/fixtures.ts';

const keeper = (regex: string, interval = '15s') =>
  makeServiceMonitor('shop/keeper', {
    endpoints: [{ port: 'web', interval, relabelings: [{ action: 'labeldrop', regex }] }],
  });
const jobs = { final: 'podMonitor/shop/pods/0', kept: 'serviceMonitor/shop/keeper/0' };

const make = (interval: string, regex: string): Given => ({
  monitors: {
    PodMonitor: [makePodMonitor('shop/pods', { podMetricsEndpoints: [{ port: 'web', interval }] })],
    ServiceMonitor: [keeper(regex, interval)],
  },
});

/** What a replica of shard 1 runs. */
function run(given: Given): string {
  const secret = listWrites(renderServed(given)).find(({ object }) => object.metadata.name === 'prometheus-k8s');
  return unpack(secret?.object.data?.['prometheus.yaml.gz']).replaceAll('$(SHARD)', '1');
}

/** As who does not know that there is a discovery service. */
const compare = (own: Given, running: string, job: string): ConfigComparison | undefined => {
  const written = renderServed({ ...own, discovery: undefined, service: undefined }).config?.yaml() ?? '';
  return compareNamedJob({ written, variables: { SHARD: '1' }, name: job }, complete(openRunning(running)));
};

describe('a running job that asks the discovery service', () => {
  const running = run(make('15s', 'job'));

  it('is compared but for its discovery', () => {
    for (const job of Object.values(jobs)) {
      assert.deepEqual(compare(make('15s', 'job'), running, job), { same: true });
      assert.deepEqual(compare(make('20s', 'job'), running, job), { same: false, place: 'scrape_interval' });
    }
  });

  it('has the rules that it keeps, and no others', () => {
    assert.equal(compare(make('15s', 'job'), running, jobs.kept)?.same, true);
    const other = compare(make('15s', 'job|x'), running, jobs.kept);
    assert.match(other !== undefined && 'place' in other ? other.place : '', /^relabel_configs\b/);
  });

  it('is another one when it asks for what another job has, or somebody else', () => {
    const swapped = running.replace('/jobs/podMonitor/shop/pods/0', '/jobs/podMonitor/shop/other/0');
    const foreign = running.replace('https://discovery:8443/v1/final/', 'https://elsewhere/');
    for (const text of [swapped, foreign]) {
      assert.notEqual(text, running);
      assert.equal(compare(make('15s', 'job'), text, jobs.final)?.same, false);
    }
  });
});
