import type { AzureAD } from '../../../../api/parts/cloud-auth.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { checkSecretKey, reject } from '../../../field-checks/check-scope.ts';
import type { CheckScope } from '../../../field-checks/check-scope.ts';
import type { Findings } from '../../../findings.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { readSecret } from './blocks.ts';
import { gates } from './gates.ts';
import { gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

function renderOAuth({ oauth }: AzureAD, scope: RenderScope): YamlFields | undefined {
  const secret = readSecret(oauth?.clientSecret, scope);
  if (oauth === undefined || secret === undefined) return undefined;
  return gated(scope, 'azuread.oauth', { client_id: oauth.clientId, client_secret: secret, tenant_id: oauth.tenantId });
}

/** `azuread` of remote write (docs/reference/rendering.md 1.8). */
export function renderAzureAd(azure: AzureAD | undefined, scope: RenderScope): YamlFields | undefined {
  if (gated(scope, 'azuread', azure) === undefined || azure === undefined) return undefined;
  const { managedIdentity, sdk, workloadIdentity } = azure;
  return {
    managed_identity: managedIdentity && { client_id: unlessBlank(managedIdentity.clientId) },
    oauth: renderOAuth(azure, scope),
    sdk: gated(scope, 'azuread.sdk', sdk && { tenant_id: sdk.tenantId ?? '' }),
    workload_identity: gated(
      scope,
      'azuread.workload_identity',
      workloadIdentity && { client_id: workloadIdentity.clientId, tenant_id: workloadIdentity.tenantId },
    ),
    cloud: azure.cloud,
    scope: gated(scope, 'azuread.scope', azure.scope),
  };
}

const uuid = /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/;
const reason = 'InvalidAzureAD';
const methods = ['managedIdentity', 'oauth', 'sdk', 'workloadIdentity'] as const;
const methodGates = {
  oauth: gates['azuread.oauth'],
  sdk: gates['azuread.sdk'],
  workloadIdentity: gates['azuread.workload_identity'],
} as const;

function* checkUuid(text: string | undefined, field: string): Findings {
  if (!uuid.test(text ?? '')) yield reject({ field, reason }, `Cannot use "${text ?? ''}": want a UUID`);
}

function* checkMethods(azure: AzureAD, field: string, { version }: CheckScope): Findings {
  const used = methods.filter((method) => azure[method] !== undefined);
  if (used.length !== 1)
    yield reject(
      { field, reason },
      `Cannot authenticate in ${used.length} ways: set exactly one of ${methods.join(', ')}`,
    );
  for (const [method, { since }] of Object.entries(methodGates))
    if (azure[method as keyof typeof methodGates] !== undefined && version.isBelow(since))
      yield reject(
        { field: `${field}.${method}`, reason: 'UnsupportedVersion' },
        `Cannot use it with Prometheus ${version.toString()}: it needs ${since}`,
      );
}

/** Exactly one way, that the version knows (docs/reference/rendering.md 1.13). */
export function* checkAzureAd(azure: AzureAD | undefined, field: string, scope: CheckScope): Findings {
  if (azure === undefined) return;
  yield* checkMethods(azure, field, scope);
  const { managedIdentity, oauth, workloadIdentity } = azure;
  if (
    managedIdentity !== undefined &&
    unlessBlank(managedIdentity.clientId) === undefined &&
    scope.version.isBelow('3.5.0')
  )
    yield reject(
      { field: `${field}.managedIdentity.clientId`, reason },
      'Cannot leave out the client ID: Prometheus 3.5.0 is the first that may',
    );
  if (oauth !== undefined) {
    yield* checkUuid(oauth.clientId, `${field}.oauth.clientId`);
    yield* checkSecretKey(oauth.clientSecret, `${field}.oauth.clientSecret`, scope);
  }
  if (workloadIdentity === undefined) return;
  yield* checkUuid(workloadIdentity.clientId, `${field}.workloadIdentity.clientId`);
  yield* checkUuid(workloadIdentity.tenantId, `${field}.workloadIdentity.tenantId`);
}
