import { keyOf } from '../../api/meta.ts';
import { alertmanagerConfigType } from '../../api/alertmanager-config.ts';
import { complete } from '../../base/interruptible.ts';
import { listFindings } from '../findings.ts';
import type { AlertmanagerConfig } from '../../api/alertmanager-config.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import type { Monitor, MonitorKind } from '../monitor.ts';
import { monitorKinds } from '../monitor.ts';
import { scopeToMonitor } from '../select/monitor-scope.ts';
import { checkMonitor } from '../select/judge-monitor.ts';
import { RuleCache, selectRules } from '../select/rules.ts';
import { checkForAlertmanager } from './alertmanager-reader.ts';
import type { Finding } from './finding.ts';
import { toFinding } from './finding.ts';
import { identify } from './identity.ts';
import type { World } from './readers.ts';
import type { Reader } from './reader.ts';
import { warnOfSeries } from './series-reader.ts';

/** Secrets, ConfigMaps and the object that an Alertmanager begins with need not be among the manifests. */
const needsCluster = new Set(['SecretNotFound', 'ConfigMapNotFound', 'AlertmanagerConfigNotFound']);

/**
 * What the operator would say of an object that is right in structure: for each workload among the manifests that
 * selects it, or for one with nothing set when none does.
 */
export function checkMeaning(object: KubernetesObject, world: World): Finding[] {
  const kind = object.kind ?? '';
  const identity = identify(kind, object);
  const check = checkerOf(kind);
  if (check === undefined) return dropUnknowable(world.findings.get(identity) ?? []);
  const selecting = world.readers.filter(({ selected }) => selected.has(identity));
  if (selecting.length > 0) return mergeVerdicts(selecting, (reader) => dropUnknowable(check(object, reader, world)));
  const found = check(object, world.fallback, world);
  return dropUnknowable(found).filter(({ reason }) => reason !== 'UnknownScrapeClass');
}

type Check = (object: KubernetesObject, reader: Reader, world: World) => Finding[];

function checkerOf(kind: string): Check | undefined {
  if (kind === 'PrometheusRule') return checkRules;
  if (kind === alertmanagerConfigType.kind) return checkAlerting;
  const monitorKind = monitorKinds.find((one) => one === kind);
  return monitorKind && checkScraping(monitorKind);
}

const checkRules: Check = (object, { rules, openSeries }) => {
  if (rules === undefined) return [];
  const { rejected, dropped } = complete(selectRules([object as PrometheusRule], rules, new RuleCache()));
  const ignored = dropped.flatMap(({ fields }) =>
    fields.map(({ field, message }): Finding => ({
      severity: 'warning',
      reason: 'FieldIgnored',
      path: field,
      part: 'name',
      message,
    })),
  );
  const series = openSeries?.();
  const impossible = series === undefined ? [] : warnOfSeries(object as PrometheusRule, series);
  return [...rejected.flatMap(({ rejections }) => rejections.map(toFinding)), ...ignored, ...impossible];
};

const checkScraping =
  (kind: MonitorKind): Check =>
  (object, { context, warnings }, world) => {
    if (context === undefined) return [];
    const scope = scopeToMonitor(object, context, world);
    const leftOut = warnings.get(`${kind}/${keyOf(object)}`) ?? [];
    return [...listFindings(checkMonitor(kind, object as Monitor, scope)).map(toFinding), ...leftOut];
  };

const checkAlerting: Check = (object, { configs }, world) =>
  configs === undefined ? [] : checkForAlertmanager(object as AlertmanagerConfig, configs, world);

function dropUnknowable(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ reason }) => !needsCluster.has(reason));
}

/** What several readers say, each thing once; who says it is named when not all do. */
function mergeVerdicts(readers: readonly Reader[], check: (reader: Reader) => Finding[]): Finding[] {
  const merged = new Map<string, { finding: Finding; names: string[] }>();
  for (const reader of readers) {
    for (const finding of check(reader)) {
      const id = JSON.stringify([finding.path, finding.message]);
      const known = merged.get(id) ?? { finding, names: [] };
      known.names.push(reader.name ?? '');
      merged.set(id, known);
    }
  }
  return [...merged.values()].map(({ finding, names }) =>
    names.length === readers.length
      ? finding
      : { ...finding, readers: names, message: `${finding.message} (${names.join(', ')})` },
  );
}
