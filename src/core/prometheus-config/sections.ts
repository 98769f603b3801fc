import type { YamlValue } from '../../base/yaml-writer.ts';
import { globalDefaults, globalShape } from './global-config.ts';
import type { GlobalConfig } from './global-config.ts';
import { remoteReadShape, remoteWriteShape } from './remote-shapes.ts';
import { anything, texts } from './scalars.ts';
import { Fields, describe, keysOf, listOf, mapping, readShape, refuseIf } from './shape.ts';
import type { KeyReader, LoadContext } from './shape.ts';
import { ConfigError, asMapping } from './values.ts';
import { workloadSections } from './workload-shapes.ts';
import type { LoadedAlerting } from './workload-shapes.ts';

/** What of a prometheus.yml decides about targets and alerts. */
export interface Sections {
  readonly global: GlobalConfig;
  readonly alerting: LoadedAlerting;
  /** Jobs that nobody has looked at. */
  readonly scrapeConfigs: readonly YamlValue[];
  /** Patterns of further files with jobs. */
  readonly scrapeConfigFiles: readonly string[];
}

/** Paths whose last part may be a pattern. @param what they are in Prometheus' message. */
const patterns =
  (what: string): KeyReader<string[]> =>
  (value, context) => {
    const paths = texts(value, context);
    const wrong = paths.find((path) => !/^[^*]*(?:\*[^/]*)?$/.test(path));
    refuseIf(wrong !== undefined, `invalid ${what} path "${wrong}"`);
    return paths;
  };

/** Jobs are looked at one by one, by their user. */
export const scrapeConfigs = listOf(anything);

const topShape = describe('config.plain', {
  keys: [
    ...keysOf(mapping(globalShape), 'global'),
    ...keysOf(scrapeConfigs, 'scrape_configs'),
    ...keysOf(patterns('scrape config file'), 'scrape_config_files'),
    ...keysOf(patterns('rule file'), 'rule_files'),
    ...workloadSections,
    ...keysOf(listOf(mapping(remoteWriteShape), 'empty or null remote write config section'), 'remote_write'),
    ...keysOf(listOf(mapping(remoteReadShape), 'empty or null remote read config section'), 'remote_read'),
  ],
  since: { '2.43.0': ['scrape_config_files'] },
  check(fields) {
    checkRemoteNames(fields, 'remote_write', 'write');
    checkRemoteNames(fields, 'remote_read', 'read');
  },
  read: (values): Sections => ({
    global: values.global ?? globalDefaults,
    alerting: values.alerting ?? { alertRelabelRules: [], alertmanagers: [] },
    scrapeConfigs: values.scrape_configs ?? [],
    scrapeConfigFiles: values.scrape_config_files ?? [],
  }),
});

function checkRemoteNames(fields: Fields, key: string, direction: string): void {
  const seen = new Set<string>();
  for (const [index, one] of fields.list(key).entries()) {
    const name = new Fields(asMapping(one, key)).text('name');
    if (name !== '' && seen.has(name))
      throw new ConfigError(`found multiple remote ${direction} configs with job name "${name}"`, {
        path: [key, `[${index}]`],
      });
    seen.add(name);
  }
}

/**
 * What Prometheus would refuse in a prometheus.yml besides its jobs, and what it says of those.
 * @throws {ConfigError} with Prometheus' message, and the path to what is wrong.
 */
export const readSections = (document: YamlValue, context: LoadContext): Sections =>
  readShape(document, topShape, context);
