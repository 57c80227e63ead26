import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { DAY } from '../../integration/licensing-api/caller.ts';
import type { App } from '../../support/app.ts';
import { startBench, type Bench } from '../app/bench.ts';
import { guard } from '../app/guard.ts';
import { daysLater, offlinePersonAt, type OfflinePerson } from '../app/offline-person.ts';
import { openPortal, type Portal } from '../app/offline-portal.ts';

/** Days of a lease that the portal gives. */
export const LEASE_DAYS = 30;

/** A device that can reach nobody, and the portal in a browser on another. The server runs all the time. */
export interface AirGap {
  readonly bench: Bench;
  readonly app: App;
  readonly person: OfflinePerson;
  readonly portal: Portal;
  readonly entitlementId: string;
  readonly activationCode: string;
  /** Ends the application and starts it again on a day after the first, with the server's clock at the same day. */
  readonly cameBackAfter: (days: number) => Promise<void>;
  /** The license has a lease of whole length that was given on such a day. */
  readonly expectLeaseFrom: (days: number) => Promise<void>;
  /** Nobody has tried the address that the application knows, and the server was asked by the portal alone. */
  readonly expectSilence: () => void;
}

/**
 * The application's profile names an address where nobody answers but somebody listens: a connection to the Licensing
 * API would be heard, whether it succeeds or not.
 */
export async function startAirGap(options: { readonly javaScript: boolean }): Promise<AirGap> {
  const lines: string[] = [];
  const bench = await startBench({ logLevel: 'info', writeLog: (line) => lines.push(line) });
  const { id, activationCode } = await bench.calls.createEntitlement({
    seatCount: 1,
    offlineLeasePeriod: { type: 'Day', count: LEASE_DAYS },
    features: [{ key: 'timeline-editor', type: 'bool' }],
  });
  lines.length = 0;
  const door = await guard(0);
  const profile = bench.folder('profile-without-network.json');
  writeFileSync(profile, withAddress(readFileSync(bench.profile, 'utf8'), `https://127.0.0.1:${door.port}`));
  const app = await bench.launch({ profile });
  const person = offlinePersonAt(app, bench.folder('usb'));
  const portal = await openPortal(bench.url, bench.folder('downloads'), options);
  await portal.page.goto(`${bench.url}/portal`);
  return {
    bench,
    app,
    person,
    portal,
    entitlementId: id,
    activationCode,
    cameBackAfter: async (days) => {
      await app.close();
      bench.server.setClock(() => Date.now() + days * DAY);
      await app.restart({ env: daysLater(days) });
    },
    expectLeaseFrom: async (days) => {
      const expiry = (await person.license()).activation?.leaseExpiry ?? 0;
      const given = expiry - (LEASE_DAYS + days) * DAY;
      // The test has not run for longer than its own time limit.
      expect(Math.abs(Date.now() - given)).toBeLessThan(5 * 60_000);
    },
    expectSilence: () => {
      expect(door.knocks()).toBe(0);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => !line.includes('"operation":"portal.'))).toEqual([]);
    },
  };
}

function withAddress(profile: string, url: string): string {
  const parsed = JSON.parse(profile) as { readonly api: object };
  return JSON.stringify({ ...parsed, api: { ...parsed.api, url } });
}
