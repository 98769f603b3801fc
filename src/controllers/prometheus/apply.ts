import { createHash } from 'node:crypto';
import { configMapType, daemonSetType, secretType, serviceType, statefulSetType } from '../../api/builtin-types.ts';
import type { KubernetesObject, NamespacedName, ObjectMetadata } from '../../api/meta.ts';
import { isObjectName } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { TerminalError } from '../../base/errors.ts';
import { hashJson } from '../../base/hash.ts';
import type { Logger } from '../../base/logger.ts';
import type { DesiredPrometheus } from '../../core/desired/prometheus.ts';
import { labelAllPods } from '../../core/render/prometheus/labels.ts';
import { chooseExcessTlsAssets, listOwnedNames } from '../../core/render/prometheus/owned-objects.ts';
import { deadlineAnnotation, decideSurplus } from '../../core/render/prometheus/retention.ts';
import { renderConfigSecret } from '../../core/render/prometheus/secrets.ts';
import type { PrometheusWorkload } from '../../core/render/prometheus/workload.ts';
import { nameRuleConfigMap, ruleOwnerLabels } from '../../core/render/rules/config-maps.ts';
import { listSurplus } from '../../core/render/rules/plan.ts';
import {
  acknowledgeWrite,
  reviseContested,
  reviseStamped,
  stampStatefulSet,
} from '../../core/render/shared/input-hash.ts';
import type { Secret, Service, StatefulSet } from '../../core/render/shared/objects.ts';
import { checkCustomService } from '../../core/render/shared/governing-service.ts';
import { unlessBlank } from '../../core/render/shared/objects.ts';
import { reviseConfigMap, reviseDaemonSet, reviseSecret, reviseService } from '../../core/render/shared/revision.ts';
import { InvalidFieldError } from '../../core/findings.ts';
import type { Informer } from '../../kubernetes/cache/informer.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isNotFound } from '../../kubernetes/client/errors.ts';
import type { Applier } from '../../runtime/applier.ts';
import { applyDaemonSet } from '../workload/daemon-sets.ts';
import type { SurplusFinder } from '../workload/follow.ts';
import { followAssets } from '../workload/follow.ts';
import type { RivalWatch } from '../workload/rivals.ts';
import { applyStatefulSet } from '../workload/stateful-sets.ts';
import type { Instance, InstanceKind } from './kind.ts';
import type { PrometheusWatches } from './watches.ts';

export interface ApplyDeps {
  readonly kind: InstanceKind;
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly fence: () => void;
  readonly applier: Applier;
  readonly watches: PrometheusWatches;
  readonly surplus: SurplusFinder;
  readonly observeRecreate: () => void;
  readonly rivals: RivalWatch;
  /** Another operator was found to change the set. */
  readonly observeRival: (owner: KubernetesObject, set: string) => void;
  readonly isOurs: (instance: Instance) => boolean;
}

/** The version that a metadata cache shows; undefined while it cannot say. */
function observe(cache: Informer<ObjectMetadata>, { metadata }: KubernetesObject): string | undefined {
  if (!cache.hasSynced()) return undefined;
  return cache.store.get(metadata.namespace ?? '', metadata.name ?? '')?.metadata.resourceVersion ?? '';
}

/**
 * Brings everything but status to what is desired, in the order of docs/reference/operator-runtime.md 3.3: what pods mount comes
 * before the pods. Returns after how many milliseconds a retained shard is due, if one is.
 */
export async function applyPrometheus(deps: ApplyDeps, desired: DesiredPrometheus): Promise<number | undefined> {
  followOwned(deps, desired);
  if (desired.workload.role === 'server') await applyRules(deps, desired);
  await applySecrets(deps, desired);
  if (desired.workload.form === 'StatefulSet') await applyGoverningService(deps, desired.workload);
  for (const statefulSet of desired.statefulSets) await applyShard(deps, statefulSet, desired.workload);
  await applyDaemon(deps, desired);
  return await removeSurplusShards(deps, desired.workload);
}

/** Where Secrets and ConfigMaps are read by name, those that are made here are among them. */
function followOwned({ kind, watches }: ApplyDeps, { workload, tlsAssets, ruleConfigMaps }: DesiredPrometheus): void {
  const { namespace = '' } = workload.owner.metadata;
  const { secrets, configMaps } = listOwnedNames(workload, {
    tlsAssetSecrets: tlsAssets.length,
    ruleConfigMaps: ruleConfigMaps.map(({ object }) => object.metadata.name ?? ''),
  });
  followAssets(watches, userOfOwned(kind, workload.owner), [
    ...secrets.map((name) => ({ kind: 'Secret' as const, namespace, name })),
    ...configMaps.map((name) => ({ kind: 'ConfigMap' as const, namespace, name })),
  ]);
}

