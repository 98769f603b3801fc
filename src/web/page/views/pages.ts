/** One function for each address of the page: data in, the whole document out. */
import { showObject } from '../../../core/explain/model.ts';
import type { Overview } from '../../../core/overview/overview.ts';
import type { ChainData, Chrome, RoutesData, SearchResult } from '../page-source.ts';
import { writeChainBody } from './chain.ts';
import { writeConfiguration } from './configuration.ts';
import type { ConfigurationData } from './configuration.ts';
import { writeConfigurations } from './configurations.ts';
import type { ConfigurationRow } from './configurations.ts';
import { writePage } from './layout.ts';
import { html } from './markup.ts';
import { writeExplainedList } from './overview-lists.ts';
import type { OverviewList } from './overview-lists.ts';
import type { Rights } from '../rights.ts';
import { writeRights } from './who-sees-what.ts';
import { writeRoutes } from './routes.ts';
import { writeFound } from './search.ts';
import { writeTargetList } from './targets.ts';
import type { TargetsData } from './targets.ts';
import { writePermissions, writeRejected, writeWorkloads } from './told-lists.ts';

const addresses: Readonly<Record<OverviewList, readonly [path: string, title: string]>> = {
  monitors: ['/', 'Monitors'],
  rules: ['/rules', 'Rules'],
  routes: ['/alertmanagerconfigs', 'AlertmanagerConfigs'],
};

export interface ListData {
  readonly overview: Overview;
  /** The query of the address: which rows are wanted. */
  readonly params: URLSearchParams;
}

/** `/`, `/rules` and `/alertmanagerconfigs`: what is explained × workloads. */
export function explainedListPage(list: OverviewList, data: ListData, chrome: Chrome): string {
  const [current, title] = addresses[list];
  return writePage({ title, current, body: writeExplainedList(list, data, chrome) }, chrome);
}

/** `/workloads` */
export const workloadsPage = ({ overview, params }: ListData, chrome: Chrome): string =>
  writePage({ title: 'Workloads', current: '/workloads', body: writeWorkloads(overview, params, chrome) }, chrome);

/** `/rejected` */
export const rejectedPage = ({ overview, params }: ListData, chrome: Chrome): string =>
  writePage({ title: 'Rejected', current: '/rejected', body: writeRejected(overview, params, chrome) }, chrome);

/** `/permissions` */
export const permissionsPage = ({ overview, params }: ListData, chrome: Chrome): string =>
  writePage(
    { title: 'Missing permissions', current: '/permissions', body: writePermissions(overview, params, chrome) },
    chrome,
  );

/** `/explain/KIND/NAMESPACE/NAME` */
export const chainPage = (data: ChainData, chrome: Chrome): string =>
  writePage(
    {
      title: showObject(data.explanation.subject),
      body: writeChainBody({ ...data, hasConfigurations: chrome.hasConfigurations === true }),
    },
    chrome,
  );

/** In the place of any page: why it is not there. */
export const problemPage = (
  { status, message }: { readonly status: number; readonly message: string },
  chrome: Chrome,
): string =>
  writePage(
    {
      title: `Error ${status}`,
      body: html`<h1>Error ${status}</h1>
        <p role="alert">${message}</p>`,
    },
    chrome,
  );

/** `/search?q=` */
export const searchPage = (result: SearchResult, params: URLSearchParams, chrome: Chrome): string =>
  writePage({ title: 'Search', body: writeFound(result, params, chrome) }, { ...chrome, query: result.query });

/** `/configuration` */
export const configurationsPage = (
  rows: readonly ConfigurationRow[],
  params: URLSearchParams,
  chrome: Chrome,
): string =>
  writePage(
    { title: 'Configuration', current: '/configuration', body: writeConfigurations(rows, params, chrome) },
    chrome,
  );

/** `/configuration/KIND/NAMESPACE/NAME` */
export const configurationPage = (data: ConfigurationData, params: URLSearchParams, chrome: Chrome): string =>
  writePage({ title: `Configuration of ${showObject(data.workload)}`, body: writeConfiguration(data, params) }, chrome);

/** `/rights` */
export const rightsPage = (rights: Rights, chrome: Chrome): string =>
  writePage({ title: 'Who sees what', current: '/rights', body: writeRights(rights) }, chrome);

/** `/targets` */
export const targetsPage = (data: TargetsData, params: URLSearchParams, chrome: Chrome): string =>
  writePage({ title: 'Targets', current: '/targets', body: writeTargetList(data, params, chrome) }, chrome);

/** `/routes` */
export const routesPage = (
  data: RoutesData,
  asked: { readonly params: URLSearchParams; readonly problem: string | undefined },
  chrome: Chrome,
): string => writePage({ title: 'Routes', current: '/routes', body: writeRoutes(data, asked, chrome) }, chrome);
