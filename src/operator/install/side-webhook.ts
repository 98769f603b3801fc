import { hasConvertedVersions, renderCRD } from '../../api/crd.ts';
import { customKinds } from '../../api/kinds.ts';
import { installName, webhookService } from './defaults.ts';
import { labels, selectorLabels } from './labels.ts';
import type { InstallOptions, Manifest, WebhookChoice } from './install-options.ts';
import type { WebhookCertificates, WebhookInstall, WebhookRules } from './webhook-install.ts';
import { listWebhookRules, renderConversion, renderWebhook } from './webhook-install.ts';

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

/** What there is to render; undefined when the operator serves no webhook. */
function describeWebhook({ namespace, webhook }: InstallOptions): WebhookInstall | undefined {
  const certificates = readCertificates(webhook);
  if (certificates === undefined) return undefined;
  return {
    namespace,
    service: webhookService,
    configuration: installName,
    labels,
    selector: selectorLabels,
    certificates,
    failurePolicy: webhook.failurePolicy,
  };
}

/** Service and configurations of the webhook that the operator itself serves; nothing when it is off. */
export function renderSideWebhook(options: InstallOptions): Manifest[] {
  const webhook = describeWebhook(options);
  return webhook === undefined ? [] : renderWebhook(webhook);
}

/** The CRDs; with the webhook, which converts them, AlertmanagerConfigs are served in all versions. */
export function renderInstalledCRDs(options: InstallOptions): Manifest[] {
  const webhook = describeWebhook(options);
  if (webhook === undefined) return customKinds.map((kind) => renderCRD(kind));
  const conversion = renderConversion(webhook);
  return customKinds.map((kind) =>
    hasConvertedVersions(kind) ? renderCRD(kind, 'full', conversion) : renderCRD(kind),
  );
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
