/** "localhost", "127.0.0.1", "[::1]": hosts that only this machine or pod reaches. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(host) || host === '[::1]';
}
