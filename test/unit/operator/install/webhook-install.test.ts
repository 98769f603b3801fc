import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WebhookInstall } from '../../../../src/operator/install/webhook-install.ts';
import { listWebhookRules, renderConversion, renderWebhook } from '../../../../src/operator/install/webhook-install.ts';

const options: WebhookInstall = {
  namespace: 'monitoring',
  service: 'stoker-webhook',
  configuration: 'stoker',
  labels: { app: 'stoker' },
  selector: { app: 'stoker' },
  certificates: { mode: 'self' },
};

interface ClientConfig {
  readonly url?: string;
  readonly caBundle?: string;
}

/** What the tests look at, of all kinds. */
interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly annotations?: object };
  readonly spec: { readonly secretName?: string };
  readonly webhooks: readonly {
    readonly clientConfig: ClientConfig;
    readonly failurePolicy: string;
    readonly timeoutSeconds: number;
    readonly sideEffects: string;
    readonly namespaceSelector: { readonly matchExpressions: readonly { operator: string; values: string[] }[] };
    readonly rules: readonly { readonly resources: string[]; readonly apiVersions: string[] }[];
  }[];
}

const render = (change: Partial<WebhookInstall> = {}): Rendered[] =>
  renderWebhook({ ...options, ...change }) as unknown as Rendered[];

function ofKind(manifests: readonly Rendered[], kind: string): Rendered {
  const found = manifests.find((one) => one.kind === kind);
  assert.ok(found, kind);
  return found;
}

const hookOf = (manifests: readonly Rendered[], kind: string): Rendered['webhooks'][number] =>
  ofKind(manifests, kind).webhooks[0]!;

describe('renderWebhook', () => {
  it('never lets a webhook that is down block the cluster by default', () => {
    for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']) {
      const hook = hookOf(render(), kind);
      assert.deepEqual([hook.failurePolicy, hook.timeoutSeconds, hook.sideEffects], ['Ignore', 5, 'None']);
      assert.equal(hook.clientConfig.caBundle, undefined, 'the webhook puts it in');
    }
  });

  it('leaves out its own namespace and kube-system where a refusal of the webhook counts', () => {
    const hook = hookOf(render({ failurePolicy: 'Fail' }), 'ValidatingWebhookConfiguration');
    const { operator, values } = hook.namespaceSelector.matchExpressions[0]!;
    assert.deepEqual([operator, values], ['NotIn', ['kube-system', 'monitoring']]);
  });

  it('covers every kind and version', () => {
    const { resources, apiVersions } = hookOf(render(), 'ValidatingWebhookConfiguration').rules[0]!;
    assert.equal(resources.length, 10);
    assert.deepEqual(apiVersions, ['v1', 'v1alpha1', 'v1beta1']);
  });

  it('has an issuer, a certificate and the annotation of the injector with cert-manager', () => {
    const manifests = render({ certificates: { mode: 'cert-manager', secret: 'webhook-tls' } });
    assert.equal(ofKind(manifests, 'Certificate').spec.secretName, 'webhook-tls');
    assert.ok(ofKind(manifests, 'Issuer'));
    assert.deepEqual(ofKind(manifests, 'MutatingWebhookConfiguration').metadata.annotations, {
      'cert-manager.io/inject-ca-from': 'monitoring/stoker-webhook',
    });
  });

  it('takes a CA, and a URL in the place of the Service', () => {
    const change = { certificates: { mode: 'files', caBundle: 'PEM' }, url: 'https://127.0.0.1:8443' } as const;
    const { clientConfig } = hookOf(render(change), 'MutatingWebhookConfiguration');
    const url = 'https://127.0.0.1:8443/admission-prometheusrules/mutate';
    assert.deepEqual(clientConfig, { url, caBundle: Buffer.from('PEM').toString('base64') });
    assert.deepEqual(renderConversion({ ...options, ...change }), {
      conversion: {
        strategy: 'Webhook',
        webhook: {
          clientConfig: { url: 'https://127.0.0.1:8443/convert', caBundle: Buffer.from('PEM').toString('base64') },
          conversionReviewVersions: ['v1'],
        },
      },
      annotations: {},
    });
  });

  it('has the injector of cert-manager look after the conversion, too', () => {
    const { annotations } = renderConversion({ ...options, certificates: { mode: 'cert-manager', secret: 's' } });
    assert.deepEqual(annotations, { 'cert-manager.io/inject-ca-from': 'monitoring/stoker-webhook' });
  });
});

describe('listWebhookRules', () => {
  it('asks for nothing with files and without warnings', () => {
    const certificates = { mode: 'files', caBundle: '' } as const;
    const rules = listWebhookRules({ ...options, certificates, secret: 's', warnUnselected: false });
    assert.deepEqual(rules, { cluster: [], own: [] });
  });

  it('names each object that it writes, but for the creation of the Secret', () => {
    const { cluster, own } = listWebhookRules({ ...options, secret: 'cert', warnUnselected: true });
    const writes = [...cluster, ...own].filter(({ verbs }) => !verbs.includes('watch'));
    assert.deepEqual(
      writes.filter(({ resourceNames }) => resourceNames === undefined).map(({ verbs }) => verbs),
      [['create']],
    );
  });
});
