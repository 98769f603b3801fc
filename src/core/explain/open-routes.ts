import type { Interruptible } from '../../base/interruptible.ts';
import type { Knowledge } from './explain.ts';
import { Inquiry } from './inquiry.ts';
import type { ObjectName } from './model.ts';
import { isLookedAfter } from './operator-scope.ts';
import type { OpenQuestions } from './questions.ts';
import { openRoutingViews } from './routing-view.ts';
import type { OpenedRoutes } from './routing-view.ts';

/** The routes of one Alertmanager, or why it has none. */
export interface AlertmanagerRoutes {
  readonly name: ObjectName;
  readonly opened: OpenedRoutes;
}

/** The routes of all Alertmanagers that the operator looks after, by "namespace/name"; or what must be known first. */
export type RoutesOutcome = { readonly routes: readonly AlertmanagerRoutes[] } | { readonly open: OpenQuestions };

/** Opens them all, with rests. Nothing is read here: as `explain`. */
export function* openRoutes({ premises, answers }: Knowledge): Interruptible<RoutesOutcome> {
  const inquiry = new Inquiry(answers);
  const facts = inquiry.openFacts(premises);
  const all = openRoutingViews(facts).filter(({ name, object }) => isLookedAfter(facts.scope, name.kind, object));
  for (const view of all) yield* view.askForAssets();
  if (!inquiry.isComplete) return { open: inquiry.open };
  const routes: AlertmanagerRoutes[] = [];
  for (const view of all) routes.push({ name: view.name, opened: yield* view.prepare() });
  return { routes };
}
