import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { AssetObject, ObjectReference } from '../assets/store.ts';
import type { Lister } from '../listers.ts';
import type { Refusal } from '../refusal.ts';
import type { ReplicaFacts } from './facts.ts';
import type { ObjectName } from './model.ts';
import type { AlertmanagerFacts, RulerFacts, SeriesFacts } from './running.ts';
import type { AccessAnswer, DiscoveryAccess, ServiceAccountName } from './rbac.ts';

/** All objects of a type, as the server would store them; what was refused is missing among them. */
export interface ObjectsAnswer {
  readonly found: Lister<KubernetesObject>;
  readonly refusals: readonly Refusal[];
}

export interface AssetAnswer {
  /** Undefined: there is no such object, or it may not be read. */
  readonly found: AssetObject | undefined;
  readonly refusals: readonly Refusal[];
  /** Others of the kind that are known without asking: one of them may be meant. */
  readonly beside: readonly AssetObject[];
}

export interface AccessQuestion {
  readonly account: ServiceAccountName;
  readonly request: DiscoveryAccess;
}

/** The running replicas of a workload, and how they serve. */
export interface ReplicasQuestion {
  readonly workload: ObjectName;
  readonly pods: readonly { readonly namespace: string; readonly name: string; readonly shard: number }[];
  readonly web: ReplicaWeb;
}

export interface ReplicaWeb {
  readonly scheme: 'http' | 'https';
  readonly port: string;
  /** Of all paths; "" for none, without a slash at its end. */
  readonly prefix: string;
}

/** Which of these selectors select something now. */
export interface SeriesQuestion {
  readonly replicas: ReplicasQuestion;
  readonly selectors: readonly string[];
}

/** What `explain` may have to ask, and what it is told. */
interface Exchange {
  readonly objects: { readonly question: ResourceType; readonly answer: ObjectsAnswer };
  readonly assets: { readonly question: ObjectReference; readonly answer: AssetAnswer };
  readonly access: { readonly question: AccessQuestion; readonly answer: AccessAnswer };
  readonly replicas: { readonly question: ReplicasQuestion; readonly answer: readonly ReplicaFacts[] };
  /** Of a Prometheus or ThanosRuler: its rules, and whom it sends alerts to. */
  readonly rulers: { readonly question: ReplicasQuestion; readonly answer: readonly RulerFacts[] };
  /** Of a Prometheus: whether it has series now. */
  readonly series: { readonly question: SeriesQuestion; readonly answer: readonly SeriesFacts[] };
  readonly alertmanagers: { readonly question: ReplicasQuestion; readonly answer: readonly AlertmanagerFacts[] };
}

export type QuestionKind = keyof Exchange;
export type QuestionOf<K extends QuestionKind> = Exchange[K]['question'];
export type AnswerOf<K extends QuestionKind> = Exchange[K]['answer'];

/** Questions or answers by a key, for each kind of question. */
export type Register<P extends 'question' | 'answer'> = { readonly [K in QuestionKind]: Map<string, Exchange[K][P]> };

/** One with nothing in it. */
export function createRegister<P extends 'question' | 'answer'>(): Register<P> {
  return {
    objects: new Map<string, Exchange['objects'][P]>(),
    assets: new Map<string, Exchange['assets'][P]>(),
    access: new Map<string, Exchange['access'][P]>(),
    replicas: new Map<string, Exchange['replicas'][P]>(),
    rulers: new Map<string, Exchange['rulers'][P]>(),
    series: new Map<string, Exchange['series'][P]>(),
    alertmanagers: new Map<string, Exchange['alertmanagers'][P]>(),
  };
}

/** The questions that are open, by a key. */
export type OpenQuestions = { readonly [K in QuestionKind]: ReadonlyMap<string, QuestionOf<K>> };

/** What is known already, by the keys of the questions. */
export type Answers = { readonly [K in QuestionKind]: ReadonlyMap<string, AnswerOf<K>> };
