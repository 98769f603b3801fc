import type { SeededRandom } from '../e2e/discovery/seeded-random.ts';
import { dumpYaml } from '../../src/base/yaml.ts';
import type { MakeText } from './texts/make.ts';
import { fill, stir } from './texts/make.ts';
import { makeRegexp, makeSubject } from './texts/regexps.ts';
import {
  makeDuration,
  makeMatcher,
  makeName,
  makeQuantity,
  makeReplacement,
  makeSelector,
  makeUrl,
} from './texts/scalars.ts';
import { makeTemplate } from './texts/templates.ts';
import { makeYaml } from './texts/yaml.ts';
import { Filler } from './objects.ts';

type Fields = Record<string, unknown>;

const makeRule = (filler: Filler): Fields => ({
  source_labels: filler.list(() => filler.text(makeName)),
  ...filler.maybe('separator', () => filler.text(makeSubject)),
  regex: filler.text(makeRegexp),
  ...filler.maybe('target_label', () => filler.text(makeReplacement)),
  ...filler.maybe('replacement', () => filler.text(makeReplacement)),
  ...filler.maybe('action', () => filler.random.pick(['keep', 'labelmap', 'replace', 'hashmod'])),
});

const makeJob = (filler: Filler): Fields => ({
  job_name: filler.text(makeName),
  ...filler.maybe('scrape_interval', () => filler.text(makeDuration)),
  ...filler.maybe('metrics_path', () => filler.text(makeUrl)),
  ...filler.maybe('body_size_limit', () => filler.text(makeQuantity)),
  ...filler.maybe('static_configs', () => [
    { targets: filler.list(() => filler.text(makeUrl)), labels: filler.map(makeName, makeName) },
  ]),
  ...filler.maybe('file_sd_configs', () => [{ files: filler.list(() => filler.text(makeName)) }]),
  ...filler.maybe('kubernetes_sd_configs', () => [
    { role: 'pod', selectors: [{ role: 'pod', label: filler.text(makeSelector), field: filler.text(makeSelector) }] },
  ]),
  ...filler.maybe('relabel_configs', () => filler.list(() => makeRule(filler))),
  ...filler.maybe('proxy_url', () => filler.text(makeUrl)),
});

const makeRoute = (filler: Filler, depth: number): Fields => ({
  receiver: 'hook',
  ...filler.maybe('matchers', () => filler.list(() => filler.text(makeMatcher))),
  ...filler.maybe('match_re', () => filler.map(makeName, makeRegexp)),
  ...filler.maybe('group_by', () => filler.list(() => filler.text(makeName))),
  ...filler.maybe('group_wait', () => filler.text(makeDuration)),
  ...(depth === 0 ? {} : { routes: [makeRoute(filler, depth - 1)] }),
});

function makeReceivers(filler: Filler): Fields[] {
  return [
    { name: 'hook', webhook_configs: [{ url: filler.text(makeUrl) }] },
    { name: filler.text(makeName), slack_configs: [{ api_url: 'http://a', title: filler.text(makeTemplate) }] },
    {
      name: 'p',
      pagerduty_configs: [
        { routing_key: 'a', url: filler.text(makeTemplate), details: filler.map(makeName, makeTemplate) },
      ],
    },
  ];
}

const makeInterval = (filler: Filler): Fields => ({
  name: filler.text(makeName),
  time_intervals: [
    {
      times: [{ start_time: filler.text(makeDuration), end_time: '24:00' }],
      months: filler.list(() => filler.random.pick(['1:12', filler.text(makeDuration)])),
      location: filler.text(makeName),
    },
  ],
});

/** A text of YAML with hostile values, or one that was broken afterwards. */
const write =
  (make: (filler: Filler) => Fields): MakeText =>
  (random, room) => {
    const text = dumpYaml(make(new Filler(random, room)));
    if (random.chance(0.7)) return text;
    const at = random.integer(0, text.length);
    return text.slice(0, at) + breakIt(random) + text.slice(at);
  };

const breakIt = (random: SeededRandom): string =>
  random.chance(0.5)
    ? fill(random.pick(['[', '  ', '"', '\n', '- ']), 200)
    : stir(random, ['a', ': ', '\n', '*a', '&a '], 40);

const embed =
  (key: string): MakeText =>
  (random, room) =>
    `${key}:\n  ${makeYaml(random, room).replaceAll('\n', '\n  ')}\n`;

/** prometheus.yml. */
export const makePrometheusYml: MakeText = (random, room) => {
  if (random.chance(0.2))
    return embed(random.pick(['global', 'scrape_configs', 'remote_write', 'rule_files']))(random, room);
  return write((filler) => ({
    global: { external_labels: filler.map(makeName, makeName), scrape_interval: filler.text(makeDuration) },
    ...filler.maybe('rule_files', () => filler.list(() => filler.text(makeName))),
    ...filler.maybe('scrape_config_files', () => filler.list(() => filler.text(makeName))),
    scrape_configs: filler.list(() => makeJob(filler)),
    ...filler.maybe('remote_write', () => [{ url: filler.text(makeUrl), write_relabel_configs: [makeRule(filler)] }]),
  }))(random, room);
};

/** alertmanager.yaml. */
export const makeAlertmanagerYaml: MakeText = (random, room) => {
  if (random.chance(0.2)) return embed(random.pick(['global', 'route', 'receivers', 'templates']))(random, room);
  return write((filler) => ({
    ...filler.maybe('global', () => ({
      resolve_timeout: filler.text(makeDuration),
      slack_api_url: filler.text(makeUrl),
    })),
    route: makeRoute(filler, random.pick([0, 0, 2, 20, 60, 120])),
    receivers: makeReceivers(filler),
    ...filler.maybe('inhibit_rules', () =>
      filler.list(() => ({ source_matchers: [filler.text(makeMatcher)], equal: ['a'] })),
    ),
    ...filler.maybe('time_intervals', () => filler.list(() => makeInterval(filler))),
    ...filler.maybe('templates', () => filler.list(() => filler.text(makeName))),
  }))(random, room);
};
