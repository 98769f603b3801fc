import type { TlsPaths } from '../../web/tls-files.ts';
import { isLoopbackHost } from '../../web/loopback.ts';
import type { FlagReader } from './reader.ts';
import { OptionError } from './values.ts';
import type { WebOptions } from './web.ts';
import { readTls } from './web.ts';

/** The page, where it is on. */
export interface PageOptions {
  readonly web: WebOptions;
  /** Strangers reach it: they must say who they are. */
  readonly asksCallers: boolean;
}

const addressFlag = 'page.listen-address';
const tlsFlag = 'page.enable-tls';
const caFlag = 'page.client-ca-file';
const certFlag = 'page.cert-file';
const keyFlag = 'page.key-file';

/** An address without a host is one of the loopback interface. @throws {OptionError} for what is no address, or flags that do not go together. */
export function readPage(reader: FlagReader): PageOptions | undefined {
  const text = reader.text(addressFlag);
  const isSecure = reader.bool(tlsFlag);
  const files = readFiles(reader, isSecure);
  if (text === '') return undefined;
  const [, host, port] = /^(\[[^\]]+\]|[^:]*):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || port === undefined)
    throw new OptionError(`Cannot read --${addressFlag}: "${text}" is not of the form HOST:PORT or :PORT`);
  const listenAddress = host === '' ? `127.0.0.1:${port}` : text;
  const tls = readTls(reader);
  return {
    web: {
      listenAddress,
      http2: reader.bool('web.enable-http2'),
      tls: isSecure ? { ...tls, files: { ...tls.files, ...files } } : undefined,
    },
    asksCallers: host !== '' && !isLoopbackHost(host),
  };
}

/** Files of its own, in the place of those of the web server. */
function readFiles(reader: FlagReader, isSecure: boolean): Partial<TlsPaths> {
  const [clientCaFile, certFile, keyFile] = [reader.text(caFlag), reader.text(certFlag), reader.text(keyFlag)];
  if (clientCaFile !== '' && !isSecure) throw new OptionError(`Cannot use --${caFlag} without --${tlsFlag}`, 1);
  if ((certFile === '') !== (keyFile === ''))
    throw new OptionError(`Cannot use one of --${certFlag} and --${keyFlag} alone`, 1);
  return certFile === '' ? { clientCaFile } : { clientCaFile, certFile, keyFile };
}