/** Who needs the objects that were made for a workload. */
export function userOfOwned({ queueName }: InstanceKind, { metadata }: KubernetesObject): string {
  return `${queueName} ${metadata.namespace ?? ''}/${metadata.name ?? ''} owned`;
}

/** First what is new, then what is too much: at no moment a rule is missing. */
async function applyRules(
  { applier, watches, surplus: finder }: ApplyDeps,
  { ruleConfigMaps, workload }: DesiredPrometheus,
): Promise<void> {
  for (const { object, fingerprint } of ruleConfigMaps) {
    const observedVersion = observe(watches.configMaps, object);
    await applier.apply({ type: configMapType, object, fingerprint, revise: reviseConfigMap, observedVersion });
  }
  const { namespace = '', name = '' } = workload.owner.metadata;
  const prefix = nameRuleConfigMap('prometheus', name, '');
  const candidates = await finder.find(watches.configMaps, { namespace, prefix, wanted: ruleConfigMaps.length });
  const labelled = candidates.filter(({ metadata }) => metadata.labels?.[ruleOwnerLabels.prometheus] === name);
  for (const surplus of listSurplus(ruleConfigMaps, labelled)) {
    await applier.delete(
      configMapType,
      { namespace, name: surplus.metadata.name ?? '' },
      { uid: surplus.metadata.uid },
    );
  }
}

async function applySecrets(deps: ApplyDeps, desired: DesiredPrometheus): Promise<void> {
  const { applier, watches, surplus } = deps;
  const { workload, tlsAssets } = desired;
  await applyConfig(deps, desired);
  for (const object of [...tlsAssets, desired.webConfig, ...listHttpClient(desired)]) {
    await applySecret(deps, object, hashJson(object));
  }
  const { namespace = '' } = workload.owner.metadata;
  const numbered = { namespace, prefix: `${workload.names.tlsAssets}-`, wanted: tlsAssets.length };
  const candidates = await surplus.find(watches.secrets, numbered);
  const excess = chooseExcessTlsAssets(workload, candidates, tlsAssets.length);
  for (const { metadata } of excess) {
    await applier.delete(secretType, { namespace, name: metadata.name ?? '' }, { uid: metadata.uid });
  }
}

const listHttpClient = ({ httpClient }: DesiredPrometheus): Secret[] => (httpClient === undefined ? [] : [httpClient]);

async function applySecret({ applier, watches }: ApplyDeps, object: Secret, fingerprint: string): Promise<void> {
  const observedVersion = observe(watches.secrets, object);
  await applier.apply({ type: secretType, object, fingerprint, revise: reviseSecret, observedVersion });
}

async function applyConfig(deps: ApplyDeps, { workload, config }: DesiredPrometheus): Promise<void> {
  if (config === undefined) {
    const object = renderConfigSecret(workload, new Uint8Array());
    // Made once, then the user's: whatever is in it is as it should be.
    const revise = (live: Secret) => ({ object: live, differences: [] });
    await deps.applier.apply({ type: secretType, object, fingerprint: 'unmanaged', revise });
    return;
  }
  const bytes = config.gzip();
  requireRoom(workload, bytes.length);
  const object = renderConfigSecret(workload, bytes);
  const digest = createHash('sha256').update(bytes).digest('base64url');
  await applySecret(deps, object, hashJson({ metadata: object.metadata, digest }));
}

/** What the API server allows the values of a Secret to have together. */
const largestSecret = 1024 * 1024;

/** @throws {TerminalError} the last configuration stays: half of one would drop targets. */
function requireRoom(workload: PrometheusWorkload, size: number): void {
  if (size <= largestSecret) return;
  const { name = '' } = workload.owner.metadata;
  throw new TerminalError(
    `Cannot write the configuration: compressed it has ${size} bytes, and a Secret holds at most ${largestSecret}; ` +
      `the last one stays. Let "${name}" select fewer objects, or spread them over several objects of its kind`,
  );
}

