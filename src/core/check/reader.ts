import type { PrometheusSpec } from '../../api/prometheus.ts';
import type { Version } from '../../base/version.ts';
import type { DesiredPrometheus } from '../desired/desired-prometheus.ts';
import type { ScrapeContext } from '../render/prometheus/config/scrape-context.ts';
import type { RuleContext } from '../render/rules/rule-context.ts';
import type { SelectorJudge, SeriesSources } from '../series/judge-selector.ts';
import type { Finding } from './finding.ts';

/** How an Alertmanager reads AlertmanagerConfigs. */
export interface ConfigReader {
  readonly version: Version;
  /**
   * What it refuses of those that it selects, by identity, together with its own configuration. Undefined when that is not
   * among the manifests: nobody can say then.
   */
  readonly refused: ReadonlyMap<string, Finding> | undefined;
}

/** The rules of a Prometheus against the series that it has. */
export interface SeriesReader {
  readonly spec: PrometheusSpec;
  readonly sources: SeriesSources;
  readonly judge: SelectorJudge;
}

/** What comes of rendering a workload. */
export interface Trial {
  readonly findings: readonly Finding[];
  readonly warnings: readonly { readonly object: string; readonly message: string }[];
  /** What was rendered of a Prometheus or an agent. */
  readonly desired?: DesiredPrometheus | undefined;
}

/** A workload that reads monitors, rules or AlertmanagerConfigs. */
export interface Reader {
  /** "Prometheus monitoring/main"; undefined for one that is only supposed. */
  readonly name: string | undefined;
  /** Undefined for a ThanosRuler and an Alertmanager, which scrape nothing. */
  readonly context: ScrapeContext | undefined;
  /** Undefined for an agent and an Alertmanager, which evaluate no rules. */
  readonly rules: RuleContext | undefined;
  /** Undefined for all but an Alertmanager. */
  readonly configs: ConfigReader | undefined;
  /** Identities of what it selects. */
  readonly selected: ReadonlySet<string>;
  /** What its configuration leaves out, by the identity of the monitor that asks for it. */
  readonly warnings: ReadonlyMap<string, readonly Finding[]>;
  /** Of a Prometheus, worked out at the first call: undefined where it is not known what it scrapes. */
  readonly openSeries?: (() => SeriesReader | undefined) | undefined;
}
