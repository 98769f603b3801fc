/**
 * How the sections of an Alertmanager configuration are described: keys in the order in which they are written, and for each
 * key what it may hold and since when there is one (docs/reference/rendering.md 5.9 to 5.12).
 */
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import type { Version } from '../../../../base/version.ts';

/** What makes a key stay away, or the section wrong. */
export interface FieldNotes {
  /** The first Alertmanager that knows it; for older ones it is left out, with a warning. */
  readonly since?: string;
  /** The first Alertmanager that knows it; for older ones the configuration cannot be used. */
  readonly needs?: string;
  /** A key that says the same and wins: beside it this one is left out. */
  readonly unless?: string;
  /** Written even when it is empty. */
  readonly always?: true;
  /** A flag that is only written when it is true. */
  readonly onlyTrue?: true;
  /** A duration that is only written when it is not zero. */
  readonly notZero?: true;
}

/**
 * Kinds of values. A `url` is one of HTTP with a host, a `templateUrl` may be a template instead, `any` is taken as it is.
 */
export type Kind = 'text' | 'url' | 'templateUrl' | 'duration' | 'flag' | 'number' | 'texts' | 'map' | 'any';

export interface Field extends FieldNotes {
  readonly kind: Kind | 'section' | 'items';
  /** Of `section` and `items`. */
  readonly section?: Section;
}

/** Keys in their order. */
export type Fields = Readonly<Record<string, Field>>;

/** Something that is wrong with a section as a whole. The message says no value: it may be out of a Secret. */
export interface SectionFault {
  /** The key that is to be mended; "" for the section. */
  readonly key: string;
  readonly message: string;
}

export interface Section {
  readonly fields: Fields;
  /** Looks at a section that is already in order, as far as the version knows it. */
  readonly check?: (section: YamlFields, version: Version) => Iterable<SectionFault>;
}

const field =
  (kind: Kind) =>
  (notes: FieldNotes = {}): Field => ({ kind, ...notes });

export const text = field('text');
export const url = field('url');
export const templateUrl = field('templateUrl');
export const duration = field('duration');
export const flag = field('flag');
export const number = field('number');
export const texts = field('texts');
export const map = field('map');
export const any = field('any');

/** One section below a key. */
export const inside = (section: Section, notes: FieldNotes = {}): Field => ({ kind: 'section', section, ...notes });

/** A list of sections below a key. */
export const items = (section: Section, notes: FieldNotes = {}): Field => ({ kind: 'items', section, ...notes });
