import type { AlertmanagerConfig } from '../../api/alertmanager-config.ts';
import type { Alertmanager } from '../../api/alertmanager.ts';
import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { TerminalError, describeError } from '../../base/errors.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { complete } from '../../base/interruptible.ts';
import type { AlertmanagerWorkloadMatch } from '../desired/desired-alertmanager.ts';
import { matchAlertmanagerWorkload, renderAlertmanager } from '../desired/desired-alertmanager.ts';
import { InvalidFieldError } from '../findings.ts';
import { alertmanagerKind } from '../kinds/alertmanager.ts';
import { asAlertmanagerWorkload } from '../render/alertmanager/alertmanager-workload.ts';
import type { RoutingScene } from '../routing/routing-scene.ts';
import { listSceneNotes } from './route-notes.ts';
import type { SceneNote } from './route-notes.ts';
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
  #opened: OpenedRoutes | undefined;

  constructor(object: Alertmanager, facts: ExplainFacts) {
    const { namespace = '', name = '' } = object.metadata;
    this.name = { kind: alertmanagerKind.type.kind, namespace, name };
    this.object = object;
    this.#facts = facts;
  }

  /** The routes, or why there are none. */
  open(): OpenedRoutes {
    return complete(this.prepare());
  }

  /** The same, with rests: of a thousand objects it takes a second. */
  *prepare(): Interruptible<OpenedRoutes> {
    this.#opened ??= yield* this.#open();
    return this.#opened;
  }

  /** What its running replicas say; nothing where they are not to be asked. */
  askReplicas(): readonly AlertmanagerFacts[] {
    const { asks } = this.#facts;
    return asks.alertmanagers ? this.#facts.askAlertmanagers(this.name, this.object) : [];
  }

  *#open(): Interruptible<OpenedRoutes> {
    const cache = new ConfigCache();
    try {
      const match = yield* this.#match(cache);
      const assets = this.#facts.readAssets(match.references);
      const desired = yield* renderAlertmanager(match, assets, cache);
      const { config, failures } = desired;
      if (config === undefined || match.config === undefined) return describeProblem(failures[0]);
      const { version } = match.workload;
      const input = { match: match.config, rendered: config, version, locate: () => undefined };
      const notes = listSceneNotes(match.config, desired, assets);
      return { scene: yield* createScene(input), selected: config.selected, notes };
    } catch (error) {
      if (error instanceof TerminalError || error instanceof SyntaxError) return describeProblem(error);
      throw error;
    }
  }

  /** What it selects; what that refers to must be known before it is opened. */
  *#match(cache: ConfigCache): Interruptible<AlertmanagerWorkloadMatch> {
    const workload = asAlertmanagerWorkload(this.object, this.#facts.settings);
    return yield* matchAlertmanagerWorkload(workload, cutSources(this.#facts), cache);
  }

  /** Asks for all that it refers to. */
  *askForAssets(): Interruptible<void> {
    try {
      const { references } = yield* this.#match(new ConfigCache());
      this.#facts.readAssets(references);
    } catch (error) {
      // Told of when it is opened.
      if (!(error instanceof TerminalError)) throw error;
    }
  }
}

/** The routes, or why there are none. */
export type OpenedRoutes =
  | {
      readonly scene: RoutingScene;
      /** The AlertmanagerConfigs that it uses. */
      readonly selected: readonly AlertmanagerConfig[];
      readonly notes: readonly SceneNote[];
    }
  | { readonly problem: WorkloadProblem };

function describeProblem(error: unknown): { readonly problem: WorkloadProblem } {
  const field = error instanceof InvalidFieldError ? error.rejection.field : '';
  return { problem: { field, message: error === undefined ? 'it gives no configuration' : describeError(error) } };
}

/** All Alertmanagers, by "namespace/name". */
export function openRoutingViews(facts: ExplainFacts): RoutingView[] {
  const all: readonly (Alertmanager & KubernetesObject)[] = facts.instancesOf<Alertmanager>(alertmanagerKind);
  return [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map((object) => new RoutingView(object, facts));
}
