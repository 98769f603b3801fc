import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Desired } from '../../../../src/core/desired/steps.ts';
import { compareParts } from '../../../../src/core/plan/part-changes.ts';

/** Only what is compared. */
const wanted = (config: string): Desired => ({ steps: [], printConfig: () => config }) as unknown as Desired;

const tell = (from: string, to: string): string[] =>
  compareParts({ owned: [], readConfig: () => from }, wanted(to)).map(({ part, action, name, paths = [] }) =>
    [action, part, name, ...paths].join(' '),
  );

it('names jobs, and of changed ones the fields without their values', () => {
  const [from, to] = [
    'scrape_configs: [{job_name: a, basic_auth: {password: x}}, {job_name: b}]',
    'scrape_configs: [{job_name: a, basic_auth: {password: z}}, {job_name: c}]',
  ];
  assert.deepEqual(tell(from, to), ['change job a basic_auth.password', 'remove job b', 'add job c']);
});

it('names other sections', () => {
  const [from, to] = ['global: {scrape_interval: 30s}\nalerting: {}', 'global: {scrape_interval: 15s}\nstorage: {}'];
  assert.deepEqual(tell(from, to), [
    'change section global scrape_interval',
    'remove section alerting',
    'add section storage',
  ]);
});

it('tells receivers apart whose names YAML takes for numbers', () => {
  const [from, to] = ['receivers: [{name: 1}, {name: 2}]', 'receivers: [{name: 1}, {name: 3}]'];
  assert.deepEqual(tell(from, to), ['remove receiver 2', 'add receiver 3']);
});

it('says that the order of routes is another one: the first that matches takes an alert', () => {
  const routes = (...teams: readonly string[]): string =>
    `route: {receiver: r, routes: [${teams.map((team) => `{matchers: [team=${team}]}`).join(', ')}]}`;
  assert.deepEqual(tell(routes('a', 'b'), routes('b', 'a')), ['change route the order of routes']);
  assert.deepEqual(tell(routes('a', 'b'), routes('a', 'c', 'b')), ['add route {team=c} to r']);
});
