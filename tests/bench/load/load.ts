import { randomUUID } from 'node:crypto';
import { Agent } from 'node:https';
import type { Call, LicensingApi, Session } from '../../../electron/api/client.ts';
import { clientOf } from '../../support/licensing-client.ts';
import { purchase, type Purchase } from '../../support/back-office.ts';
import { keptTransport } from './kept-transport.ts';
import { startServerProcess, type ServerState } from './server-process.ts';
import { givenSession, typedCode } from '../../support/typed-secrets.ts';

/**
 * Many clients at one server: each has a seat and a chain of nonces of its own. What comes back is measured, but only
 * what is right or wrong is judged.
 */

export interface Load {
  readonly clients: number;
  /** Seats of each purchase. */
  readonly seatsEach: number;
  /** How often each client refreshes over kept connections. */
  readonly rounds: number;
  /** Calls under way at once. */
  readonly atOnce: number;
  /** An empty folder for the server. */
  readonly dataDir: string;
  /** The seat of each client; one of its own without it. */
  readonly seatOf?: (client: number) => string;
}

/** One kind of call. */
export interface Measured {
  readonly name: string;
  readonly calls: number;
  readonly perSecond: number;
  /** Milliseconds within which half of the calls, and 99 of 100, were answered. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of the server's processor for one call. */
  readonly serverCpu: number;
}

export interface LoadOutcome {
  readonly measured: readonly Measured[];
  readonly before: ServerState;
  readonly after: ServerState;
  /** A sentence for everything that was not right. */
  readonly wrong: readonly string[];
}

interface Client {
  readonly seatId: string;
  readonly code: string;
  id: string;
  session: Session;
}

/** Does something for everybody, so many at once, in an order that mixes the purchases. */
async function forEach<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  const worker = async (): Promise<void> => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function percentile(times: readonly number[], share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
}

export async function runLoad(load: Load): Promise<LoadOutcome> {
  const { clients: count, seatsEach, atOnce, seatOf = (client) => `seat-${client}` } = load;
  const server = await startServerProcess(load.dataDir);
  const { access } = server;
  const kept = new Agent({ keepAlive: true, maxSockets: atOnce });
  const wrong: string[] = [];
  const measured: Measured[] = [];
  try {
    const bought: Purchase[] = [];
    for (let seats = 0; seats < count; seats += seatsEach) {
      bought.push(await purchase(access, { seatCount: seatsEach, leasePeriod: { type: 'Day', count: 30 } }));
    }
    const entitlements = bought.map(({ id }) => id);
    const clients = Array.from({ length: count }, (_, index): Client => ({
      seatId: seatOf(index),
      code: bought[index % bought.length]?.code ?? '',
      id: '',
      session: givenSession({ accessToken: '', nonce: '' }),
    }));
    const before = await server.state(entitlements);
    const measure = async (
      name: string,
      rounds: number,
      work: (client: Client) => Promise<string | null>,
    ): Promise<void> => {
      const times: number[] = [];
      const { cpu } = await server.state([]);
      const begun = performance.now();
      for (let round = 0; round < rounds; round += 1) {
        await forEach(clients, atOnce, async (client) => {
          const from = performance.now();
          const problem = await work(client);
          times.push(performance.now() - from);
          if (problem !== null) wrong.push(`${name}, ${client.seatId}: ${problem}`);
        });
      }
      const lasted = performance.now() - begun;
      const spent = (await server.state([])).cpu - cpu;
      const sorted = times.toSorted((one, other) => one - other);
      measured.push({
        name,
        calls: times.length,
        perSecond: (times.length / lasted) * 1000,
        p50: percentile(sorted, 0.5),
        p99: percentile(sorted, 0.99),
        serverCpu: spent / times.length,
      });
    };
    const own = clientOf(access).api;
    const thin = clientOf(access, { around: () => keptTransport(kept, access.caPem) }).api;
    await measure('activate, a connection each', 1, (client) => activate(own, access.productId, client));
    await measure('refresh, a connection each', 1, (client) => follow(client, own.refresh));
    await measure('refresh, connections kept', load.rounds, (client) => follow(client, thin.refresh));
    await measure('state, connections kept', 1, (client) => follow(client, thin.state));
    const after = await server.state(entitlements);
    const seats = new Set(after.seats);
    if (after.seats.length !== count) wrong.push(`${after.seats.length} seats are held instead of ${count}`);
    wrong.push(...clients.filter(({ id }) => !seats.has(id)).map(({ seatId }) => `${seatId} was lost`));
    return { measured, before, after, wrong };
  } finally {
    kept.destroy();
    await server.close();
  }
}

/** @returns what is wrong; null = nothing */
async function activate(api: LicensingApi, productId: string, client: Client): Promise<string | null> {
  const { seatId, code } = client;
  const answer = await api.activate(
    { productId, seatId, activationCredentials: { type: 'activationCode', code: typedCode(code) } },
    randomUUID(),
  );
  if (!answer.ok) return answer.error.failure.code;
  const { value, nonce } = answer.value;
  if (value.seatId !== seatId || nonce === null) return 'an answer that is meant for somebody else';
  client.id = value.id;
  client.session = { accessToken: value.accessToken, nonce };
  return null;
}

/** One call in the chain: the answer is about this seat, and brings a nonce that was not there before. */
async function follow(
  client: Client,
  call: (session: Session) => Call<{ readonly id: string; readonly seatId: string; readonly status: string }>,
): Promise<string | null> {
  const answer = await call(client.session);
  if (!answer.ok) return answer.error.failure.code;
  const { value, nonce } = answer.value;
  if (value.id !== client.id || value.seatId !== client.seatId) return 'an answer about another seat';
  if (value.status !== 'active') return `the seat is ${value.status}`;
  if (nonce === null || nonce.isSame(client.session.nonce)) return 'the nonce has not moved on';
  client.session = { ...client.session, nonce };
  return null;
}
