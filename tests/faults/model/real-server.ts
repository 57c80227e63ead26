import type { ApiError, CreatedEntitlement } from '../../../shared/licensing-api/generated/types.gen.ts';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { httpsCall, type HttpsAnswer, type HttpsCall } from '../../support/https-call.ts';
import { PURCHASES, type Granted, type Network } from './history.ts';

/** The reference server, and what its vendor and its portal do with it. */

/** Of the form of a code that the server gives, and not one of them. */
const NOBODYS_CODE = 'ORBIT-AAAA-BBBB-CCCC-DDDD';
/** A management token is good for an hour of the server's time. */
const TOKEN_LIFE = 50 * 60_000;

export const startServer = (): Promise<LicensingApi> =>
  startLicensingApi({
    writeLog: () => undefined,
    codeAttempts: { requests: 1_000_000, perMilliseconds: 60_000 },
  });

export interface Bought {
  readonly id: string;
  readonly code: string;
}

/** What the answer of a call means to the one who made it. */
const outcomeOf = (answer: HttpsAnswer): string =>
  answer.status < 300
    ? 'ok'
    : ((answer.body as ApiError | undefined)?.errorCode ?? `status ${answer.status}`);

export class RealServer {
  readonly api: LicensingApi;
  #bought: readonly Bought[] = [];
  #token: { readonly text: string; readonly at: number } | null = null;
  #now = 0;

  constructor(api: LicensingApi) {
    this.api = api;
  }

  setClock(now: number): void {
    this.#now = now;
    this.api.setClock(now);
    this.api.setDate(now);
  }

  /** New purchases for a new history. */
  async sell(): Promise<void> {
    this.#token = null;
    this.#bought = await Promise.all(
      PURCHASES.map(async ({ seats, offlineLease, lease, grace, duration }) => {
        const answer = await this.#manage('POST', '/entitlements', {
          productId: this.api.productId,
          seatCount: seats,
          plan: {
            name: 'Days',
            licenseType: 'Subscription',
            licenseStartType: 'EntitlementCreation',
            licenseDuration: { type: 'Day', count: duration },
          },
          editions: this.api.profile.products[0]?.editions ?? [],
          leasePeriod: { type: 'Day', count: lease },
          gracePeriod: grace === 0 ? { type: 'None' } : { type: 'Day', count: grace },
          ...(offlineLease === null ? {} : { offlineLeasePeriod: { type: 'Day', count: offlineLease } }),
        });
        if (answer.status !== 201) throw new Error(`the server sells nothing: ${answer.text}`);
        const { id, activationCode } = answer.body as CreatedEntitlement;
        return { id, code: activationCode };
      }),
    );
  }

  codeOf(purchase: number): string {
    return this.#bought[purchase]?.code ?? NOBODYS_CODE;
  }

  /** The code of the purchase that an activation belongs to. */
  codeFor(entitlementId: string | null): string {
    return this.#bought.find(({ id }) => id === entitlementId)?.code ?? NOBODYS_CODE;
  }

  async vendor(purchase: number, action: 'disable' | 'enable' | 'renew' | 'release'): Promise<string> {
    const id = this.#bought[purchase]?.id ?? '';
    if (action !== 'release') return outcomeOf(await this.#manage('POST', `/entitlements/${id}/${action}`));
    const items = this.api.store.activations.live(id);
    for (const seat of items) await this.#manage('DELETE', `/activations/${seat.id}`);
    return items.length === 0 ? 'nothing' : 'ok';
  }

  /** All activations that there ever were of this history's purchases. */
  granted(): readonly Granted[] {
    const options = { includeEnded: true, limit: 1000, offset: 0 };
    return this.#bought.flatMap(({ id: entitlementId }, purchase) =>
      this.api.store.activations
        .list(entitlementId, options)
        .items.map(({ id, seatId, mode, leaseExpiry, ended }) => ({
          id,
          purchase,
          seatId,
          mode,
          leaseExpiry,
          counts: ended === null && this.#now < leaseExpiry,
          ended: ended !== null,
        })),
    );
  }

  /** Brings a token to the portal. @returns the outcome, and what was given for it */
  async bring(token: string): Promise<{ readonly outcome: string; readonly answer: string | null }> {
    return this.#exchanged(await this.#offline('/tokens', { token }));
  }

  async fetch(activationId: string, activationCode: string) {
    return this.#exchanged(await this.#offline(`/activations/${activationId}/refresh`, { activationCode }));
  }

  #exchanged(answer: HttpsAnswer) {
    const { token } = (answer.body ?? {}) as { readonly token?: string };
    return { outcome: outcomeOf(answer), answer: token ?? null };
  }

  /** What happens to the calls of the next operation. */
  disturb(net: Network): void {
    this.api.faults.clear();
    for (const fault of net === 'none' ? [] : net) {
      if (fault === null) this.api.faults.next({ kind: 'delay', milliseconds: 0 });
      else if (typeof fault === 'number') this.api.faults.next({ kind: 'status', status: fault });
      else this.api.faults.next({ kind: fault });
    }
  }

  #call(path: string, call: Omit<HttpsCall, 'url' | 'ca'>): Promise<HttpsAnswer> {
    return httpsCall({ url: this.api.url + path, ca: this.api.caPem, ...call });
  }

  #offline(path: string, json: unknown): Promise<HttpsAnswer> {
    const headers = { 'N-TenantId': this.api.tenantId };
    return this.#call(`/api/v1/offline${path}`, { method: 'POST', headers, json });
  }

  async #manage(method: string, path: string, json?: unknown): Promise<HttpsAnswer> {
    const headers = { Authorization: `Bearer ${await this.#managementToken()}` };
    const body = json === undefined ? {} : { json };
    return this.#call(`/api/v1/management${path}`, { method, headers, ...body });
  }

  async #managementToken(): Promise<string> {
    if (this.#token !== null && this.#now - this.#token.at < TOKEN_LIFE) return this.#token.text;
    const { clientId, clientSecret } = this.api.management;
    const answer = await this.#call('/oauth2/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      raw: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }).toString(),
    });
    const { access_token: text } = answer.body as { readonly access_token: string };
    this.#token = { text, at: this.#now };
    return text;
  }
}
