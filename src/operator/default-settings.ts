import type { OperatorSettings } from '../core/settings.ts';
import { newestCapabilities } from './cluster/facts.ts';
import { parseOptions } from './options/options.ts';
import { toSettings } from './settings.ts';

/** For who knows no flags of the operator: all at their defaults, with every feature that manifests may ask for. */
export function defaultSettings(): OperatorSettings {
  const settings = toSettings(parseOptions({}), newestCapabilities);
  return { ...settings, gates: { ...settings.gates, PrometheusAgentDaemonSet: true } };
}
