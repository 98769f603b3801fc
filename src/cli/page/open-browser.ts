import { spawn } from 'node:child_process';
import type { Io } from '../io.ts';

/** What opens an address with the browser of who works here; undefined where nothing is known that does. */
export function chooseOpener(
  platform: NodeJS.Platform,
  env: Io['env'],
): { readonly program: string; readonly args: readonly string[] } | undefined {
  if (platform === 'darwin') return { program: 'open', args: [] };
  if (platform === 'win32') return { program: 'cmd', args: ['/c', 'start', '""'] };
  const hasDisplay = [env.DISPLAY, env.WAYLAND_DISPLAY].some((display) => (display ?? '') !== '');
  return hasDisplay ? { program: 'xdg-open', args: [] } : undefined;
}

/** Opens an address, where there is a terminal and a display; that it could not is a hint, no failure. */
export function openBrowser(url: string, io: Io, platform: NodeJS.Platform = process.platform): void {
  const opener = io.isTerminal ? chooseOpener(platform, io.env) : undefined;
  if (opener === undefined) return;
  const hint = (why: string): void =>
    io.stderr(`stoker: Cannot open a browser with ${opener.program}: ${why}; open the address yourself\n`);
  const child = spawn(opener.program, [...opener.args, url], { stdio: 'ignore', detached: true, env: { ...io.env } });
  child.on('error', ({ message }) => hint(message));
  child.on('exit', (code) => (code === 0 || code === null ? undefined : hint(`exit code ${code}`)));
  child.unref();
}
