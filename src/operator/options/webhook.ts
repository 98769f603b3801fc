import type { PromqlOptions } from '../../core/promql/types.ts';
import { defaultPromqlOptions } from '../../core/promql/types.ts';
import { readClient, readLog } from './program-options.ts';
import type { ClientOptions, LogOptions } from './program-options.ts';
import { FlagReader } from './reader.ts';
import type { FlagTexts } from './reader.ts';
import { OptionError, readChoice } from './values.ts';
import type { WebOptions } from './web.ts';
import { readTls, readWeb } from './web.ts';
import { webhookFlags } from './webhook-flags.ts';

/** How rules are judged that no known workload reads. */
export interface RuleLanguageOptions {
  readonly names: 'legacy' | 'utf8';
  readonly promql: PromqlOptions;
  /** Whether one of the flags was given. */
  readonly given: boolean;
}

/** Where the webhook's certificate comes from. Times in milliseconds. */
export interface CertificateOptions {
  readonly source: 'auto' | 'self' | 'files';
  /** "" for the pod's own. */
  readonly namespace: string;
  readonly service: string;
  readonly secret: string;
  readonly configuration: string;
  readonly hosts: readonly string[];
  readonly validityMs: number;
  readonly overlapMs: number;
}

/** The webhook beside the operator; undefined when it has no address of its own. */
export interface SideWebhookOptions {
  readonly web: WebOptions;
  readonly certificates: CertificateOptions;
}

/** Everything `stoker webhook` was told. */
export interface WebhookOptions {
  readonly web: WebOptions;
  readonly client: ClientOptions;
  readonly log: LogOptions;
  readonly language: RuleLanguageOptions;
  readonly certificates: CertificateOptions;
  readonly warnUnselected: boolean;
}

const promqlOptions: Readonly<Record<string, keyof PromqlOptions>> = {
  'experimental-functions': 'experimentalFunctions',
  'duration-expression-parsing': 'durationExpressions',
  'extended-range-selectors': 'extendedRangeSelectors',
  'binop-fill-modifiers': 'binopFillModifiers',
};

/** @throws {OptionError} for a text that cannot be read, or values that contradict each other. */
export function parseWebhookOptions(texts: FlagTexts): WebhookOptions {
  const reader = new FlagReader(webhookFlags, texts);
  return Object.freeze({
    web: readWeb(reader),
    client: readClient(reader),
    log: readLog(reader),
    language: readLanguage(reader),
    certificates: readCertificates(reader),
    warnUnselected: reader.bool('webhook-warn-unselected'),
  });
}

/** @throws {OptionError} as above. */
export function readSideWebhook(reader: FlagReader): SideWebhookOptions | undefined {
  const web = {
    listenAddress: reader.text('webhook-listen-address'),
    http2: reader.bool('web.enable-http2'),
    tls: readTls(reader),
  };
  const certificates = readCertificates(reader);
  return reader.bool('webhook') ? { web, certificates } : undefined;
}

/** An unknown value ends with 1, as in the reference. */
function readLanguage(reader: FlagReader): RuleLanguageOptions {
  const names = ['name-validation-scheme', 'promql-options'] as const;
  const promql = reader.list('promql-options').map((name) => {
    const key = promqlOptions[name];
    if (key !== undefined) return [key, true] as const;
    const known = Object.keys(promqlOptions).join(', ');
    throw new OptionError(`Cannot read --promql-options: "${name}" is none of ${known}`, 1);
  });
  const scheme = reader.text('name-validation-scheme');
  if (scheme !== 'legacy' && scheme !== 'utf8')
    throw new OptionError(`Cannot read --name-validation-scheme: "${scheme}" is none of legacy, utf8`, 1);
  return {
    names: scheme,
    promql: { ...defaultPromqlOptions, ...Object.fromEntries(promql) },
    given: names.some((name) => reader.has(name)),
  };
}

function readCertificates(reader: FlagReader): CertificateOptions {
  const sources = ['auto', 'self', 'files'] as const;
  const options = {
    source: readChoice('webhook-certificates', reader.text('webhook-certificates'), sources),
    namespace: reader.text('webhook-namespace'),
    service: reader.text('webhook-service'),
    secret: reader.text('webhook-secret'),
    configuration: reader.text('webhook-configuration'),
    hosts: reader.list('webhook-hosts'),
    validityMs: reader.duration('webhook-certificate-validity'),
    overlapMs: reader.duration('webhook-certificate-overlap'),
  };
  if (options.validityMs < options.overlapMs * 6)
    throw new OptionError('--webhook-certificate-validity must be at least six times --webhook-certificate-overlap', 1);
  return options;
}
