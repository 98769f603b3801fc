import type { AlertmanagerConfig, Receiver } from '../../../api/alertmanager-config.ts';
import { collectConfigReferences } from '../../assets/alertmanager-plans.ts';
import { explainAlertUrl, explainTemplateUrl } from '../../templates/alertmanager-template.ts';
import type { SecretKeySelector } from '../../../api/parts/references.ts';
import { slackUpdateUrl } from '../../render/alertmanager/config/sections/chat-sections.ts';
import { referTo, reject } from '../../field-checks/check-scope.ts';
import type { CheckScope } from '../../field-checks/check-scope.ts';
import type { Findings } from '../../findings.ts';

/** Keys that receivers refer to must be there; those of HTTP clients are looked at with the rest of the client. */
export function* checkKeys(object: AlertmanagerConfig, { assets }: CheckScope): Findings {
  for (const reference of collectConfigReferences(object)) {
    if (/\.(?:httpConfig|tlsConfig)\./.test(reference.field)) continue;
    const missing = assets.explainMissing(reference, reference.field);
    if (missing !== undefined) yield missing;
  }
}

/** Texts out of Secrets that cannot be used. Messages do not say them. */
export function* checkSecretTexts(receivers: readonly Receiver[], scope: CheckScope): Findings {
  for (const [at, receiver] of receivers.entries()) {
    const field = `spec.receivers[${at}]`;
    for (const [index, { apiURL }] of (receiver.discordConfigs ?? []).entries())
      yield* checkUrl(readText(apiURL, scope), `${field}.discordConfigs[${index}].apiURL`, explainAlertUrl);
    for (const [index, { urlSecret }] of (receiver.webhookConfigs ?? []).entries())
      yield* checkUrl(readText(urlSecret, scope), `${field}.webhookConfigs[${index}].urlSecret`, explainTemplateUrl);
    for (const [index, config] of (receiver.slackConfigs ?? []).entries()) {
      const path = `${field}.slackConfigs[${index}]`;
      yield* checkUrl(readText(config.apiURL, scope), `${path}.apiURL`, explainAlertUrl);
      const url = readText(config.apiURL, scope);
      if (config.updateMessage === true && url !== undefined && url !== slackUpdateUrl)
        yield reject(
          { field: `${path}.updateMessage`, reason: 'InvalidReceiver' },
          `Cannot change messages at the URL in "apiURL": want ${slackUpdateUrl}`,
        );
    }
  }
}

const readText = (selector: SecretKeySelector | undefined, { assets, namespace }: CheckScope): string | undefined =>
  selector && assets.readText(referTo('Secret', selector, namespace))?.trim();

function* checkUrl(url: string | undefined, field: string, explain: (text: string) => string | undefined): Findings {
  if (url !== undefined && explain(url) !== undefined)
    yield reject(
      { field, reason: 'InvalidURL' },
      'Cannot use the URL in this key: want http:// or https:// and a host',
    );
}
