import { complete } from '../../base/interruptible.ts';
import { answerRoute } from '../../core/routing/answer.ts';
import { writeLabels } from '../../core/routing/matching.ts';
import { ExitError } from '../io.ts';
import { explainUnexpected, readExpected } from '../route/expect.ts';
import { openOffline } from '../route/open-scene.ts';
import type { OpenedScene } from '../route/open-scene.ts';
import { readTime } from '../route/route-request.ts';
import type { RouteAssertion, TestFile } from './read-tests.ts';
import type { TestResult } from './test-results.ts';

interface RouteTests {
  readonly paths: readonly string[];
  /** Of `at` without an offset. */
  readonly zone: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Runs the assertions about routes of all files; each Alertmanager is rendered once. */
export function runRouteTests(files: readonly TestFile[], tests: RouteTests): TestResult[] {
  const scenes = new Map<string | undefined, OpenedScene>();
  const open = (alertmanager: string | undefined): OpenedScene => {
    const flags = { ...(alertmanager === undefined ? {} : { alertmanager }), ...offlineFlags };
    const scene = scenes.get(alertmanager) ?? openOffline(flags, tests.paths);
    scenes.set(alertmanager, scene);
    return scene;
  };
  return files.flatMap(({ file, routes }) =>
    routes.map((assertion): TestResult => {
      const problem = judge(assertion, () => open(assertion.alertmanager), tests);
      const name = `route ${writeLabels(assertion.labels)}`;
      return {
        file,
        place: assertion.place,
        name,
        result: problem === undefined ? 'passed' : 'failed',
        lines: problem === undefined ? [] : [problem],
      };
    }),
  );
}

const offlineFlags = { output: 'text', kubernetesVersion: '1.36', requestTimeout: '10s' };

/** What is wrong; undefined when it is as it should be. */
function judge(assertion: RouteAssertion, open: () => OpenedScene, { zone, now }: RouteTests): string | undefined {
  const { labels, firing, silences, receivers, at } = assertion;
  try {
    const { scene } = open();
    const time = at === undefined ? now : readTime(at, zone);
    const answer = complete(answerRoute(scene, { labels, firing, silences, at: time, zone, notes: [] }));
    return explainUnexpected(answer, { muting: at !== undefined, silences: true }, readExpected(receivers, scene));
  } catch (error) {
    if (error instanceof ExitError) return error.message;
    throw error;
  }
}
