import type { MetadataConfig, QueueConfig, RemoteWriteSpec } from '../../../../api/parts/remote-write.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import {
  checkAuthorization,
  checkBasicAuth,
  checkExclusive,
  checkOAuth2,
  checkSigv4,
} from '../../../field-checks/check-authentication.ts';
import { checkProxy } from '../../../field-checks/check-proxy.ts';
import { checkRelabelings } from '../../../field-checks/check-relabelings.ts';
import type { CheckScope } from '../../../field-checks/check-scope.ts';
import { checkTls } from '../../../field-checks/check-tls.ts';
import type { Findings } from '../../../findings.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { checkAzureAd, renderAzureAd } from './azure-ad.ts';
import {
  renderAuthorization,
  renderBasicAuth,
  renderOAuth2,
  renderProxy,
  renderSigv4,
  renderTls,
  unlessNoEntries,
} from './blocks.ts';
import { listAnyRules } from './job.ts';
import { renderRelabelConfigs } from './relabel-rules.ts';
import { gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

const messages: Readonly<Record<string, string>> = {
  'V1.0': 'prometheus.WriteRequest',
  'V2.0': 'io.prometheus.write.v2.Request',
};

const unlessZero = (count: number | undefined): number | undefined => (count === 0 ? undefined : count);

function renderQueue(queue: QueueConfig | undefined, scope: RenderScope): YamlFields | undefined {
  if (queue === undefined) return undefined;
  return {
    capacity: unlessZero(queue.capacity),
    min_shards: gated(scope, 'queue_config.min_shards', unlessZero(queue.minShards)),
    max_shards: unlessZero(queue.maxShards),
    max_samples_per_send: unlessZero(queue.maxSamplesPerSend),
    batch_send_deadline: queue.batchSendDeadline,
    max_retries: gated(scope, 'queue_config.max_retries', unlessZero(queue.maxRetries)),
    min_backoff: queue.minBackoff,
    max_backoff: queue.maxBackoff,
    retry_on_http_429: gated(
      scope,
      'queue_config.retry_on_http_429',
      queue.retryOnRateLimit === true ? true : undefined,
    ),
    sample_age_limit: gated(scope, 'queue_config.sample_age_limit', queue.sampleAgeLimit),
  };
}

/** Version 2 of the protocol carries metadata with the samples. */
function renderMetadata(
  metadata: MetadataConfig | undefined,
  version: string | undefined,
  scope: RenderScope,
): YamlFields | undefined {
  if (metadata === undefined) return undefined;
  return gated(scope, 'metadata_config', {
    send: version !== 'V2.0' && (metadata.send ?? false),
    send_interval: unlessBlank(metadata.sendInterval),
    max_samples_per_send: gated(scope, 'metadata_config.max_samples_per_send', metadata.maxSamplesPerSend),
  });
}

/** How the client of remote write authenticates and connects, in the order of its keys. */
function renderClient(spec: RemoteWriteSpec, scope: RenderScope): YamlFields {
  return {
    basic_auth: renderBasicAuth(spec.basicAuth, scope),
    bearer_token: unlessBlank(spec.bearerToken),
    bearer_token_file: unlessBlank(spec.bearerTokenFile),
    oauth2: renderOAuth2(spec.oauth2, scope),
    tls_config: renderTls(spec.tlsConfig, scope),
    authorization: renderAuthorization(spec.authorization, scope),
    ...renderProxy(spec, scope),
    sigv4: gated(scope, 'sigv4', renderSigv4(spec.sigv4, scope)),
    azuread: renderAzureAd(spec.azureAd, scope),
    follow_redirects: gated(scope, 'follow_redirects', spec.followRedirects),
    enable_http2: gated(scope, 'enable_http2', spec.enableHTTP2),
  };
}

/** One item of `remote_write` (docs/reference/rendering.md 1.8). */
export function renderRemoteWrite(spec: RemoteWriteSpec, scope: RenderScope): YamlFields {
  const version = spec.messageVersion;
  const message = version === undefined ? undefined : (messages[version] ?? messages['V1.0']);
  return {
    url: spec.url,
    remote_timeout: spec.remoteTimeout,
    headers: gated(scope, 'remote_write.headers', unlessNoEntries(spec.headers)),
    name: gated(scope, 'remote_write.name', unlessBlank(spec.name)),
    protobuf_message: gated(scope, 'protobuf_message', message),
    send_exemplars: gated(scope, 'send_exemplars', spec.sendExemplars),
    send_native_histograms: gated(scope, 'send_native_histograms', spec.sendNativeHistograms),
    write_relabel_configs: listAnyRules(renderRelabelConfigs(spec.writeRelabelConfigs, '')),
    ...renderClient(spec, scope),
    queue_config: renderQueue(spec.queueConfig, scope),
    metadata_config: renderMetadata(spec.metadataConfig, version, scope),
    round_robin_dns: gated(scope, 'round_robin_dns', spec.roundRobinDNS),
  };
}

/** What makes an item impossible (docs/reference/rendering.md 1.13). */
export function* checkRemoteWrite(spec: RemoteWriteSpec, field: string, scope: CheckScope): Findings {
  yield* checkExclusive(spec, ['basicAuth', 'oauth2', 'authorization', 'sigv4', 'azureAd'], field);
  yield* checkBasicAuth(spec.basicAuth, `${field}.basicAuth`, scope);
  yield* checkOAuth2(spec.oauth2, `${field}.oauth2`, scope);
  yield* checkTls(spec.tlsConfig, `${field}.tlsConfig`, scope);
  yield* checkAuthorization(spec.authorization, `${field}.authorization`, scope);
  yield* checkSigv4(spec.sigv4, `${field}.sigv4`, scope);
  yield* checkAzureAd(spec.azureAd, `${field}.azureAd`, scope);
  yield* checkProxy(spec, field, scope);
  yield* checkRelabelings(spec.writeRelabelConfigs, `${field}.writeRelabelConfigs`, scope);
}
