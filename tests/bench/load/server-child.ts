import '../../support/no-electron.ts';
import { startLicensingApi } from '../../licensing-api/server.ts';
import type { FromServer, ToServer } from './server-process.ts';

/** The reference server in a process of its own, so that its memory and its time are its own. */

const say = (message: FromServer): void => void process.send?.(message);

process.once('message', (message: { readonly dataDir: string }) => {
  void (async () => {
    const server = await startLicensingApi({ dataDir: message.dataDir, writeLog: () => undefined });
    const { url, caPem, tenantId, productId, profile, management } = server;
    process.on('message', ({ ask, entitlements }: ToServer) => {
      if (ask === 'close') {
        void server.close().then(() => process.disconnect());
        return;
      }
      const seats = entitlements.flatMap((id) => server.store.activations.live(id).map((seat) => seat.id));
      const { rss, heapUsed } = process.memoryUsage();
      const { user, system } = process.cpuUsage();
      say({ kind: 'state', seats, rss, heapUsed, cpu: (user + system) / 1000 });
    });
    say({ kind: 'ready', access: { url, caPem, tenantId, productId, profile, management } });
  })();
});
