import { count, flag as yesOrNo, list, nonEmpty, oneOf, optional, required, text, textMap } from '../../api/schema.ts';
import { listSubjectKinds } from '../../core/explain/kind-words.ts';
import { ExitError, exitCodes } from '../io.ts';
import { showRendered } from './show-rendered.ts';
import { defineTool, flag } from './tool.ts';
import type { Tool } from './tool.ts';

const namespace = optional(nonEmpty, 'Namespace of the object');
const prometheus = optional(nonEmpty, 'Only this Prometheus or agent: NAMESPACE/NAME');
const alertmanager = optional(nonEmpty, 'Only this Alertmanager: NAMESPACE/NAME');
const at = optional(nonEmpty, 'A moment in the place of now: 2026-12-24T18:00');
const others = optional(list(nonEmpty), 'Other alerts that fire: each "NAME=VALUE,NAME=VALUE"');

const listLabels = (labels: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries(labels).map(([name, value]) => `${name}=${value}`);

const explain = defineTool({
  name: 'explain',
  title: 'Why is it not scraped, not used, not notified of?',
  description:
    'Says why an object is scraped or not, a rule or route used or not, who is notified of an alert, and what to change: a chain of verdicts, the first that fails is the answer. Ask this first.',
  fields: {
    kind: required(
      oneOf(...listSubjectKinds(), 'target'),
      'Kind of the object; "target" for the URL of a target, "alert" for an alert',
    ),
    name: required(nonEmpty, 'Name of the object or alert, or the URL'),
    namespace,
    prometheus,
    shard: optional(count, 'Only this shard, counted from 0'),
    labels: optional(textMap, 'Of an alert: labels that it has'),
    with: others,
    receiver: optional(nonEmpty, 'Of an alert: the receiver that should be notified'),
    alertmanager,
    at,
  },
  narrower: 'name one workload with "prometheus" or "alertmanager", or one "shard"',
  toCommand: (args, ground) => ({
    words: [
      'explain',
      ...ground.flags,
      ...flag('namespace', args.namespace),
      ...flag('prometheus', args.prometheus),
      ...flag('shard', args.shard),
      ...flag('label', listLabels(args.labels)),
      ...flag('with', args.with),
      ...flag('receiver', args.receiver),
      ...flag('alertmanager', args.alertmanager),
      ...flag('at', args.at),
      ...['--', args.kind, args.name],
    ],
  }),
});

const reason = defineTool({
  name: 'reason',
  title: 'What does a code mean?',
  description: 'What a code or reason of any answer means, and how it is mended: STK1203, SeriesImpossible.',
  fields: { code: required(nonEmpty, 'Code or reason') },
  narrower: 'there is no narrower question',
  toCommand: ({ code }) => ({ words: ['explain', `--code=${code}`] }),
});

const targets = defineTool({
  name: 'targets',
  title: 'Which targets does a Prometheus have?',
  description:
    'The active, dropped, failed and duplicate targets of one Prometheus with the relabelling rule that decided about each. Nothing is scraped: health is not known.',
  fields: {
    prometheus: optional(nonEmpty, 'NAMESPACE/NAME, prometheusagent/NAMESPACE/NAME; needed where there are several'),
    states: optional(list(oneOf('active', 'dropped', 'failed', 'duplicate')), 'Only these'),
    jobs: optional(list(nonEmpty), 'Only these jobs, such as serviceMonitor/shop/cart/0'),
    shard: optional(count, 'Only this shard, counted from 0'),
  },
  narrower: 'name "jobs", "states" or one "shard"',
  toCommand: (args, ground) => ({
    words: [
      'targets',
      ...ground.flags,
      ...flag('prometheus', args.prometheus),
      ...flag('state', args.states?.join(',')),
      ...flag('job', args.jobs),
      ...flag('shard', args.shard),
    ],
  }),
});

const route = defineTool({
  name: 'route',
  title: 'Which receivers does an alert reach?',
  description:
    'Follows the labels of an alert through the routes of an Alertmanager: receivers, the objects that the routes are from, what mutes or inhibits. Or the other way round: what can reach a receiver ("to"), which receivers nothing reaches ("unreachable").',
  fields: {
    labels: optional(textMap, 'Labels of the alert: {"alertname": "CartDown", "namespace": "shop"}'),
    alertmanager,
    at,
    timeZone: optional(nonEmpty, 'Of "at", and of times that are told: Europe/Berlin'),
    with: others,
    to: optional(nonEmpty, 'In the place of labels: alerts of the rules that can reach this receiver'),
    unreachable: optional(yesOrNo, 'In the place of labels: receivers that nothing reaches'),
  },
  narrower: 'give labels of one alert, or one "alertmanager"',
  toCommand: (args, ground) => ({
    words: [
      'route',
      ...ground.flags,
      ...flag('alertmanager', args.alertmanager),
      ...flag('at', args.at),
      ...flag('time-zone', args.timeZone),
      ...flag('with', args.with),
      ...flag('to', args.to),
      ...(args.unreachable === true ? ['--unreachable'] : []),
      ...['--', ...listLabels(args.labels)],
    ],
  }),
});

const check = defineTool({
  name: 'check',
  title: 'What is wrong with manifests?',
  description:
    'Errors and warnings of manifests, field by field: schemas, PromQL, templates, relabelling, routes, references. Of those that the server speaks of, or of a text before it is written anywhere.',
  fields: { manifests: optional(text, 'YAML to check in the place of all manifests') },
  narrower: 'give the "manifests" that are of interest',
  toCommand({ manifests }, { offline }) {
    if (manifests !== undefined) return { words: ['check', '--', '-'], stdin: { text: manifests } };
    return offline === undefined
      ? { words: ['check', '--', '-'], stdin: 'ground' }
      : { words: ['check', '--', ...offline] };
  },
});

const render = defineTool({
  name: 'render',
  title: 'What would the operator write?',
  description:
    'What the operator makes of the custom resources: names of objects, whole manifests, or the configuration of one workload (prometheus.yml, alertmanager.yaml). Secrets are masked.',
  fields: {
    show: optional(oneOf('names', 'manifests', 'configuration'), 'names by default'),
    workload: optional(nonEmpty, 'Of "configuration": KIND/NAMESPACE/NAME, such as prometheus/monitoring/main'),
  },
  narrower: 'ask for the "configuration" of one workload, or for "names"',
  show: showRendered,
  toCommand({ show = 'names', workload }, { offline }) {
    if ((show === 'configuration') !== (workload !== undefined))
      throw new ExitError(exitCodes.usage, 'Cannot render: "configuration" needs a "workload", and only that does');
    const wanted = { names: ['--output=name'], manifests: ['--decode'], configuration: flag('config', workload) };
    const words = ['render', ...wanted[show], '--', ...(offline ?? ['-'])];
    return offline === undefined ? { words, stdin: 'ground' } : { words };
  },
});

/** All tools; none of them changes anything. */
export const tools: readonly Tool[] = [explain, reason, targets, route, check, render];
