import { BlockList, isIP } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a server, as Go programs choose it: HTTPS_PROXY or HTTP_PROXY (or in small letters) by the server's
 * scheme, unless NO_PROXY names it. Servers on this machine are always asked directly.
 *
 * @returns the proxy's URL; undefined for none.
 * @throws {Error} when the variable holds no URL. The message does not quote it: it may hold a password.
 */
export function chooseProxy(server: string, env: Environment): string | undefined {
  const { protocol, hostname, port } = new URL(server);
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = lookUp(env, name);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (proxy === '' || isLocal(host)) return undefined;
  const exceptions = lookUp(env, 'NO_PROXY')
    .split(',')
    .map((entry) => entry.trim().toLowerCase());
  const actualPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  if (exceptions.some((entry) => isException(entry, host, actualPort))) return undefined;
  const url = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (!URL.canParse(url)) throw new Error(`Cannot use the proxy in ${name}: want an URL such as "http://proxy:3128"`);
  return url;
}

function lookUp(env: Environment, name: string): string {
  return env[name] ?? env[name.toLowerCase()] ?? '';
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** One entry of NO_PROXY: "*", an address, a network, or a domain (with a leading dot only what is below it); with a port or without. */
function isException(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  if (entry.includes('/')) return isInNetwork(entry, host);
  const [name = '', wantedPort = port] = isIP(entry) === 6 ? [entry] : entry.split(':');
  if (wantedPort !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return (host === domain && domain === name) || host.endsWith(`.${domain}`);
}

function isInNetwork(entry: string, host: string): boolean {
  const [address = '', bits = ''] = entry.split('/');
  const version = isIP(host);
  if (version === 0 || isIP(address) !== version) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (!/^\d+$/.test(bits) || Number(bits) > (family === 'ipv4' ? 32 : 128)) return false;
  const network = new BlockList();
  network.addSubnet(address, Number(bits), family);
  return network.check(host, family);
}
