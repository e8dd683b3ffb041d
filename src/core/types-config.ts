/**
 * What changed from one configuration to the next, by name. Types only. Nothing here may hold a password, a token or an address
 * that has one in it: it stands in the journal for ever.
 */

/** What of a configuration an entry is. `limits`: those of a zone. */
export type ConfigPart =
  | 'zone'
  | 'limits'
  | 'device'
  | 'line'
  | 'area'
  | 'schedule'
  | 'route'
  | 'post'
  | 'person'
  | 'procedure'
  | 'channel'
  | 'wall'
  | 'school'
  | 'server'
  | 'store'
  | 'influx'
  | 'mqtt-out'
  | 'gb28181'
  | 'dc09'
  | 'district';

/** A field that differs. Its values only where they are short and hold no secret; absent where there was none, or is none now. */
export interface ConfigField {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
}

export interface ConfigChange {
  readonly part: ConfigPart;
  /** Of the zone, device, line …; empty for what there is one of. */
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly fields?: readonly ConfigField[];
}

/** What changed, and how much more did than is listed. An empty list: only what is not named, such as a password or a remark. */
export interface ConfigDifference {
  readonly changes: readonly ConfigChange[];
  readonly more?: number;
}
