/** What tells the API server of the webhook; pure, for manifests, chart and tests. */
import type { CRDConversion } from '../../api/crd.ts';
import { customKinds } from '../../api/kinds.ts';
import { monitoringGroup } from '../../api/resource.ts';
import { webhookPaths } from '../../webhook/app.ts';
import { renderServiceCertificate } from './certificate.ts';
import type { PolicyRule } from './access-plan.ts';

type Manifest = Readonly<Record<string, unknown>>;

/** Who makes the serving certificate and puts its CA into the configurations. */
export type WebhookCertificates =
  /** The webhook itself (`--webhook-certificates=self`). */
  | { readonly mode: 'self' }
  /** cert-manager, with an issuer of its own, into this Secret; its cainjector puts in the CA. */
  | { readonly mode: 'cert-manager'; readonly secret: string }
  /** Somebody else; `caBundle` is PEM. */
  | { readonly mode: 'files'; readonly caBundle: string };

export interface WebhookInstall {
  readonly namespace: string;
  /** Service, and first part of all names; `--webhook-service`. */
  readonly service: string;
  /** Name of both configurations; `--webhook-configuration`. */
  readonly configuration: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of the pods that serve, on a port named "webhook". */
  readonly selector: Readonly<Record<string, string>>;
  readonly certificates: WebhookCertificates;
  /** Default: Ignore. */
  readonly failurePolicy?: 'Ignore' | 'Fail';
  /** Default: 5. */
  readonly timeoutSeconds?: number;
  /** In the place of the Service, such as "https://127.0.0.1:8443"; for webhooks outside of the cluster. */
  readonly url?: string;
}

const reviewVersions = ['v1', 'v1beta1'];

/** Where the API server finds a path. */
function renderClient({ namespace, service, certificates, url }: WebhookInstall, path: string): Manifest {
  const caBundle =
    certificates.mode === 'files' ? { caBundle: Buffer.from(certificates.caBundle).toString('base64') } : {};
  return url === undefined
    ? { service: { namespace, name: service, path, port: 443 }, ...caBundle }
    : { url: `${url}${path}`, ...caBundle };
}

/** Annotations for those who put the CA in. */
function listInjectors({ namespace, service, certificates }: WebhookInstall): Readonly<Record<string, string>> {
  return certificates.mode === 'cert-manager' ? { 'cert-manager.io/inject-ca-from': `${namespace}/${service}` } : {};
}

/**
 * Namespaces in which the webhook has a say. With `Fail`, those that must come up without it are left out: its own, and
 * kube-system. With `Ignore` nothing needs to be.
 */
function renderNamespaces({ namespace, failurePolicy = 'Ignore' }: WebhookInstall): Manifest {
  if (failurePolicy === 'Ignore') return {};
  const values = [...new Set(['kube-system', namespace])];
  return {
    namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values }] },
  };
}

function renderHook(options: WebhookInstall, [name, path]: readonly [string, string], resources: Manifest): Manifest {
  const { failurePolicy = 'Ignore', timeoutSeconds = 5 } = options;
  return {
    name,
    admissionReviewVersions: reviewVersions,
    clientConfig: renderClient(options, path),
    failurePolicy,
    matchPolicy: 'Equivalent',
    ...renderNamespaces(options),
    rules: [{ apiGroups: [monitoringGroup], operations: ['CREATE', 'UPDATE'], scope: 'Namespaced', ...resources }],
    sideEffects: 'None',
    timeoutSeconds,
  };
}

function renderConfiguration(options: WebhookInstall, kind: 'Validating' | 'Mutating', hook: Manifest): Manifest {
  const { configuration: name, labels } = options;
  const annotations = listInjectors(options);
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${kind}WebhookConfiguration`,
    metadata: { name, labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    webhooks: [hook],
  };
}

function renderIssuer({ namespace, service: name, labels, certificates }: WebhookInstall): Manifest[] {
  if (certificates.mode !== 'cert-manager') return [];
  return renderServiceCertificate({ name, namespace, labels, secret: certificates.secret });
}

/**
 * Service, configurations and, with cert-manager, the certificate.
 *
 * The `failurePolicy` is Ignore unless told: an operator that is down, or whose certificate is not known yet, must not keep
 * anybody from changing what is monitored; what slips through is still left out by the operator, with an Event. The timeout
 * is short for the same reason.
 */
export function renderWebhook(options: WebhookInstall): Manifest[] {
  const { namespace, service: name, labels, selector } = options;
  const plurals = customKinds.map(({ type }) => type.plural).sort();
  const versions = [...new Set(customKinds.flatMap((kind) => kind.versions.map(({ version }) => version)))].sort();
  const validate = renderHook(options, ['validate.stoker.dev', webhookPaths.validate], {
    apiVersions: versions,
    resources: plurals,
  });
  const mutate = renderHook(options, ['mutate.stoker.dev', webhookPaths.mutateRules], {
    apiVersions: ['v1'],
    resources: ['prometheusrules'],
  });
  const port = { name: 'webhook', port: 443, targetPort: 'webhook', protocol: 'TCP' };
  return [
    { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace, labels }, spec: { selector, ports: [port] } },
    ...renderIssuer(options),
    renderConfiguration(options, 'Validating', validate),
    renderConfiguration(options, 'Mutating', mutate),
  ];
}

/**
 * What the CRD of AlertmanagerConfigs needs so that all of its versions can be served. Unlike admission a conversion has no
 * failure policy: while the webhook is away, v1beta1 can neither be read nor written; v1alpha1, the stored version, can.
 */
export function renderConversion(options: WebhookInstall): CRDConversion {
  const clientConfig = renderClient(options, webhookPaths.convert);
  return {
    conversion: { strategy: 'Webhook', webhook: { clientConfig, conversionReviewVersions: ['v1'] } },
    annotations: listInjectors(options),
  };
}

/** What the webhook asks of the API server; nothing with a certificate in files and without warnings of what is unselected. */
export interface WebhookRules {
  readonly cluster: readonly PolicyRule[];
  /** In the webhook's own namespace. */
  readonly own: readonly PolicyRule[];
}

/** @param options.secret `--webhook-secret`, @param options.warnUnselected `--webhook-warn-unselected`. */
export function listWebhookRules(
  options: Pick<WebhookInstall, 'certificates' | 'configuration'> & {
    readonly secret: string;
    readonly warnUnselected: boolean;
  },
): WebhookRules {
  const isSelf = options.certificates.mode === 'self';
  const follow = ['list', 'watch'];
  const workloads = ['prometheuses', 'prometheusagents', 'thanosrulers', 'alertmanagers'];
  const view: PolicyRule[] = [
    { apiGroups: [monitoringGroup], resources: workloads, verbs: follow },
    { apiGroups: [''], resources: ['namespaces'], verbs: follow },
  ];
  const bundles: PolicyRule[] = [
    {
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
      resourceNames: [options.configuration],
      verbs: ['get', 'patch'],
    },
    {
      apiGroups: ['apiextensions.k8s.io'],
      resources: ['customresourcedefinitions'],
      resourceNames: [`alertmanagerconfigs.${monitoringGroup}`],
      verbs: ['get', 'patch'],
    },
  ];
  const secret: PolicyRule[] = [
    { apiGroups: [''], resources: ['secrets'], resourceNames: [options.secret], verbs: ['get', 'update'] },
    // A creation cannot be granted by name.
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  ];
  return {
    cluster: [...(isSelf ? bundles : []), ...(options.warnUnselected ? view : [])],
    own: isSelf ? secret : [],
  };
}
