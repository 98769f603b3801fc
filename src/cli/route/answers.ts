import { complete } from '../../base/interruptible.ts';
import { answerRoute } from '../../core/routing/answer.ts';
import { answerCalendar } from '../../core/routing/calendar.ts';
import { writeCalendar } from '../../core/routing/calendar-text.ts';
import { listReachable } from '../../core/routing/reach.ts';
import { answerReceiver, answerUnreachable } from '../../core/routing/reach-answer.ts';
import { writeReceiver, writeUnreachable } from '../../core/routing/reach-text.ts';
import { listRuleAlerts } from '../../core/routing/rule-alerts.ts';
import { writeAnswer } from '../../core/routing/answer-text.ts';
import { listAnswers, walkRoutes } from '../../core/routing/walk.ts';
import type { RouteStyle } from '../../core/routing/words.ts';
import { ExitError, exitCodes } from '../io.ts';
import { explainUnexpected, findReceiver, readExpected } from './expect.ts';
import type { OpenedScene } from './open-scene.ts';
import type { RouteFlags, RouteRequest } from './route-request.ts';

/** What a question comes to, as data and as text. */
export interface Answered {
  readonly document: object;
  readonly write: (style: RouteStyle) => string;
  /** Looks at what was expected, once all is printed. @throws {ExitError} */
  readonly finish?: () => void;
}

/** What was asked, answered. @throws {ExitError} for a receiver that is not there. */
export function answer(opened: OpenedScene, request: RouteRequest, flags: RouteFlags): Answered {
  if (flags.to !== undefined) return answerTo(opened, flags.to);
  if (flags.unreachable === true) return answerUnreached(opened);
  return flags.calendar === true ? answerSilent(opened, request) : answerLabels(opened, request, flags);
}

function answerLabels({ scene, silences, notes }: OpenedScene, request: RouteRequest, flags: RouteFlags): Answered {
  const { expect, silences: file, alertmanagerUrl } = flags;
  const expected = expect === undefined ? undefined : readExpected(expect, scene);
  const document = complete(answerRoute(scene, { ...request, silences, notes }));
  return {
    document,
    write: (style) => writeAnswer(document, request.firing, style),
    finish() {
      const counted = { muting: request.isTimed, silences: file !== undefined || alertmanagerUrl !== undefined };
      const problem = expected && explainUnexpected(document, counted, expected);
      if (problem !== undefined) throw new ExitError(exitCodes.notExpected, problem);
    },
  };
}

function answerTo({ scene, sources, notes }: OpenedScene, wanted: string): Answered {
  const receiver = findReceiver(wanted, scene);
  const document = answerReceiver(scene, receiver, { alerts: listRuleAlerts(sources), notes });
  return { document, write: (style) => writeReceiver(document, style) };
}

function answerUnreached({ scene, sources, notes }: OpenedScene): Answered {
  const document = answerUnreachable(scene, { alerts: listRuleAlerts(sources), notes });
  return { document, write: (style) => writeUnreachable(document, style) };
}

/** Of the routes that an alert with these labels reaches; without labels of all that any alert can reach. */
function answerSilent({ scene, notes }: OpenedScene, request: RouteRequest): Answered {
  const { root } = scene.config;
  const routes =
    request.labels.size > 0
      ? listAnswers(walkRoutes(root, request.labels, scene.matching))
      : listReachable(root, new Map(), scene.matching).map(({ route }) => route);
  const document = answerCalendar(scene, routes, { ...request, notes });
  return { document, write: (style) => writeCalendar(document, style) };
}
