/** IPv4 addresses of Pods: 10.244.<node>.<n>, given once at a time. */
export class Addresses {
  readonly #byPod = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** The Pod's address; the same for as long as it is not released. `keep` is one it has already. */
  take(uid: string, network: number, keep: string | undefined): string {
    const known = this.#byPod.get(uid) ?? keep ?? this.#firstFree(network);
    this.#byPod.set(uid, known);
    this.#taken.add(known);
    return known;
  }

  release(uid: string): void {
    const known = this.#byPod.get(uid);
    if (known !== undefined) this.#taken.delete(known);
    this.#byPod.delete(uid);
  }

  #firstFree(network: number): string {
    for (let index = 2; index < 65_000; index += 1) {
      const address = `10.244.${(network + (index >> 8) * 16) % 256}.${index & 255}`;
      if ((index & 255) > 1 && !this.#taken.has(address)) return address;
    }
    throw new Error('Cannot give the Pod an address: all are taken');
  }
}
