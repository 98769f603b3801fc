import type { AlertmanagerGlobalConfig } from '../../../api/alertmanager-configuration.ts';
import type { SecretKeySelector } from '../../../api/parts/references.ts';
import type { FieldReference } from '../../assets/references.ts';
import { explainAlertUrl } from '../../templates/alertmanager-template.ts';
import { referTo, reject } from '../../field-checks/check-scope.ts';
import type { CheckScope } from '../../field-checks/check-scope.ts';
import { checkTls } from '../../field-checks/check-tls.ts';
import type { Findings } from '../../findings.ts';
import { checkHttpConfig } from './check-receivers.ts';
import { checkAlertUrl } from './urls.ts';

/** Since when there are global settings of these (docs/reference/rendering.md 5.11). */
const sections: { readonly [F in keyof AlertmanagerGlobalConfig]?: string } = {
  telegram: '0.24.0',
  webex: '0.25.0',
  jira: '0.28.0',
  rocketChat: '0.28.0',
  mattermost: '0.32.0',
};

const root = 'spec.alertmanagerConfiguration.global';

/**
 * What is wrong with `spec.alertmanagerConfiguration.global` of an Alertmanager.
 * @param references keys that it refers to.
 */
export function* checkGlobalConfig(
  global: AlertmanagerGlobalConfig,
  references: readonly FieldReference[],
  scope: CheckScope,
): Findings {
  for (const reference of references) {
    const missing = scope.assets.explainMissing(reference, reference.field);
    if (missing !== undefined) yield missing;
  }
  yield* checkHttpConfig(global.httpConfig, `${root}.httpConfig`, scope);
  yield* checkTls(global.smtp?.tlsConfig, `${root}.smtp.tlsConfig`, scope);
  yield* checkVersions(global, scope);
  yield* checkAlertUrl(global.pagerdutyUrl, `${root}.pagerdutyUrl`, 'plain');
  for (const name of ['jira', 'rocketChat', 'telegram', 'victorops', 'webex', 'wechat'] as const)
    yield* checkAlertUrl(global[name]?.apiURL, `${root}.${name}.apiURL`, 'plain');
  yield* checkSecretUrl(global.slackApiUrl, `${root}.slackApiUrl`, scope);
  yield* checkSecretUrl(global.opsGenieApiUrl, `${root}.opsGenieApiUrl`, scope);
  yield* checkSecretUrl(global.mattermost?.webhookURL, `${root}.mattermost.webhookURL`, scope);
}

function* checkVersions(global: AlertmanagerGlobalConfig, { version }: CheckScope): Findings {
  const used = (Object.keys(sections) as (keyof AlertmanagerGlobalConfig)[])
    .filter((name) => global[name] !== undefined)
    .map((name) => [`${root}.${name}`, sections[name] ?? ''] as const);
  const implicit =
    global.smtp?.forceImplicitTLS === undefined ? [] : [[`${root}.smtp.forceImplicitTLS`, '0.31.0'] as const];
  for (const [field, since] of [...used, ...implicit])
    if (version.isBelow(since))
      yield reject(
        { field, reason: 'UnsupportedVersion' },
        `Cannot use this field: it needs Alertmanager ${since}, this is ${version.toString()}`,
      );
}

function* checkSecretUrl(selector: SecretKeySelector | undefined, field: string, scope: CheckScope): Findings {
  const url = selector && scope.assets.readText(referTo('Secret', selector, scope.namespace))?.trim();
  if (url !== undefined && explainAlertUrl(url) !== undefined)
    yield reject(
      { field, reason: 'InvalidURL' },
      'Cannot use the URL in this key: want http:// or https:// and a host',
    );
}
