import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

/** A file of an archive; a folder when its name ends with "/". */
export interface ArchiveEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly isExecutable?: boolean;
}

export const fileEntry = (name: string, text: string, isExecutable = false): ArchiveEntry => ({
  ...{ name, isExecutable },
  content: Buffer.from(text),
});

/** What is in a folder, folders before what is in them, by name. `prefix` is put before the names. */
export function listEntries(folder: string, prefix = ''): ArchiveEntry[] {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names.flatMap((name): ArchiveEntry[] => {
    const path = join(folder, name);
    const stat = statSync(path);
    if (stat.isDirectory())
      return [{ name: `${prefix}${name}/`, content: Buffer.alloc(0) }, ...listEntries(path, `${prefix}${name}/`)];
    return [{ name: `${prefix}${name}`, content: readFileSync(path), isExecutable: (stat.mode & 0o100) !== 0 }];
  });
}

/** A tar archive that depends on nothing but the entries and the date: owners are root, modes 755 and 644. */
export async function packTar(entries: readonly ArchiveEntry[], date: Date): Promise<Buffer> {
  const archive = pack();
  const chunks: Buffer[] = [];
  const done = (async () => {
    for await (const chunk of archive) chunks.push(chunk as Buffer);
  })();
  for (const { name, content, isExecutable = false } of entries) {
    const isFolder = name.endsWith('/');
    const header = { name, mtime: date, mode: isFolder || isExecutable ? 0o755 : 0o644, uid: 0, gid: 0 };
    if (isFolder) archive.entry({ ...header, type: 'directory' });
    else archive.entry({ ...header, type: 'file' }, Buffer.from(content));
  }
  archive.finalize();
  await done;
  return Buffer.concat(chunks);
}

/** As `packTar`, compressed. The same version of Node gives the same bytes. */
export async function packTarGz(entries: readonly ArchiveEntry[], date: Date): Promise<Buffer> {
  return gzipSync(await packTar(entries, date), { level: 6 });
}
