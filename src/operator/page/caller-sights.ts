import { podType, serviceType } from '../../api/builtin-types.ts';
import { customKinds } from '../../api/kinds.ts';
import type { ResourceType } from '../../api/meta.ts';
import { createTimeoutSignal } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { reviewSubject } from '../../kubernetes/subject-access.ts';
import type { Subject } from '../../kubernetes/subject-access.ts';
import { RefusalError } from '../../web/page/page-guard.ts';
import type { Place, Sight } from '../../web/page/sight.ts';
import { callersSeen, mostPlacesAsked, parallelSightReviews, reviewTimeoutMs, sightAnswerMs } from '../limits.ts';
import { describeReviewFailure } from '../review-guard.ts';

export interface CallerSightsDeps {
  readonly client: KubernetesClient;
  readonly clock: Clock;
}

interface Answer {
  readonly at: number;
  readonly allowed: boolean;
}

const types: ReadonlyMap<string, ResourceType> = new Map(
  [...customKinds.map(({ type }) => type), podType, serviceType].map((type) => [type.kind, type]),
);

const keyOf = ({ kind, namespace }: Place): string => `${kind} ${namespace}`;

/** What one caller may list, as far as the API server was asked. */
class CallerSight implements Sight {
  readonly answers = new Map<string, Answer>();
  /** Until when questions about this caller are under way; one after the other. */
  busy: Promise<void> = Promise.resolve();

  sees(place: Place): boolean | undefined {
    const everywhere = this.answers.get(keyOf({ ...place, namespace: '' }));
    return everywhere?.allowed === true ? true : this.answers.get(keyOf(place))?.allowed;
  }
}

/**
 * What callers of the page may see: objects of a kind in a namespace that they may `list` there (SubjectAccessReview). All
 * namespaces are asked about first, so that who may see everything costs one question a kind. Answers hold for a short time;
 * callers that are remembered, places and questions at once are bounded.
 */
export class CallerSights {
  readonly #deps: CallerSightsDeps;
  readonly #sights = new Map<string, CallerSight>();

  constructor(deps: CallerSightsDeps) {
    this.#deps = deps;
  }

  /** Knows at least these places. @throws {RefusalError} when the API server cannot be asked. */
  async look(subject: Subject, places: readonly Place[]): Promise<Sight> {
    const sight = this.#recall(subject);
    const turn = sight.busy.then(() => this.#learn(sight, subject, places));
    sight.busy = turn.catch(() => undefined);
    try {
      await turn;
      return sight;
    } catch (error) {
      throw error instanceof RefusalError ? error : new RefusalError(describeReviewFailure(error));
    }
  }

  #recall(subject: Subject): CallerSight {
    const key = JSON.stringify(subject);
    const sight = this.#sights.get(key) ?? new CallerSight();
    this.#sights.delete(key);
    this.#sights.set(key, sight);
    const [oldest] = this.#sights.keys();
    if (this.#sights.size > callersSeen && oldest !== undefined) this.#sights.delete(oldest);
    return sight;
  }

  async #learn(sight: CallerSight, subject: Subject, places: readonly Place[]): Promise<void> {
    const kinds = [...new Set(places.map(({ kind }) => kind))];
    await this.#askAll(
      sight,
      subject,
      kinds.map((kind) => ({ kind, namespace: '' })),
    );
    const rest = places.filter(({ kind }) => sight.answers.get(keyOf({ kind, namespace: '' }))?.allowed !== true);
    await this.#askAll(sight, subject, [...new Map(rest.map((place) => [keyOf(place), place])).values()]);
  }

  async #askAll(sight: CallerSight, subject: Subject, places: readonly Place[]): Promise<void> {
    const now = this.#deps.clock.monotonic();
    const open = places.filter((place) => now - (sight.answers.get(keyOf(place))?.at ?? -Infinity) >= sightAnswerMs);
    if (open.length > mostPlacesAsked)
      throw new RefusalError({
        status: 503,
        message: `Cannot find out what you may see: ${open.length} questions are too many, the right to list in all namespaces needs one a kind`,
      });
    const line = [...open];
    const work = async (): Promise<void> => {
      for (let place = line.pop(); place !== undefined; place = line.pop()) {
        const allowed = await this.#ask(subject, place);
        sight.answers.set(keyOf(place), { at: now, allowed });
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallelSightReviews, open.length) }, work));
  }

  /** What is of a kind that nobody knows is shown to nobody. */
  #ask(subject: Subject, { kind, namespace }: Place): Promise<boolean> {
    const type = types.get(kind);
    if (type === undefined) return Promise.resolve(false);
    const { group, plural: resource } = type;
    const request = { verb: 'list', group, resource, ...(namespace === '' ? {} : { namespace }) };
    const signal = createTimeoutSignal(reviewTimeoutMs);
    return reviewSubject(subject, request, { client: this.#deps.client, signal });
  }
}
