import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Random } from '../ports.ts';
import { readOwnFile, replaceOwnFile, setOwnFileAside } from '../support/own-file.ts';
import { systemCode } from '../vault/file-errors.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The random id in the data folder, the last resort of the fingerprint. */
export interface InstallId {
  /** null = there is none, or it can't be read. */
  readonly read: () => Promise<string | null>;
  /** Makes it if it isn't there; null = the folder can't be written to. */
  readonly ensure: () => Promise<string | null>;
}

const SIZE_LIMIT = 256;

/** Finds what a failing disk has changed: another id would be another device. */
const checkOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 16);

function parse(text: string): string | null {
  const [id = '', check, ...more] = text.split(' ');
  return UUID.test(id) && check === checkOf(id) && more.length === 0 ? id : null;
}

type Found =
  { readonly kind: 'id'; readonly id: string } | { readonly kind: 'absent' | 'damaged' | 'barred' };

function look(file: string): Found {
  const found = readOwnFile(file, SIZE_LIMIT);
  if (found.kind === 'text') {
    const id = parse(found.text);
    return id === null ? { kind: 'damaged' } : { kind: 'id', id };
  }
  // What can't be read now may be in order; another id must not take its place.
  return { kind: found.kind === 'absent' || found.kind === 'damaged' ? found.kind : 'barred' };
}

/**
 * `<dataDir>/install-id` and its copy `install-id.copy`, each the id and a check. Where nothing else tells this machine
 * from others, all that is stored hangs on it.
 */
export function installId(dataDir: string, random: Random): InstallId {
  const main = path.join(dataDir, 'install-id');
  const copy = path.join(dataDir, 'install-id.copy');
  const read = (): string | null => {
    const found = look(main);
    if (found.kind === 'id') return found.id;
    const second = look(copy);
    return second.kind === 'id' ? second.id : null;
  };

  const write = (file: string, id: string): void => {
    if (look(file).kind === 'damaged') setOwnFileAside(file);
    replaceOwnFile(file, `${id} ${checkOf(id)}`);
  };

  /** Of two processes that start at once, one makes it and both read the same. */
  const make = (): void => {
    if (look(main).kind === 'damaged') setOwnFileAside(main);
    const id = random.uuid();
    const complete = path.join(dataDir, `install-id.new-${id}`);
    try {
      if (replaceOwnFile(complete, `${id} ${checkOf(id)}`).ok) linkSync(complete, main);
    } catch (error) {
      // A file system without links: the one who comes second takes the place of the first, and both read it then.
      if (systemCode(error) !== 'EEXIST') replaceOwnFile(main, `${id} ${checkOf(id)}`);
    } finally {
      rmSync(complete, { force: true });
    }
  };

  const ensure = (): string | null => {
    try {
      const found = [look(main), look(copy)];
      if (found.every(({ kind }) => kind === 'id')) return read();
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      const isBarred = found.some(({ kind }) => kind === 'barred');
      if (read() === null && !isBarred) make();
      const id = read();
      if (id === null) return null;
      if (look(main).kind !== 'id') write(main, id);
      if (look(copy).kind !== 'id') write(copy, id);
    } catch {
      // It can't be made: reading tells.
    }
    return read();
  };
  return {
    read: () => Promise.resolve(read()),
    ensure: () => Promise.resolve(ensure()),
  };
}
