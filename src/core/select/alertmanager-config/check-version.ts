import { isJsonObject } from '../../../base/json.ts';
import type { AlertmanagerConfigSpec, NotifierOf, Receiver } from '../../../api/alertmanager-config.ts';
import type { Version } from '../../../base/version.ts';
import { reject } from '../../field-checks/check-scope.ts';
import type { Findings } from '../../findings.ts';

type Kind = Exclude<keyof Receiver, 'name'>;
type Fields = Readonly<Record<string, unknown>>;
type Route = NonNullable<AlertmanagerConfigSpec['route']>;
type Matchers = Route['matchers'];

/** Since when Alertmanager notifies in these ways (docs/reference/rendering.md 5.11, stage B). */
const kinds: { readonly [K in Kind]?: string } = {
  telegramConfigs: '0.24.0',
  discordConfigs: '0.25.0',
  webexConfigs: '0.25.0',
  msteamsConfigs: '0.26.0',
  msteamsv2Configs: '0.28.0',
  rocketchatConfigs: '0.28.0',
};

/** Since when there is a field without which the receiver would do something else than it says. */
const fields: { readonly [K in Kind]?: { readonly [F in keyof NotifierOf<K>]?: string } } = {
  emailConfigs: { threading: '0.30.0', forceImplicitTLS: '0.31.0' },
  slackConfigs: { messageText: '0.31.0', updateMessage: '0.32.0' },
  snsConfigs: { useAWSHTTPClient: '0.33.0' },
  telegramConfigs: { botTokenFile: '0.26.0' },
  webhookConfigs: { payload: '0.32.0' },
};

const httpFields: Readonly<Record<string, string>> = {
  authorization: '0.22.0',
  oauth2: '0.22.0',
  noProxy: '0.25.0',
  proxyFromEnvironment: '0.25.0',
  proxyConnectHeader: '0.25.0',
};

const isUsed = (value: unknown): boolean => value !== undefined && value !== null && value !== false && value !== '';

/** What an AlertmanagerConfig asks for that this version of Alertmanager does not have. */
export function* checkVersion(spec: AlertmanagerConfigSpec, version: Version): Findings {
  for (const [at, receiver] of (spec.receivers ?? []).entries())
    yield* checkReceiver(receiver, `spec.receivers[${at}]`, version);
  if (version.isAtLeast('0.22.0')) return;
  if (spec.route !== undefined) yield* checkRoute(spec.route, 'spec.route', version);
  for (const [at, rule] of (spec.inhibitRules ?? []).entries())
    for (const side of ['sourceMatch', 'targetMatch'] as const)
      yield* checkMatchers(rule[side], `spec.inhibitRules[${at}].${side}`, version);
}

function* requireVersion(field: string, since: string, version: Version): Findings {
  if (version.isBelow(since))
    yield reject(
      { field, reason: 'UnsupportedVersion' },
      `Cannot use this field: it needs Alertmanager ${since}, this is ${version.toString()}`,
    );
}

/** Not what every object answers to. */
const ownValue = <T extends object, K extends keyof T>(table: T, key: K): T[K] | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function* checkReceiver(receiver: Receiver, field: string, version: Version): Findings {
  for (const kind of Object.keys(receiver) as (keyof Receiver)[]) {
    // What is in storage may have keys of any name, and "constructor" is one that every object answers to.
    if (kind === 'name' || !Array.isArray(receiver[kind])) continue;
    for (const [at, config] of (receiver[kind] ?? []).entries()) {
      if (!isJsonObject(config)) continue;
      const path = `${field}.${kind}[${at}]`;
      const since = ownValue(kinds, kind);
      if (since !== undefined) yield* requireVersion(path, since, version);
      yield* checkFields(config, { path, needs: ownValue(fields, kind) ?? {} }, version);
      if ('httpConfig' in config)
        yield* checkFields(config.httpConfig ?? {}, { path: `${path}.httpConfig`, needs: httpFields }, version);
    }
  }
  yield* checkResponders(receiver, field, version);
}

function* checkFields(
  config: object,
  { path, needs }: { readonly path: string; readonly needs: Readonly<Record<string, string>> },
  version: Version,
): Findings {
  for (const [name, since] of Object.entries(needs))
    if (isUsed((config as Fields)[name])) yield* requireVersion(`${path}.${name}`, since, version);
}

function* checkResponders({ opsgenieConfigs = [] }: Receiver, field: string, version: Version): Findings {
  for (const [at, { responders = [] }] of opsgenieConfigs.entries())
    for (const [index, { type }] of responders.entries())
      if (type === 'teams')
        yield* requireVersion(`${field}.opsgenieConfigs[${at}].responders[${index}].type`, '0.24.0', version);
}

function* checkRoute({ matchers, routes = [] }: Route, field: string, version: Version): Findings {
  yield* checkMatchers(matchers, `${field}.matchers`, version);
  for (const [at, child] of routes.entries()) yield* checkRoute(child as Route, `${field}.routes[${at}]`, version);
}

function* checkMatchers(matchers: Matchers, field: string, version: Version): Findings {
  for (const [at, { matchType }] of (matchers ?? []).entries())
    if (isUsed(matchType)) yield* requireVersion(`${field}[${at}].matchType`, '0.22.0', version);
}
