import type { KubernetesObject } from '../../api/meta.ts';
import type { AssetObjects } from '../../core/assets/store.ts';
import type { CacheHealth } from '../../controllers/workload/controller.ts';
import type { AlertmanagerRoutes } from '../../core/explain/open-routes.ts';
import type { ObjectName } from '../../core/explain/model.ts';
import type { SurveyedTargets } from '../../core/overview/target-survey.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { ExplainSources } from '../../web/explain.ts';
import type { Turns } from '../../runtime/turns.ts';
import { checkReadiness } from '../health.ts';
import { Explainer } from './explainer.ts';
import type { ExplainerDeps } from './explainer.ts';
import type { Found } from './search-objects.ts';
import { Overviewer } from './overviewer.ts';
import type { OverviewerDeps } from './overviewer.ts';

/** Explanations, and whether there can be any. */
export interface Explaining extends Pick<ExplainSources, 'explain' | 'unavailable'> {
  /** What is said of everything; where nothing can be explained, that is nothing. */
  readonly overviews: Overviewer;
  /** Targets, likewise; nobody is told of their changes. */
  readonly targets: Overviewer<SurveyedTargets>;
  /** The routes of all Alertmanagers, likewise. */
  readonly routes: Overviewer<readonly AlertmanagerRoutes[]>;
  /** All that a query may mean. @throws as `Explainer.search`. */
  readonly search: (query: string) => Promise<Found>;
  /** An object as answers know it. @throws as `Explainer.find`. */
  readonly find: (name: ObjectName) => Promise<KubernetesObject | undefined>;
}

export interface ExplainingParts {
  readonly deps: Pick<ExplainerDeps, 'options' | 'clock'> & Pick<OverviewerDeps, 'logger'>;
  /** In which answers are worked out. */
  readonly turns: Turns;
  readonly connection: Pick<ExplainerDeps, 'client'>;
  readonly settings: OperatorSettings;
  readonly leadership: { isLeader(): boolean };
  readonly workloads: {
    readonly informers: ReturnType<ExplainerDeps['caches']>;
    readonly loads: ReturnType<ExplainerDeps['loads']>;
    listAssets(): AssetObjects;
    listCaches(): readonly CacheHealth[];
  };
}

/** Explains from what the operator knows, once its caches are filled; on every replica. Only the leader has seen what monitors refer to: others read it. */
export function createExplaining(parts: ExplainingParts): Explaining {
  const { deps, turns, connection, settings, leadership, workloads } = parts;
  const explainer = new Explainer({
    ...deps,
    ...connection,
    turns,
    settings,
    caches: () => workloads.informers,
    assets: () => (leadership.isLeader() ? workloads.listAssets() : undefined),
    loads: () => workloads.loads,
  });
  const unavailable = (): string | undefined => {
    const caches = workloads.listCaches();
    const isFilled = caches.length > 0 && checkReadiness(caches).every(({ ok }) => ok);
    return isFilled ? undefined : 'Cannot explain yet: caches are being filled';
  };
  return {
    explain: (question) => explainer.explain(question),
    search: (query) => explainer.search(query),
    find: (name) => explainer.find(name),
    overviews: new Overviewer({ ...deps, unavailable, survey: () => explainer.survey() }),
    targets: new Overviewer({ ...deps, unavailable, survey: () => explainer.findTargets() }),
    routes: new Overviewer({ ...deps, unavailable, survey: () => explainer.openRoutes() }),
    unavailable,
  };
}
