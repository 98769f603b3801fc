/** Every bound of the commands. See docs/limits.md. */

/** So soon after a change targets are shown; Prometheus itself takes 5 s. */
export const shownReloadMs = 100;

/** `--watch`: a file is looked at again after this time; it costs nothing. */
export const fileCheckMs = 2000;

/** `--watch`: a configuration in a cluster is looked at again after this time; it costs some lists. */
export const clusterCheckMs = 15_000;

/** How often it is asked whether discovery has found something new. */
export const targetsPollMs = 50;

/** On a terminal it is said how long something takes after this time, and each time after it. */
export const progressMs = 1000;

/** How often it is asked whether a cluster has been read. */
export const cacheLookMs = 50;

/** How long one running program (Prometheus, Alertmanager) may take for one answer: it is asked on the side. */
export const replicaTimeoutMs = 5000;

/** Of one answer of a running program: ten thousand targets, rules or alerts are some ten megabytes. */
export const replicaAnswerBytes = 67_108_864;

/** Of the log of an Alertmanager that records its events there: enough for the notifications of a busy hour. */
export const replicaLogLines = 5000;

/** The last notifications of a replica are told, no more: who asks why none came looks at the end. */
export const shownNotifications = 1000;

/** How long the examples may take until their Prometheus is available. */
export const startPatienceMs = 60_000;

/** Requests that `stoker plan` has under way at a time: a folder may hold thousands of manifests. */
export const requestsAtOnce = 8;

/** Times the timeout of one request: so long a survey of a cluster may take, whose requests come in some rounds. */
export const surveyPatience = 6;
/** Characters of one answer of `stoker mcp`, as text and again as data: what a model can read at once with room for its own thoughts. */
export const mcpAnswerCharacters = 60_000;

/** Objects that `stoker targets --offline` names of those that it has made up; the others are counted. */
export const shownSuppositions = 5;
