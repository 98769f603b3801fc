/** Every bound of what decides. See docs/limits.md. */

/** Keys of labels and annotations recur on every object. Beyond this many, objects get their labels spelled out. */
export const rememberedLabelKeys = 100_000;

/** A replica is looked at so long after a change, then at 3, 6, 12 and 24 times that: the kubelet takes up to a minute and more to bring a Secret into a Pod. */
export const firstLookMs = 5_000;

/** How often a replica is looked at after that, while it does not run what was written. */
export const unsettledLookMs = 60_000;

/** How often a replica is looked at that runs what was written. */
export const settledLookMs = 300_000;

/** A replica that was well and is not is looked at again so soon, before anything is said. */
export const lookDoubtMs = 15_000;

/** Looks at one replica at once; a further one each `lookBudgetMs`, whatever happens. */
export const lookBudget = 10;

/** After so long a replica may be looked at once more. */
export const lookBudgetMs = 60_000;

/** Characters of a JSON text that are decoded at once: some milliseconds. */
export const answerCharactersAtOnce = 262_144;

/** Of an answer so much is looked at for the list that it should be. */
export const answerStartCharacters = 200;

/** Dropped targets that the page of targets lists one by one, of all jobs together: of thousands of jobs there are hundreds of thousands. */
export const mostDroppedRows = 10_000;

/** Dropped targets of one job that it lists one by one: why each was takes some fifty microseconds to find out. */
export const mostDroppedOfJob = 200;

/** Dropped targets of a job that it lists in any case: one shows why. */
export const fewestDroppedRows = 2;

/** Targets of an answer that are read between two places to rest. */
export const targetsAtOnce = 200;

/** Other counts of targets are written into bindings this often at most, for each object. */
export const scrapingRecountMs = 1_800_000;

/** Bindings that say something else of their targets after one look at a workload; the others wait for the next. */
export const scrapingsAtOnce = 500;

/** Replicas that the condition Loaded tells of: nobody reads more. */
export const toldReplicas = 3;

/** Bytes of the error of a scrape that the condition Scraping tells. */
export const toldErrorBytes = 256;

/** Lines of a configuration that are cut into sections and jobs between two places to rest. */
export const linesAtOnce = 10_000;

/** About this many fragments make a chunk: fewer compress worse, more cost more when one of them changes. */
export const chunkFragments = 128;

/** Objects of which all is remembered, between two places to rest: one costs a microsecond, looking at the time a tenth of that. */
export const recalledAtOnce = 100;

/** Bytes of a text that are compressed at once: some ten milliseconds. What is longer becomes several members, which costs a few bytes. */
export const compressedAtOnce = 262_144;

/** Beyond this many different rules monitors have nothing in common, and rules are not shared. */
export const commonRules = 4096;

/**
 * Endpoints in one EndpointSlice of the kubelets, as the reference (docs/reference/operator-runtime.md 3.12); the API
 * server allows 1000.
 */
export const sliceEndpoints = 512;

/**
 * Rules in one ConfigMap: half of what the API server takes for one object; file names do not count
 * (docs/reference/rendering.md 3.9).
 */
export const ruleConfigMapBytes = 524_288;

/** Parentheses, blocks and chained conditions inside of each other in a template; those of people have a handful. */
export const deepestTemplate = 250;

/** Names recur on every target; this many outcomes are remembered for a relabelling rule. */
export const rememberedNames = 10_000;

/** Lists and maps inside of each other in one object of a tenant; schemas of people need a dozen, and what follows may recurse. */
export const deepestObject = 100;

/** Values, lists and maps together in one object of a tenant: more than fit into the 1.5 MiB that Kubernetes takes. */
export const mostObjectValues = 200_000;

/** Characters of keys and texts in one object of a tenant: more than the 1.5 MiB that Kubernetes takes. */
export const mostObjectCharacters = 4_194_304;

/** Secrets and ConfigMaps that one object of a tenant names: each is a read of its own. */
export const mostReferences = 250;

/**
 * Characters of a text that rules of relabelling join or make: twice the longest annotation. Rules that repeat a label double
 * it each time.
 */
export const longestRelabelled = 524_288;

/** Characters of a value of a field that JavaScript's own engine checks against its pattern; longer ones go to RE2. */
export const longestPatternText = 256;

/** Bytes that the values of a Secret may have together: the API server takes no more. */
export const largestSecretBytes = 1_048_576;

/** Above this share of what a Secret or ConfigMap holds a generated file is told of: what is too large is not written at all. */
export const toldFileShare = 0.8;

/**
 * A configuration of which the jobs were spread over several Secrets goes back into one below this share of what fits: to
 * come and go means a restart.
 */
export const joinedConfigShare = 0.7;

/**
 * Characters of the jobs in one of `scrape_config_files` before what they have in common is written once. A node of YAML has six
 * of them at least: so no file has more than 400,000 nodes, above which Go's YAML takes fewer aliases.
 */
