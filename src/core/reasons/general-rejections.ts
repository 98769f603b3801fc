import type { Entries } from './entry.ts';

/** Why an object of any kind is left out: its size, the types and forms of its values, versions, what its program refuses. */
export const generalRejections = {
  ObjectTooLarge: {
    code: 'STK5001',
    meaning: 'The object has more values or characters than are looked at',
    example: 'Cannot use more than 200000 values in one object: divide it',
    mend: 'Divide it into several objects.',
  },
  NestedTooDeeply: {
    code: 'STK5002',
    meaning: 'The object is nested deeper than is looked at',
    example: 'Cannot use an object nested deeper than 100 levels: write it flatter',
    mend: 'Write it flatter. No configuration needs that many levels: look at what generates it.',
  },
  TooManyReferences: {
    code: 'STK5003',
    meaning: 'The object refers to more Secrets and ConfigMaps than are read for one',
    example: 'Cannot read 300 Secrets and ConfigMaps for one object, at most 250 are possible: share them or divide it',
    mend: 'Keep several keys in one Secret, or divide the object.',
  },
  InvalidType: {
    code: 'STK5004',
    meaning: 'A value is of another type than the field',
    example: 'Cannot use this string: want array',
    mend: 'Write the type that the message wants. An up-to-date CRD does not let such objects in: stoker crds prints it.',
  },
  InvalidValue: {
    code: 'STK5005',
    meaning: 'A value is not among those that the field takes',
    example: 'Expected a duration such as "30s", "1h30m" or "1d": found "30 seconds"',
    mend: 'Write a value as the message wants it.',
  },
  MissingField: {
    code: 'STK5006',
    meaning: 'A field that is required is missing',
    example: 'Cannot do without this field: set it',
    mend: 'Set the field that the message names.',
  },
  InvalidLabelSelector: {
    code: 'STK5007',
    meaning: 'A label selector is none that Kubernetes takes',
    example: 'Cannot match In without values',
    mend: 'In and NotIn need values, Exists and DoesNotExist have none; keys and values are labels of Kubernetes.',
  },
  UnsupportedVersion: {
    code: 'STK5008',
    meaning: 'The version of the workload does not know what the object needs',
    example: 'Cannot use a ScrapeConfig with Prometheus 2.20.0: "httpSDConfigs" needs 2.28.0',
    mend: 'Raise spec.version of the workload, or remove the field.',
  },
  UnknownField: {
    code: 'STK5009',
    meaning:
      'There is no field of that name: the API server drops it, or refuses the object when it validates strictly',
    example: 'Unknown field "intervall": did you mean "interval"?',
    mend: 'Correct the name or the indentation, or remove the field.',
  },
  InvalidConfiguration: {
    code: 'STK5010',
    meaning: 'The program would refuse the configuration, and so would keep the one it has',
    example:
      'Cannot use key "alertmanager.yaml" of Secret "monitoring/alertmanager-main" at "route.receiver": Alertmanager refuses it: undefined receiver "…" used in route',
    mend: 'Correct what the program complains of; the message says where it comes from.',
  },
} as const satisfies Entries;
