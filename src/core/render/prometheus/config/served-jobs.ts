import { writeYamlItems, writeYamlPieces } from '../../../../base/yaml-writer.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import { nameTlsAsset } from '../../../assets/tls-assets.ts';
import type { AssetStore } from '../../../assets/store.ts';
import { chooseForm } from '../../../served/choose-form.ts';
import type { ServedForm } from '../../../served/choose-form.ts';
import type { LoadedJob } from '../../../targets/scrape-job.ts';
import { tlsAssetFolder } from '../prometheus-paths.ts';
import type { Fragment } from './fragment.ts';
import type { Job } from './job.ts';
import { ownNodeSelector } from './kubernetes-discovery.ts';
import type { Traces } from './render-scope.ts';
import type { ScrapeContext } from './scrape-context.ts';
import { encodePath, isServed } from './serving-context.ts';
import type { ServingContext } from './serving-context.ts';

/** What decides about targets, and is no secret: all that the discovery service is told of a job, and of `global`. */
const plannedKeys: ReadonlySet<string> = new Set([
  ...['job_name', 'scrape_interval', 'scrape_timeout', 'metrics_path', 'scheme', 'params', 'relabel_configs'],
  ...['target_limit', 'keep_dropped_targets', 'metric_name_validation_scheme', 'kubernetes_sd_configs'],
  ...['scrape_native_histograms', 'always_scrape_classic_histograms', 'convert_classic_histograms_to_nhcb'],
]);

/** The same of an item of `kubernetes_sd_configs`. */
const plannedDiscoveryKeys: ReadonlySet<string> = new Set(['role', 'namespaces', 'selectors', 'attach_metadata']);

const pick = (fields: YamlFields, keys: ReadonlySet<string>): YamlFields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => keys.has(key)));

/** What of `global` the discovery service is told. */
export const planGlobal = (global: YamlFields): YamlFields => pick(global, plannedKeys);

function planJob(config: YamlFields): YamlFields {
  const { kubernetes_sd_configs: discovery } = config;
  const items = isList(discovery) ? discovery.map(planDiscovery) : [];
  return { ...pick(config, plannedKeys), kubernetes_sd_configs: items };
}

/** Which node a pod is on the service finds out for all of them. */
function planDiscovery(item: YamlValue): YamlValue {
  const fields = pick(item as YamlFields, plannedDiscoveryKeys);
  const { selectors } = fields;
  const others = isList(selectors) ? selectors.flatMap((one) => withoutOwnNode(one as YamlFields)) : [];
  return { ...fields, selectors: others.length === 0 ? undefined : others };
}

/** Labels are selected all the same. */
function withoutOwnNode(selector: YamlFields): YamlFields[] {
  const { field, ...rest } = selector;
  if (field !== ownNodeSelector) return [selector];
  return 'label' in rest ? [rest] : [];
}

const isList = (value: YamlValue | undefined): value is readonly YamlValue[] => Array.isArray(value);

const tokenFile = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** The one item of `http_sd_configs` of a job. */
function renderHttpDiscovery(job: string, form: ServedForm, serving: ServingContext): YamlFields {
  const { url, pods, refreshInterval, ca } = serving;
  return {
    url: `${url}/v1/${form}/${pods}/jobs/${encodePath(job)}`,
    refresh_interval: refreshInterval,
    authorization: { type: 'Bearer', credentials_file: tokenFile },
    tls_config: ca === undefined ? undefined : { ca_file: `${tlsAssetFolder}/${nameTlsAsset(ca)}` },
  };
}

/** The job as it is written: what the service does for it is gone. */
function replaceDiscovery(config: YamlFields, form: ServedForm, item: YamlFields): YamlFields {
  const kept = Object.entries(config).filter(([key]) => form === 'kept' || key !== 'relabel_configs');
  return Object.fromEntries(
    kept.map(([key, value]) => (key === 'kubernetes_sd_configs' ? ['http_sd_configs', [item]] : [key, value])),
  );
}

/** What is on no node: nobody would have it where each node has its own targets. */
const withoutNode: ReadonlySet<string> = new Set(['service', 'ingress']);

function chooseServedForm(loaded: LoadedJob, { daemonSet, version }: ScrapeContext): ServedForm | undefined {
  const isNowhere = loaded.discovery.some((one) => one.mechanism === 'kubernetes' && withoutNode.has(one.role));
  return daemonSet && isNowhere ? undefined : chooseForm(loaded, version);
}

/** Where the text of a monitor's jobs is put together: what is written of them, and what the service is told. */
export class ServedTexts {
  readonly #context: ScrapeContext;
  readonly #serving: ServingContext | undefined;
  readonly #traces: Traces;
  readonly #pieces: string[] = [];
  readonly #plan: string[] = [];
  #isWhole = true;

  constructor(context: ScrapeContext, assets: AssetStore, traces: Traces) {
    const { serving } = context;
    this.#context = context;
    this.#serving = isServed(serving, assets) ? serving : undefined;
    this.#traces = traces;
  }

  /** @param pieces the job with its own discovery @param load the same job as Prometheus reads it */
  add({ config }: Job, pieces: readonly string[], load: () => LoadedJob): void {
    const serving = this.#serving;
    const form = serving && chooseServedForm(load(), this.#context);
    if (serving === undefined || form === undefined) {
      this.#pieces.push(...pieces);
      this.#isWhole = false;
      return;
    }
    const { job_name: name } = config;
    const item = renderHttpDiscovery(typeof name === 'string' ? name : '', form, serving);
    if (serving.ca !== undefined) this.#traces.useTlsAsset(serving.ca);
    this.#pieces.push(...writeYamlPieces([replaceDiscovery(config, form, item)]));
    this.#plan.push(writeYamlItems([planJob(config)]));
  }

  get collected(): Pick<Fragment, 'served'> {
    if (this.#plan.length === 0) return {};
    return { served: { pieces: this.#pieces, plan: this.#plan.join(''), isWhole: this.#isWhole } };
  }
}
