import type { WebhookCertificates } from '../../../src/operator/install/webhook.ts';
import { listWebhookRules, renderWebhook } from '../../../src/operator/install/webhook.ts';

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

function renderObjects(failurePolicy: 'Ignore' | 'Fail') {
  const shared = { namespace: '@namespace@', service, configuration, labels: {}, selector: {}, failurePolicy };
  return Object.fromEntries(certificates.map((one) => [one.mode, renderWebhook({ ...shared, certificates: one })]));
}

/** files/webhook.json: objects by failure policy and mode, and the rules of the mode "self", the only one that needs some. */
export const webhookFile = {
  objects: { Ignore: renderObjects('Ignore'), Fail: renderObjects('Fail') },
  rules: listWebhookRules({ certificates: { mode: 'self' }, configuration, secret, warnUnselected: false }),
  caBundle: Buffer.from(caBundle).toString('base64'),
};
