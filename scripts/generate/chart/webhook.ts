import type { WebhookCertificates } from '../../../src/operator/install/webhook-install.ts';
import { listWebhookRules, renderConversion, renderWebhook } from '../../../src/operator/install/webhook-install.ts';

/** Words that the templates replace. The CA is one in base64, as it stands in a manifest. */
const configuration = '@configuration@';
const service = '@service@';
const secret = '@secret@';
const caBundle = '@ca@';

const certificates: readonly WebhookCertificates[] = [
  { mode: 'self' },
  { mode: 'cert-manager', secret },
  { mode: 'files', caBundle },
];

const shared = { namespace: '@namespace@', service, configuration, labels: {}, selector: {} };

function renderObjects(failurePolicy: 'Ignore' | 'Fail') {
  return Object.fromEntries(
    certificates.map((one) => [one.mode, renderWebhook({ ...shared, failurePolicy, certificates: one })]),
  );
}

const conversions = Object.fromEntries(
  certificates.map((one) => [one.mode, renderConversion({ ...shared, certificates: one })]),
);

/**
 * files/webhook.json: objects by failure policy and mode, what the CRD of AlertmanagerConfigs needs by mode, and the rules of
 * the mode "self", the only one that needs some.
 */
export const webhookFile = {
  objects: { Ignore: renderObjects('Ignore'), Fail: renderObjects('Fail') },
  conversions,
  rules: listWebhookRules({ certificates: { mode: 'self' }, configuration, secret, warnUnselected: false }),
  caBundle: Buffer.from(caBundle).toString('base64'),
};
