/** The lists of the page: what of the overview a caller may see, as JSON or HTML. */
import type { Overview } from '../../core/overview/overview.ts';
import { restrictOverview } from '../../core/overview/restrict.ts';
import type { Chrome } from './page-source.ts';
import type { PageCaller } from './page-guard.ts';
import type { Place } from './sight.ts';
import { explainedListPage, permissionsPage, rejectedPage, workloadsPage } from './views/pages.ts';
import type { ListData } from './views/pages.ts';

/** What there is, and when it was read. */
export interface OverviewReading {
  readonly overview: Overview;
  /** Milliseconds since 1970. */
  readonly asOf: number;
}

type ListName = 'monitors' | 'rules' | 'routes' | 'workloads' | 'rejected' | 'permissions';

interface PageList {
  readonly list: ListName;
  readonly write: (data: ListData, chrome: Chrome) => string;
}

const explained = (list: 'monitors' | 'rules' | 'routes'): PageList => ({
  list,
  write: (data, chrome) => explainedListPage(list, data, chrome),
});

/** By their addresses. */
export const pageLists: Readonly<Record<string, PageList>> = {
  '/': explained('monitors'),
  '/rules': explained('rules'),
  '/alertmanagerconfigs': explained('routes'),
  '/workloads': { list: 'workloads', write: workloadsPage },
  '/rejected': { list: 'rejected', write: rejectedPage },
  '/permissions': { list: 'permissions', write: permissionsPage },
};

/** All places that rows of an overview are about, each once. */
function listPlaces({ monitors, rules, routes, workloads, rejected, permissions }: Overview): Place[] {
  const rows = [...monitors, ...rules, ...routes];
  const objects = [
    ...rows.flatMap(({ object, decisive }) => [object, decisive]),
    ...workloads.map(({ object }) => object),
    ...rejected.flatMap(({ object, workload }) => [object, workload]),
    ...permissions.map(({ workload }) => workload),
  ];
  const everywhere: Place = { kind: 'ServiceMonitor', namespace: '' };
  return [
    ...new Map(
      [everywhere, ...objects].map(({ kind, namespace }) => [`${kind} ${namespace}`, { kind, namespace }]),
    ).values(),
  ];
}

/** What a caller is shown of an overview. @throws {RefusalError} when nobody can say what they may see. */
export async function showOverviewTo(caller: PageCaller, overview: Overview): Promise<Overview> {
  const sight = await caller.look([...listPlaces(overview), { kind: 'ServiceMonitor', namespace: '' }]);
  const sees = (kind: string, namespace: string): boolean => sight.sees({ kind, namespace }) === true;
  // What could not be read is told with its namespace.
  const notes = sees('ServiceMonitor', '') ? overview.notes : [];
  return { ...restrictOverview(overview, sees), notes };
}
