import { Validator } from '../../../src/api/validate.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { checkManifests } from '../../../src/core/check/manifests.ts';
import { defaultPromqlOptions } from '../../../src/core/promql/types.ts';
import { defaultSettings } from '../../../src/operator/default-settings.ts';
import { createExamine } from '../../../src/operator/webhook/examine.ts';
import { convertReview } from '../../../src/webhook/convert.ts';
import { mutateRules } from '../../../src/webhook/mutate-rules.ts';
import { readAdmissionReview, renderAdmissionReview } from '../../../src/webhook/review.ts';
import { validateReview } from '../../../src/webhook/validate.ts';
import { SeededRandom } from '../../e2e/discovery/seeded-random.ts';
import { makeReview } from '../../unit/webhook/reviews.ts';
import { Filler, makeAlertmanagerSpec, makeDeep, makeRules, makeWorkloadSpec, monitorSpecs } from '../objects.ts';
import { makeName } from '../texts/scalars.ts';
import type { Checker } from './checker.ts';
import { onObject } from './checker.ts';

const group = 'monitoring.coreos.com';
const kinds = [
  { kind: 'PrometheusRule', plural: 'prometheusrules', version: 'v1', make: makeRules },
  { kind: 'ServiceMonitor', plural: 'servicemonitors', version: 'v1', make: monitorSpecs.ServiceMonitor },
  { kind: 'PodMonitor', plural: 'podmonitors', version: 'v1', make: monitorSpecs.PodMonitor },
  { kind: 'Probe', plural: 'probes', version: 'v1', make: monitorSpecs.Probe },
  { kind: 'ScrapeConfig', plural: 'scrapeconfigs', version: 'v1alpha1', make: monitorSpecs.ScrapeConfig },
  { kind: 'AlertmanagerConfig', plural: 'alertmanagerconfigs', version: 'v1alpha1', make: makeAlertmanagerSpec },
  { kind: 'Prometheus', plural: 'prometheuses', version: 'v1', make: makeWorkloadSpec },
] as const;

interface Sent {
  readonly plural: string;
  readonly version: string;
  readonly object: KubernetesObject;
}

/** Any object of ours; some have a tree in the place of one field, or of the spec. */
function makeSent(random: SeededRandom, room: number): Sent {
  const { kind, plural, version, make } = random.pick(kinds);
  const filler = new Filler(random, room);
  const whole = make(filler);
  const damaged = { ...whole, [random.pick([...Object.keys(whole), 'deep'])]: makeDeep(random, room) };
  const spec = random.chance(0.8) ? whole : random.chance(0.8) ? damaged : makeDeep(random, room);
  const metadata = { name: 'a', namespace: 'shop', ...filler.maybe('labels', () => filler.map(makeName, makeName)) };
  return { plural, version, object: { apiVersion: `${group}/${version}`, kind, metadata, spec } as KubernetesObject };
}

const language = { names: 'legacy', promql: defaultPromqlOptions, given: false } as const;
const examine = createExamine({ settings: defaultSettings(), language, view: () => undefined });

/** A creation, or a change that changes nothing: the same object made twice. */
function makeChange(random: SeededRandom, room: number): Sent & { readonly oldObject?: KubernetesObject } {
  const seed = random.integer(0, 2 ** 31);
  const sent = makeSent(new SeededRandom(seed), room);
  return random.chance(0.5) ? sent : { ...sent, oldObject: makeSent(new SeededRandom(seed), room).object };
}

const webhook = onObject('webhook', makeChange, (sent) => {
  const review = makeReview({ ...sent, operation: sent.oldObject === undefined ? 'CREATE' : 'UPDATE' });
  for (const one of [examine.own, examine.reference])
    renderAdmissionReview(review, validateReview(readAdmissionReview(review), undefined, one));
  if (sent.plural === 'prometheusrules') mutateRules(sent.object);
  const request = { uid: 'a', desiredAPIVersion: `${group}/v1beta1`, objects: [sent.object] };
  convertReview({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'ConversionReview', request });
});

const validator = new Validator();
const manifests = onObject('check', makeSent, ({ object }) => {
  checkManifests([object], { validator, settings: defaultSettings() });
});

/** Checkers of objects that the API server has not taken yet. */
export const admissionCheckers: readonly Checker[] = [webhook, manifests];
