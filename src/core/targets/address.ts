import type { PortRule } from './features.ts';

/** Go's net.SplitHostPort; undefined where it gives an error. Brackets around an IPv6 host are taken away. */
export function splitHostPort(address: string): { readonly host: string; readonly port: string } | undefined {
  const bracketed = /^\[([^\][]*)\]:([^:\][]*)$/.exec(address);
  const [, host, port] = bracketed ?? /^([^:\][]*):([^:\][]*)$/.exec(address) ?? [];
  return host === undefined || port === undefined ? undefined : { host, port };
}

/** Go's net.JoinHostPort. */
export function joinHostPort(host: string, port: number | string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The port that a scheme implies; "" is http. */
const defaultPorts: Readonly<Record<string, string>> = { '': '80', http: '80', https: '443' };

/** An address after Prometheus 2's port handling: `instance` may differ from it. Undefined: the scheme implies no port. */
export interface PortedAddress {
  readonly address: string;
  readonly instance: string;
}

export function applyPortRule(rule: PortRule, address: string, scheme: string): PortedAddress | undefined {
  const split = splitHostPort(address);
  if (rule === 'strip') {
    const isDefault = split !== undefined && scheme !== '' && defaultPorts[scheme] === split.port;
    return { address: isDefault ? split.host : address, instance: address };
  }
  const needsPort = rule === 'append' && split === undefined && splitHostPort(`${address}:1234`) !== undefined;
  if (!needsPort) return { address, instance: address };
  const port = Object.hasOwn(defaultPorts, scheme) ? defaultPorts[scheme] : undefined;
  if (port === undefined) return undefined;
  return { address: `${address}:${port}`, instance: `${address}:${port}` };
}
