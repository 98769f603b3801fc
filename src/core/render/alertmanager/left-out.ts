import type { AlertmanagerSpec } from '../../../api/alertmanager.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import { listIgnoredDurations } from './duration-fields.ts';
import type { AlertmanagerWorkload } from './alertmanager-workload.ts';

/** Fields outside of the configuration, the release of Alertmanager that brought each, and what says whether it is set. */
const fieldsSince: readonly (readonly [field: string, release: string, read: (spec: AlertmanagerSpec) => unknown])[] = [
  ['logFormat', '0.16.0', ({ logFormat }) => unlessBlank(logFormat)],
  ['web.getConcurrency', '0.17.0', ({ web }) => web?.getConcurrency],
  ['web.timeout', '0.17.0', ({ web }) => web?.timeout],
  ['web.tlsConfig', '0.22.0', ({ web }) => web?.tlsConfig],
  ['web.httpConfig', '0.22.0', ({ web }) => web?.httpConfig],
  ['clusterTLS', '0.24.0', ({ clusterTLS }) => clusterTLS],
  ['clusterLabel', '0.26.0', ({ clusterLabel }) => unlessBlank(clusterLabel)],
  ['enableFeatures', '0.27.0', ({ enableFeatures }) => enableFeatures?.at(0)],
  ['limits.maxSilences', '0.28.0', ({ limits }) => limits?.maxSilences],
  ['limits.maxPerSilenceBytes', '0.28.0', ({ limits }) => unlessBlank(limits?.maxPerSilenceBytes)],
  ['clusterPeerName', '0.30.0', ({ clusterPeerName }) => unlessBlank(clusterPeerName)],
];

/**
 * The fields of the spec that this version of Alertmanager does not take, with the reason, for people. What is left out of
 * its configuration is told where that is made.
 */
export function listLeftOut(workload: AlertmanagerWorkload): string[] {
  const { spec, version } = workload;
  const unknown = fieldsSince
    .filter(([, release, read]) => version.isBelow(release) && read(spec) !== undefined)
    .map(
      ([field, release]) =>
        `Left out "spec.${field}": Alertmanager ${version.toString()} does not know it; it came with ${release}`,
    );
  const zeros = listIgnoredDurations(workload).map(
    (field) => `Left out "spec.${field}": Alertmanager ${version.toString()} does not start with a duration of zero`,
  );
  return [...zeros, ...unknown];
}
