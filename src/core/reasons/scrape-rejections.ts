import type { Entries } from './entry.ts';

/** Why a monitor is left out: intervals, relabelling, scrape classes, targets, discovery. */
export const scrapeRejections = {
  InvalidScrapeInterval: {
    code: 'STK5301',
    meaning: 'The interval or the timeout of scrapes cannot be used',
    example: 'Cannot scrape with timeout "30s": it is longer than the interval "10s"',
    mend: 'Write durations such as 30s or 1m, and a timeout that is not longer than the interval; where one is not set, that of the workload counts.',
  },
  InvalidRelabelConfig: {
    code: 'STK5302',
    meaning: 'A rule of relabelling cannot be used',
    example: 'Cannot parse regular expression "checkout-(?!canary).*": invalid or unsupported Perl syntax: `(?!`',
    mend: 'Correct the rule: regular expressions are those of Go (RE2), without lookahead; each action has the fields that it needs.',
  },
  InvalidLabelName: {
    code: 'STK5303',
    meaning: 'The name of a label cannot be used',
    example: 'Cannot use label "": it is no valid label name',
    mend: 'Use letters, digits and "_", not beginning with a digit; with Prometheus 3 any UTF-8 that is not empty.',
  },
  UnknownScrapeClass: {
    code: 'STK5304',
    meaning: 'The workload has no scrape class of that name',
    example: 'Cannot find scrape class "mash": the workload has "mesh"',
    mend: 'Name a class of spec.scrapeClasses of the workload, or add it there.',
  },
  InvalidScrapeClass: {
    code: 'STK5305',
    meaning: 'The scrape classes of the workload cannot be used',
    example: 'Cannot have more than one default scrape class: found "mesh", "plain"',
    mend: 'Set default on one of them.',
  },
  MissingTargets: {
    code: 'STK5306',
    meaning: 'A Probe says nothing of what is probed',
    example: 'Cannot probe without targets: set "staticConfig" or "ingress"',
    mend: 'Set spec.targets.staticConfig or spec.targets.ingress.',
  },
  InvalidProberURL: {
    code: 'STK5307',
    meaning: 'The address of the prober cannot be used',
    example: 'Cannot probe through "http://prober.shop.svc:9115/probe": want HOST or HOST:PORT without scheme and path',
    mend: 'Write host and port into spec.prober.url; scheme and path have fields of their own.',
  },
  InvalidServiceDiscovery: {
    code: 'STK5308',
    meaning: 'A mechanism of discovery lacks something, or has something that does not go together',
    example: 'Cannot use type "A" without "port"',
    mend: 'Set or remove the field that the message names.',
  },
  InvalidSelector: {
    code: 'STK5309',
    meaning: 'A selector of Kubernetes discovery cannot be used',
    example: 'Cannot select "Service" with role "Pod": want pod',
    mend: 'Select objects that the role reads; label and field are selectors as kubectl takes them.',
  },
} as const satisfies Entries;
