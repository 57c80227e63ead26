import path from 'node:path';
import { expect } from 'vitest';
import { withServer } from '../../integration/offline/exchange.ts';
import { withDisks } from './disk.ts';

/** Services on disks that can be filled, frozen and taken away, the real server, and its portal. */
/** @param options.unprivileged the process can become an ordinary user, or is one */
export function withWorld(options: { readonly unprivileged?: boolean } = {}) {
  const { server, buy, buyOnline, portal } = withServer();
  const { disk, place } = withDisks(options);

  /** Starts the services on a folder. */
  const start = async (dataDir: string) => {
    const { profile, productId } = server();
    await disk.start(dataDir, profile);
    const codeOf = async (outcome: Promise<'ok' | { readonly code: string }>): Promise<string> => {
      const result = await outcome;
      return result === 'ok' ? result : result.code;
    };
    return {
      dataDir,
      vault: path.join(dataDir, 'vault'),
      record: path.join(dataDir, 'vault', `${productId}.json`),
      licenseFile: path.join(dataDir, 'license-files', `${productId}.lic`),
      activate: (code: string) => codeOf(disk.activate(dataDir, productId, code)),
      refresh: () => codeOf(disk.refresh(dataDir, productId)),
      deactivate: () => codeOf(disk.deactivate(dataDir, productId)),
      check: () => codeOf(disk.check(dataDir, productId)),
      change: (language: 'de' | 'en') => codeOf(disk.change(dataDir, { language })),
      import: (text: string) => codeOf(disk.importToken(dataDir, text)),
      request: (code: string) => disk.request(dataDir, productId, code),
      leave: () => disk.leave(dataDir, productId),
      reconcile: () => disk.reconcile(dataDir),
      view: () => disk.view(dataDir),
      stop: () => disk.stop(dataDir),
      /** Ends the services and starts them anew, as a user does who begins again. */
      restart: async () => {
        await disk.stop(dataDir);
        await disk.start(dataDir, server().profile);
      },
    };
  };

  type Running = Awaited<ReturnType<typeof start>>;

  /** Nothing is left of what a fault has interrupted, and everything is for this user alone. */
  const expectTidy = async ({ dataDir }: Pick<Running, 'dataDir'>): Promise<void> => {
    const found = Object.entries(await disk.list(dataDir));
    expect(found.length).toBeGreaterThan(0);
    for (const [name, looks] of found) {
      expect(name).not.toMatch(/\.next|lock\.tmp|\.tmp-|\.part-|\.new-/);
      expect([name, looks]).toEqual([name, looks.startsWith('folder') ? 'folder 700' : 'file 600']);
    }
  };

  return { server, buy, buyOnline, portal, disk, place, start, expectTidy };
}

export type Running = Awaited<ReturnType<ReturnType<typeof withWorld>['start']>>;