export const jobFileCharacters = 2_359_296;

/** Bytes of one of `scrape_config_files`: one change writes one of them, and variables of shards have room. */
export const jobFileBytes = 786_432;

/** How often the jobs are halved at most: 256 files, some 150,000 monitors. */
export const deepestJobFile = 8;

/** Names of Secrets with jobs that pods mount at least, of which some are there: with more of them no pod is restarted. */
export const leastJobFileReserve = 16;

/** A reserve of names is given back when it is so many times as large as what is used: to come and go means a restart. */
export const largestReserveRatio = 16;

/** Names of discovery plans at least that are asked for one by one, where ConfigMaps may not be listed, when a plan is removed. */
export const keptPlanNames = 16;

/** Characters from which on an item of a job's list that comes again gets a name. */
export const shortestSharedItem = 32;

/** Characters of such an item: so it is no more than 99 nodes, and a document of nothing but references to it is taken. */
export const longestSharedItem = 594;

/** Mistakes of one expression that are told: nobody reads more, and each has to be located in the text. */
export const mostPromqlErrors = 20;

/** Brackets inside of each other in an expression; the parser gives up at a few thousand. */
export const deepestExpression = 500;

/** Routes below each other in an AlertmanagerConfig; Alertmanager's own loader has a bound too. */
export const deepestRoute = 100;

/** Fields that a condition names when a workload's version does not take them; all of them are logged. */
export const toldIgnoredFields = 10;

/** Objects that a condition names when fields of theirs are left out; all of them are logged. */
export const toldIgnoringObjects = 3;

/** Length of what is told of one object in conditions and log, whose values may be as long as the object. */
export const toldMessageBytes = 4096;

/** Text of one ConfigMap of a discovery plan, unpacked; jobs have much in common, so that little gzip holds much of it. */
export const mostPlanBytes = 256 * 1024 * 1024;

/** Shards of one Prometheus: each is a StatefulSet of its own, and all are rendered in one sync. */
export const mostShards = 1_000;

/** Replicas of one Alertmanager: each of them is told the names of all. */
export const mostPeers = 1_000;

/** A cache that cannot be filled, for a reason that may go by, is waited for so long before its workloads are said to fail. */
export const passingFailureMs = 10_000;

/** Routes beside each other that do not take the alert and are shown one by one by `stoker route`; there may be hundreds. */
export const mostRoutesShown = 8;

/** Selectors of the rules of one object that a running Prometheus is asked for by `explain`, one query each. */
export const mostSeriesQueries = 30;

/** Days that `stoker route --calendar` shows: what repeats weekly is seen once. */
export const mutedDaysShown = 7;

/** Values that are kept of a label of targets which are not there yet, and texts that an expression is taken to stand for: beyond these it may be anything. */
export const mostRangeValues = 64;

/** Alerts of one rule that `stoker explain alert` follows, those that fire first; there may be one for each series. */
export const mostFollowedAlerts = 10;

/** Length of a value in a line of `stoker plan`; whole containers may be among them. JSON has all of it. */
export const shownValueBytes = 160;

/** Objects that `stoker plan` names where the same happens to all of them; there may be as many as shards. */
export const mostNamedObjects = 4;

/** Monitors whose jobs are read from one text, between two places to rest: some milliseconds. */
export const monitorsAtOnce = 8;
/** Texts of Secrets that are looked for in what is told to those who may not read them: shorter ones stand in every text by chance. */
export const shortestSecretText = 4;

/** From this length on a text of a Secret, or one of its lines, is looked for inside of words as well. */
export const shortestSecretLine = 8;
/** Lines of an object's YAML that are shown on each side of the field that decided. */
export const excerptLines = 6;

/** Targets that a selector of the API server would not send: fewer of them are not worth a watch. */
export const leastSparedTargets = 2_000;

/** So much of what is discovered must be spared: Prometheus relabels twenty targets then to keep one. */
export const sparedShare = 0.95;

/** Jobs of one shared discovery beyond which selectors are not advised: each would be a watch of its own, in each replica. */
export const mostOwnWatches = 20;
/** Targets of one job whose way through its rules is shown; one of a kind is as good as a thousand. */
export const mostTraces = 20;

/** Supposed Pods that get an address of 192.0.2.0/24; its last one is the Node's. */
export const documentationAddresses = 253;

/** Hits of a search that are told: nobody reads more. */
export const shownHits = 50;

/** Objects that are searched before others have their turn: looking at one takes some microseconds. */
export const objectsSearchedAtOnce = 500;
/** Monitors and sections whose change is kept, of one change of a configuration: their jobs before are kept with them, some kB each. */
export const changesKept = 100;

/** Of these, as many are shown: each is a diff of its own. */
export const changesShown = 20;
