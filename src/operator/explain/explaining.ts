import type { AssetObjects } from '../../core/assets/store.ts';
import type { CacheHealth } from '../../controllers/workload/controller.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { ExplainSources } from '../../web/explain.ts';
import { checkReadiness } from '../health.ts';
import { Explainer } from './explainer.ts';
import type { ExplainerDeps } from './explainer.ts';

/** Explanations, and whether there can be any. */
export type Explaining = Pick<ExplainSources, 'explain' | 'unavailable'>;

export interface ExplainingParts {
  readonly deps: Pick<ExplainerDeps, 'options' | 'clock'>;
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

/** Explains from what the operator knows: where it leads, and has read everything. */
export function createExplaining({ deps, connection, settings, leadership, workloads }: ExplainingParts): Explaining {
  const explainer = new Explainer({
    ...deps,
    ...connection,
    settings,
    caches: () => workloads.informers,
    assets: () => workloads.listAssets(),
    loads: () => workloads.loads,
  });
  return {
    explain: (question) => explainer.explain(question),
    unavailable: () => {
      if (!leadership.isLeader()) return 'Cannot explain here: this replica does not lead';
      const caches = workloads.listCaches();
      const isFilled = caches.length > 0 && checkReadiness(caches).every(({ ok }) => ok);
      return isFilled ? undefined : 'Cannot explain yet: caches are being filled';
    },
  };
}
