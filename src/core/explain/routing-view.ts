import type { AlertmanagerConfig } from '../../api/alertmanager-config.ts';
import type { Alertmanager } from '../../api/alertmanager.ts';
import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { TerminalError, describeError } from '../../base/errors.ts';
import { complete } from '../../base/interruptible.ts';
import { matchAlertmanagerWorkload, renderAlertmanager } from '../desired/desired-alertmanager.ts';
import { InvalidFieldError } from '../findings.ts';
import { alertmanagerKind } from '../kinds/alertmanager.ts';
import { asAlertmanagerWorkload } from '../render/alertmanager/alertmanager-workload.ts';
import type { RoutingScene } from '../routing/routing-scene.ts';
import { createScene } from '../routing/routing-scene.ts';
import { ConfigCache } from '../select/alertmanager-config/cache.ts';
import type { ExplainFacts } from './facts.ts';
import type { ObjectName } from './model.ts';
import { cutSources } from './operator-scope.ts';
import type { AlertmanagerFacts } from './running.ts';
import type { WorkloadProblem } from './workload-problem.ts';

/** One Alertmanager as chains look at it: its routes as the operator renders them. They are worked out when asked for, once. */
export class RoutingView {
  readonly name: ObjectName;
  readonly object: Alertmanager;
  readonly #facts: ExplainFacts;
  #opened: Opened | undefined;

  constructor(object: Alertmanager, facts: ExplainFacts) {
    const { namespace = '', name = '' } = object.metadata;
    this.name = { kind: alertmanagerKind.type.kind, namespace, name };
    this.object = object;
    this.#facts = facts;
  }

  /** The routes, or why there are none. */
  open(): Opened {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  /** What its running replicas say; nothing where they are not to be asked. */
  askReplicas(): readonly AlertmanagerFacts[] {
    const { asks } = this.#facts;
    return asks.alertmanagers ? this.#facts.askAlertmanagers(this.name, this.object) : [];
  }

  #open(): Opened {
    const { settings } = this.#facts;
    const cache = new ConfigCache();
    try {
      const workload = asAlertmanagerWorkload(this.object, settings);
      const match = complete(matchAlertmanagerWorkload(workload, cutSources(this.#facts), cache));
      const desired = complete(renderAlertmanager(match, this.#facts.readAssets(match.references), cache));
      const { config, failures } = desired;
      if (config === undefined || match.config === undefined) return describeProblem(failures[0]);
      const { version } = workload;
      return {
        scene: createScene({ match: match.config, rendered: config, version, locate: () => undefined }),
        selected: config.selected,
      };
    } catch (error) {
      if (error instanceof TerminalError || error instanceof SyntaxError) return describeProblem(error);
      throw error;
    }
  }
}

interface OpenedRoutes {
  readonly scene: RoutingScene;
  /** The AlertmanagerConfigs that it uses. */
  readonly selected: readonly AlertmanagerConfig[];
}

type Opened = OpenedRoutes | { readonly problem: WorkloadProblem };

function describeProblem(error: unknown): { readonly problem: WorkloadProblem } {
  const field = error instanceof InvalidFieldError ? error.rejection.field : '';
  return { problem: { field, message: error === undefined ? 'it gives no configuration' : describeError(error) } };
}

/** All Alertmanagers, by "namespace/name". */
export function openRoutingViews(facts: ExplainFacts): RoutingView[] {
  const all: readonly (Alertmanager & KubernetesObject)[] = facts.instancesOf<Alertmanager>(alertmanagerKind);
  return [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map((object) => new RoutingView(object, facts));
}
