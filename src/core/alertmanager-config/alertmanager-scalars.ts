import { duration as prometheusDuration, parseUrl, text, texts } from '../prometheus-config/scalars.ts';
import { checkClient, clientKeys } from '../prometheus-config/client-shape.ts';
import { describe, mapping, refuseIf } from '../prometheus-config/shape.ts';
import type { Fields, KeyCheck } from '../prometheus-config/shape.ts';
import { ConfigError, asMapping, isNull, numberOf } from '../prometheus-config/values.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { checkTemplate } from '../templates/check-template.ts';

/** What Alertmanager's types of fields take, beside those that Prometheus has too. */

/** What stands in a configuration that Alertmanager has printed itself. */
const hiddenSecret = '<secret>';

/** @throws {ConfigError} when it is no http or https URL with a host. */
function checkHttpUrl(written: string): void {
  const { scheme, host } = parseUrl(written);
  refuseIf(scheme !== 'http' && scheme !== 'https', `unsupported scheme "${scheme}" for URL`);
  refuseIf(host === '', 'missing host for URL');
}

export const url: KeyCheck = (value) => {
  checkHttpUrl(text(value));
};

export const secretUrl: KeyCheck = (value) => {
  if (text(value) !== hiddenSecret) checkHttpUrl(text(value));
};

/** Alertmanager parses these without its own functions: only Go's are there. */
const goNames = { functions: new Set<string>(), variables: [] };

/** Whether a text is a template. @throws {ConfigError} when it is one that Go cannot parse. */
export function isTemplate(written: string): boolean {
  if (!written.includes('{{')) return false;
  try {
    checkTemplate(written, goNames);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError(error.message, { cause: error });
  }
}

/** A URL, or a template that makes one; since 0.31. Empty is the same as absent. */
export const templateUrl: KeyCheck = (value, context) => {
  const written = text(value);
  if (context.version.isBelow('0.31.0')) secretUrl(value, context);
  else if (written !== '' && written !== hiddenSecret && !isTemplate(written)) checkHttpUrl(written);
};

const goDurationText = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

function checkGoDuration(written: string): void {
  refuseIf(!goDurationText.test(written), `time: invalid duration "${written}"`);
}

/** A duration of Go, or a plain number of nanoseconds. */
export const goDuration: KeyCheck = (value) => {
  if (!((numberOf(value) ?? Infinity) < 2 ** 63)) checkGoDuration(text(value));
};

/** A duration of Go; a number needs its unit. */
export const unitDuration: KeyCheck = (value) => {
  checkGoDuration(text(value));
};

/** A duration of Prometheus that must not be zero. */
export const nonZeroDuration =
  (name: string): KeyCheck =>
  (value, context) => {
    prometheusDuration(value, context);
    refuseIf(/^[0a-z]*$/.test(text(value)), `${name} cannot be zero`);
  };

/** `host:port`; an address in brackets may hold colons. Empty is the same as absent. */
export const hostPort: KeyCheck = (value) => {
  const written = text(value);
  if (written === '') return;
  const [, port] = /^(?:\[[^[\]]*\]|[^:[\]]*):([^:[\]]*)$/.exec(written) ?? [];
  refuseIf(port === undefined, `address ${written}: want host:port`);
  refuseIf(port === '', `address "${written}": port cannot be empty`);
};

/** A pattern of Go's filepath.Match: in a class, what stands for a range or an end must be escaped. */
const filePattern =
  /^(?:[^[\\]|\\[^]|\[(?:\^(?:\\[^]|[^\\\]-])|\\[^]|[^\\\]^-])(?:-(?:\\[^]|[^\\\]-]))?(?:(?:\\[^]|[^\\\]-])(?:-(?:\\[^]|[^\\\]-]))?)*\])*$/u;

/** Patterns of files; none is looked for. */
export const filePatterns: KeyCheck = (value, context) => {
  texts(value, context);
  for (const pattern of textsOf(value as readonly YamlValue[]))
    refuseIf(!filePattern.test(pattern), `syntax error in pattern ${pattern}`);
};

/** A mapping whose values may be anything. */
export const anyMap: KeyCheck = (value) => {
  asMapping(value, 'map[string]interface {}');
};

export const httpConfig: KeyCheck = mapping(describe('config.plain', { keys: clientKeys, check: checkClient }));

/** Whether an HTTP client sends an Authorization header; a bearer token is one. */
export const hasAuthorization = (http: Fields): boolean =>
  http.has('authorization') || http.text('bearer_token') !== '' || http.text('bearer_token_file') !== '';

/** The texts of a list that was found to be one; null is "". */
export const textsOf = (list: readonly YamlValue[]): readonly string[] =>
  list.map((one) => (isNull(one) ? '' : text(one)));
