import { installName, webhookService } from './defaults.ts';
import { labels, selectorLabels } from './labels.ts';
import type { InstallOptions, Manifest, WebhookChoice } from './options.ts';
import type { WebhookCertificates, WebhookRules } from './webhook.ts';
import { listWebhookRules, renderWebhook } from './webhook.ts';

function readCertificates({ mode, secret, caBundle }: WebhookChoice): WebhookCertificates | undefined {
  switch (mode) {
    case 'off':
      return undefined;
    case 'self':
      return { mode };
    case 'cert-manager':
      return { mode, secret };
    case 'secret':
      return { mode: 'files', caBundle };
  }
}

/** Service and configurations of the webhook that the operator itself serves; nothing when it is off. */
export function renderSideWebhook({ namespace, webhook }: InstallOptions): Manifest[] {
  const certificates = readCertificates(webhook);
  if (certificates === undefined) return [];
  return renderWebhook({
    namespace,
    service: webhookService,
    configuration: installName,
    labels,
    selector: selectorLabels,
    certificates,
    failurePolicy: webhook.failurePolicy,
  });
}

/** What serving it needs beyond what the operator may do anyhow. */
export function listSideWebhookRules({ webhook }: InstallOptions): WebhookRules {
  const certificates = readCertificates(webhook);
  if (certificates === undefined) return { cluster: [], own: [] };
  const { secret } = webhook;
  return listWebhookRules({ certificates, configuration: installName, secret, warnUnselected: false });
}

/** Flags of the operator for it, by name. */
export function listSideWebhookFlags({ webhook }: InstallOptions): Readonly<Record<string, string>> {
  if (webhook.mode === 'off') return {};
  if (webhook.mode !== 'self') return { webhook: 'true', 'webhook-certificates': 'files' };
  return {
    webhook: 'true',
    'webhook-certificates': 'self',
    'webhook-configuration': installName,
    'webhook-secret': webhook.secret,
    'webhook-service': webhookService,
  };
}