async function applyGoverningService(deps: ApplyDeps, workload: PrometheusWorkload): Promise<void> {
  const { namespace = '' } = workload.owner.metadata;
  const name = unlessBlank(workload.spec.serviceName);
  if (name !== undefined) {
    const found = isObjectName(name) ? await findService(deps, { namespace, name }) : undefined;
    const rejection = checkCustomService(workload.spec, found, labelAllPods(workload));
    if (rejection !== undefined) throw new InvalidFieldError(rejection);
    return;
  }
  const sharers = deps.watches.instances.store.list(namespace).filter(deps.isOurs);
  const object = deps.kind.renderGoverningService(sharers, workload.settings);
  if (object === undefined) return;
  const observedVersion = observe(deps.watches.services, object);
  const desired = { type: serviceType, object, fingerprint: hashJson(object), revise: reviseService, observedVersion };
  await deps.applier.apply(desired);
}

async function findService({ client }: ApplyDeps, name: NamespacedName): Promise<Service | undefined> {
  return client.get<Service>(serviceType, name).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
}

async function applyShard(deps: ApplyDeps, object: StatefulSet, workload: PrometheusWorkload): Promise<void> {
  const { client, fence, applier, logger, observeRecreate, watches, rivals } = deps;
  const { namespace = '', name = '' } = object.metadata;
  const live = watches.statefulSets.store.get(namespace, name);
  const verdict = rivals.judge(live);
  if (verdict === 'newly-contested') deps.observeRival(workload.owner, name);
  const result = await applyStatefulSet(
    { client, fence, applier, logger, observeRecreate },
    {
      type: statefulSetType,
      object,
      fingerprint: '',
      revise: verdict === 'ours' ? reviseStamped : reviseContested,
      create: stampStatefulSet,
      acknowledge: (written, desired) => {
        const again = acknowledgeWrite(written, desired);
        rivals.note(again ?? written, live?.metadata.resourceVersion);
        return again;
      },
      cache: { object: live },
    },
    live,
  );
  const key = `${namespace}/${workload.owner.metadata.name ?? ''}`;
  if (result !== 'unchanged') logger.info('StatefulSet applied', { key, name, result });
}

/** The DaemonSet of an agent; one that is left from before its mode changed goes. */
async function applyDaemon(deps: ApplyDeps, { daemonSet, workload }: DesiredPrometheus): Promise<void> {
  const { watches, logger, applier } = deps;
  const { namespace = '', name: owner = '', uid } = workload.owner.metadata;
  const { prefix: name } = workload.names;
  const live = watches.daemonSets?.store.get(namespace, name);
  if (daemonSet !== undefined) {
    const desired = {
      type: daemonSetType,
      object: daemonSet,
      fingerprint: '',
      revise: reviseDaemonSet,
      cache: { object: live },
    };
    const result = await applyDaemonSet(deps, desired, live);
    if (result !== 'unchanged') logger.info('DaemonSet applied', { key: `${namespace}/${owner}`, name, result });
    return;
  }
  if (live === undefined || live.metadata.deletionTimestamp !== undefined) return;
  if (live.metadata.ownerReferences?.some((reference) => reference.uid === uid) !== true) return;
  logger.info('DaemonSet of the former mode is deleted', { namespace, name });
  await applier.delete(daemonSetType, { namespace, name }, { propagationPolicy: 'Foreground', uid: live.metadata.uid });
}

async function removeSurplusShards(deps: ApplyDeps, workload: PrometheusWorkload): Promise<number | undefined> {
  const { namespace = '' } = workload.owner.metadata;
  const now = deps.clock.now();
  const due: number[] = [];
  for (const decision of decideSurplus(workload, deps.watches.statefulSets.store.list(namespace), now)) {
    const { name = '', uid } = decision.statefulSet.metadata;
    if (decision.kind === 'delete') {
      deps.logger.info('Surplus shard is deleted', { namespace, name });
      await deps.applier.delete(statefulSetType, { namespace, name }, { propagationPolicy: 'Foreground', uid });
      continue;
    }
    if (decision.kind === 'retain') await markRetained(deps, { namespace, name }, decision.deadline);
    if (decision.dueAt !== undefined) due.push(decision.dueAt - now);
  }
  return due.length === 0 ? undefined : Math.max(0, Math.min(...due));
}

async function markRetained(
  { client, fence, logger }: ApplyDeps,
  name: { namespace: string; name: string },
  deadline: string,
): Promise<void> {
  fence();
  logger.info('Surplus shard is retained', { ...name, deadline });
  const body = { metadata: { annotations: { [deadlineAnnotation]: deadline } } };
  await client.patch(statefulSetType, name, { kind: 'merge', body });
}
