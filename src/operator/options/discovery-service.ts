import { formatDuration } from '../../core/targets/duration.ts';
import type { DiscoveryServiceSettings } from '../../core/settings.ts';
import type { FlagReader } from './reader.ts';
import { OptionError, readChoice } from './values.ts';

const urlFlag = 'discovery-service-url';
const fallbackFlag = 'discovery';
const intervalFlag = 'discovery-refresh-interval';
const caFlag = 'discovery-service-ca';

/** Undefined without `--discovery-service-url`. @throws {OptionError} for a value that cannot be read, also when it is not used. */
export function readDiscoveryService(reader: FlagReader): DiscoveryServiceSettings | undefined {
  const url = readUrl(reader.text(urlFlag));
  const fallback = readChoice(fallbackFlag, reader.text(fallbackFlag), ['own', 'service'] as const);
  const intervalMs = reader.duration(intervalFlag);
  if (intervalMs < 1000) throw new OptionError(`--${intervalFlag} must be 1s or more`, 1);
  const ca = readCa(reader.text(caFlag));
  if (url !== undefined) return { url, fallback, refreshInterval: formatDuration(intervalMs), ca };
  if (fallback === 'own') return undefined;
  throw new OptionError(`Cannot use --${fallbackFlag}=service without --${urlFlag}: say where the service is`, 1);
}

/** Without the slash at its end; undefined for "". */
function readUrl(text: string): string | undefined {
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBase = url !== undefined && ['http:', 'https:'].includes(url.protocol) && url.search + url.hash === '';
  if (isBase && url.username + url.password === '' && !text.includes('$(')) return url.href.replace(/\/$/, '');
  throw new OptionError(
    `Cannot read --${urlFlag}: "${text}" is no URL such as https://stoker-discovery.monitoring.svc:8443`,
    1,
  );
}

function readCa(text: string): DiscoveryServiceSettings['ca'] {
  if (text === '') return undefined;
  const [, namespace, name] = /^([^/]+)\/([^/]+)$/.exec(text) ?? [];
  if (namespace !== undefined && name !== undefined) return { namespace, name };
  throw new OptionError(
    `Cannot read --${caFlag}: "${text}" is not NAMESPACE/NAME, such as monitoring/stoker-discovery`,
    1,
  );
}
