import type { Authorization, SafeAuthorization } from '../../../../api/parts/http-client.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { SafeTLSConfig, TLSConfig } from '../../../../api/parts/tls.ts';
import type { ScrapeContext } from './scrape-context.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { referToEither } from '../../../field-checks/check-scope.ts';
import { renderAuthorization, renderTls } from './blocks.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { renderRelabelConfigs } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';
import type { RenderScope } from './render-scope.ts';

/** The class of a monitor: the one it names, else the default one, else none (docs/reference/rendering.md 2.1.1). */
export function classOf(name: string | undefined, { classes, defaultClass }: ScrapeContext): ScrapeClass | undefined {
  const wanted = unlessBlank(name);
  return (wanted === undefined ? undefined : classes.get(wanted)) ?? defaultClass;
}

const isZero = (value: object): boolean =>
  Object.values(value).every((one) => one == null || one === '' || (typeof one === 'object' && isZero(one as object)));

/** Whether the object says nothing about TLS, so that the class does. An empty block of a "safe" kind says nothing. */
const isUnset = (value: object | undefined, safe: boolean): boolean => value === undefined || (safe && isZero(value));

/** The class's file paths for what the object leaves open; its references are not mixed with those of the object. */
function fillFiles(tls: TLSConfig, filler: TLSConfig): TLSConfig {
  const filled: TLSConfig = { ...tls };
  if (unlessBlank(tls.caFile) === undefined && referToEither(tls.ca, '') === undefined && filler.caFile !== undefined)
    filled.caFile = filler.caFile;
  if (
    unlessBlank(tls.certFile) === undefined &&
    referToEither(tls.cert, '') === undefined &&
    filler.certFile !== undefined
  )
    filled.certFile = filler.certFile;
  if (unlessBlank(tls.keyFile) === undefined && tls.keySecret === undefined && filler.keyFile !== undefined)
    filled.keyFile = filler.keyFile;
  return filled;
}

/** Where the settings of an object and of its class meet: each is read in its own namespace. */
export interface ClassScopes {
  readonly own: RenderScope;
  /** References of a class are the workload's. */
  readonly workload: RenderScope;
  /** True for kinds whose TLS and authorization know no files. */
  readonly safe: boolean;
}

/** `tls_config` of an object merged with its class. */
export function renderClassTls(
  tls: SafeTLSConfig | TLSConfig | undefined,
  scrapeClass: ScrapeClass | undefined,
  { own, workload, safe }: ClassScopes,
): YamlFields | undefined {
  const filler = scrapeClass?.tlsConfig;
  if (filler === undefined || tls === undefined || isUnset(tls, safe))
    return isUnset(tls, safe) ? renderTls(filler, workload) : renderTls(tls, own);
  return renderTls(fillFiles(tls, filler), own);
}

/** `authorization` of an object merged with its class; the object's type is kept. */
export function renderClassAuthorization(
  auth: SafeAuthorization | undefined,
  scrapeClass: ScrapeClass | undefined,
  { own, workload, safe }: ClassScopes,
): YamlFields | undefined {
  const filler: Authorization | undefined = scrapeClass?.authorization;
  if (filler === undefined || auth === undefined || isUnset(auth, safe))
    return isUnset(auth, safe) ? renderAuthorization(filler, workload) : renderAuthorization(auth, own);
  if (auth.credentials !== undefined) return renderAuthorization(auth, own);
  const type = auth.type ?? '';
  return renderAuthorization({ ...filler, type }, workload);
}

export function renderClassRelabelings(scrapeClass: ScrapeClass | undefined): RelabelRule[] {
  return renderRelabelConfigs(
    scrapeClass?.relabelings,
    `workload.spec.scrapeClasses[${scrapeClass?.name ?? ''}].relabelings`,
  );
}

export function renderClassMetricRelabelings(scrapeClass: ScrapeClass | undefined): RelabelRule[] {
  const origin = `workload.spec.scrapeClasses[${scrapeClass?.name ?? ''}].metricRelabelings`;
  return renderRelabelConfigs(scrapeClass?.metricRelabelings, origin);
}
