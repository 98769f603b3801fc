import type { Version } from '../../base/version.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { isValidLabelName } from '../relabel/label-names.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { readRelabelSemantics } from '../targets/features.ts';
import { checkJob, scrapeKeys } from './job-shape.ts';
import type { GlobalDefaults } from './job-shape.ts';
import { remoteReadShape, remoteWriteShape } from './remote-shapes.ts';
import { anything, duration, text, textMap, texts } from './scalars.ts';
import { Fields, checkShape, keysOf, listOf, mapping, refuseIf } from './shape.ts';
import type { KeyCheck, LoadContext, Shape } from './shape.ts';
import { ConfigError, asMapping } from './values.ts';
import { workloadSections } from './workload-shapes.ts';

const defaultIntervalMs = 60_000;

const globalShape: Shape = {
  type: 'config.plain',
  keys: new Map([
    ...scrapeKeys,
    ...keysOf(duration, 'evaluation_interval', 'rule_query_offset'),
    ...keysOf(text, 'query_log_file'),
    ...keysOf(textMap, 'external_labels'),
  ]),
  check(fields, { semantics }) {
    for (const name of fields.inside('external_labels').keys())
      if (!isValidLabelName(name, semantics.nameScheme))
        throw new ConfigError(`"${name}" is not a valid label name`, { path: ['external_labels'] });
    const interval = fields.milliseconds('scrape_interval', 0) || defaultIntervalMs;
    refuseIf(fields.milliseconds('scrape_timeout', 0) > interval, 'global scrape timeout greater than scrape interval');
  },
};

const pathList: KeyCheck = (value, context) => {
  texts(value, context);
  for (const path of value as readonly YamlValue[])
    refuseIf(!/^[^*]*(?:\*[^/]*)?$/.test(text(path)), `invalid rule file path "${text(path)}"`);
};

const global: KeyCheck = mapping(globalShape);

const topShape: Shape = {
  type: 'config.plain',
  keys: new Map([
    ...keysOf(global, 'global'),
    ...keysOf(anything, 'scrape_configs', 'scrape_config_files'),
    ...keysOf(pathList, 'rule_files'),
    ...workloadSections,
    ...keysOf(listOf(mapping(remoteWriteShape), 'empty or null remote write config section'), 'remote_write'),
    ...keysOf(listOf(mapping(remoteReadShape), 'empty or null remote read config section'), 'remote_read'),
  ]),
  check(fields) {
    checkRemoteNames(fields, 'remote_write', 'write');
    checkRemoteNames(fields, 'remote_read', 'read');
  },
};

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

/** Everything that verdicts depend on besides what is looked at. */
export function createLoadContext(version: Version, scheme: NameScheme, regexps = new RegexpCache()): LoadContext {
  const semantics = readRelabelSemantics(version, scheme);
  return { version, scheme, semantics, regexps, known: new WeakSet(), knownItems: new Set() };
}

const globalOf = (document: YamlValue): Fields => new Fields(asMapping(document, topShape.type)).inside('global');

function readNames(document: YamlValue): Pick<GlobalDefaults, 'nameScheme' | 'escaping'> {
  const fields = globalOf(document);
  return {
    nameScheme: fields.text('metric_name_validation_scheme') === 'legacy' ? 'legacy' : 'utf8',
    escaping: fields.text('metric_name_escaping_scheme'),
  };
}

/** What jobs inherit from `global`, which has been checked. */
function readGlobalDefaults(document: YamlValue): GlobalDefaults {
  const scrapeIntervalMs = globalOf(document).milliseconds('scrape_interval', 0) || defaultIntervalMs;
  return { scrapeIntervalMs, ...readNames(document) };
}

/**
 * What Prometheus would refuse in a prometheus.yml besides its scrape configs.
 * @throws {ConfigError} with Prometheus' message, and the path to what is wrong.
 */
export function checkSections(document: YamlValue, context: LoadContext): void {
  checkShape(document, topShape, context);
}

/**
 * Checks a whole document but its scrape configs, and gives what checks one of those.
 * @throws {ConfigError} with Prometheus' message.
 */
export function checkDocument(document: YamlValue, version: Version): (job: YamlValue) => void {
  const { nameScheme } = readNames(document);
  const context = createLoadContext(version, nameScheme);
  checkSections(document, context);
  const defaults = readGlobalDefaults(document);
  return (job) => {
    checkJob(job, defaults, context);
  };
}
