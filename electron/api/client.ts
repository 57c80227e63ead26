import { failure, type Failure } from '../../shared/errors.ts';
import type { Instant } from '../../shared/license/types.ts';
import type * as wire from '../../shared/licensing-api/generated/types.gen.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock, Log, Random } from '../ports.ts';
import { asAnswer, type Answers } from './answers.ts';
import type { ClientIdentity } from './client-identity.ts';
import { credentialsOnTheWire, type Credentials } from './credentials.ts';
import { ZENTITLE2, type Dialect } from './dialect.ts';
import { failureOfAnswer, retryAfterSeconds } from './error-policy.ts';
import type { ApiRequest, Transport } from './transport.ts';
import { Secret } from '../support/secret.ts';

/** What authorises a call of an activation. */
export interface Session {
  readonly accessToken: Secret<'accessToken'>;
  readonly nonce: Secret<'nonce'>;
  /** The certificate of this very activation, or of an administrator; undefined = none is shown. */
  readonly identity?: ClientIdentity | undefined;
}

/** A call that was answered as hoped. */
export interface Answered<T> {
  readonly value: T;
  /** The next nonce; null where the call carries none (deactivate). Must be durable before `value` is acted on. */
  readonly nonce: Secret<'nonce'> | null;
  /** The server's time, vouched for by the pinned connection; null if it did not state one. */
  readonly serverTime: Instant | null;
}

/** A call that was not. `end`: what is known of it on the server's side. */
export interface CallFailure {
  readonly failure: Failure;
  /**
   * `refused`: the server said no. `unsent`: it never heard of it. `unknown`: it may have acted, and the nonce may be
   * used up; only activating again tells.
   */
  readonly end: 'refused' | 'unsent' | 'unknown';
  /** A refusal can use the nonce up and bring the next one. */
  readonly nonce: Secret<'nonce'> | null;
  readonly serverTime: Instant | null;
}

export type Call<T> = Promise<Result<Answered<T>, CallFailure>>;

/** What one call may cost. */
export interface CallOptions {
  /** Milliseconds in all, repeats and waits between them included; never longer than the transport's own deadline. */
  readonly timeoutMs?: number | undefined;
  /** Nobody waits for it: it is left out while the server is known to be down. */
  readonly background?: boolean | undefined;
  /** The certificate that is shown, where the call has no session that says it. */
  readonly identity?: ClientIdentity | undefined;
}

/** The Licensing API (shared/licensing-api/openapi.yaml), one function per call that Latchkey makes. */
export interface LicensingApi {
  readonly activate: (request: SeatCall, idempotencyKey: string, options?: CallOptions) => Call<SeatAnswer>;
  readonly state: (session: Session, options?: CallOptions) => Call<wire.ActivationState>;
  readonly refresh: (session: Session, options?: CallOptions) => Call<wire.Activation>;
  readonly entitlement: (session: Session, options?: CallOptions) => Call<wire.Entitlement>;
  /** A signed license file for the installed software; its text, not looked into. */
  readonly licenseFile: (session: Session, idempotencyKey: string, options?: CallOptions) => Call<string>;
  /** Takes elements of a pool, or spends of a count. The feature as it is then; null = the server did not say. */
  readonly checkoutFeature: (
    session: Session,
    change: FeatureAmount,
    options?: CallOptions,
  ) => Call<FeatureAnswer>;
  /** Puts elements of a pool back. */
  readonly returnFeature: (
    session: Session,
    change: FeatureAmount,
    options?: CallOptions,
  ) => Call<FeatureAnswer>;
  /** Counts one use of a bool feature; once per idempotency key, however often it is repeated. */
  readonly trackFeatureUsage: (
    session: Session,
    key: string,
    idempotencyKey: string,
    options?: CallOptions,
  ) => Call<FeatureAnswer>;
  /**
   * A certificate for the key of a request (PKCS #10, PEM): PEM, first the certificate, then the CA, not looked into.
   * Shows the present one where it is a renewal.
   */
  readonly issueCertificate: (session: Session, csr: string, options?: CallOptions) => Call<string>;
  /** Needs no nonce, so that a lost nonce never strands a seat. */
  readonly deactivate: (accessToken: Secret<'accessToken'>, options?: CallOptions) => Call<null>;
}

/** A call for a seat. */
export interface SeatCall extends Omit<wire.ActivateRequest, 'activationCredentials'> {
  readonly activationCredentials: Credentials;
}

/** The seat that was given. */
export interface SeatAnswer extends Omit<wire.ActivateResponse, 'accessToken'> {
  readonly accessToken: Secret<'accessToken'>;
}

export type FeatureAmount = wire.FeatureAmountRequest;

/** Servers answer with the feature, or with nothing (204). */
export interface FeatureAnswer {
  readonly feature: wire.Feature | null;
}

export interface LicensingApiOptions {
  readonly baseUrl: string;
  readonly tenantId: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly dialect?: Dialect;
}

/** Makes the client. It keeps no state: tokens and nonces come in and go out, and the caller makes them durable. */
export function createLicensingApi(options: LicensingApiOptions): LicensingApi {
  const { transport, clock, random, log, dialect = ZENTITLE2 } = options;
  const base = options.baseUrl.replace(/\/+$/, '');

  const call = async <T>(
    request: Pick<ApiRequest, 'method' | 'body'> & {
      readonly path: string;
      readonly limits?: CallOptions | undefined;
    },
    headers: Readonly<Record<string, string>>,
    read: (body: unknown) => T | null,
    chained: boolean,
  ): Call<T> => {
    const correlationId = random.uuid();
    const url = new URL(base + request.path);
    const begun = clock.monotonic();
    const sent = await transport({
      method: request.method,
      url,
      headers: {
        'N-TenantId': options.tenantId,
        'N-ApiVersion': dialect.apiVersion,
        'X-Correlation-Id': correlationId,
        ...headers,
      },
      ...(request.body === undefined ? {} : { body: request.body }),
      ...request.limits,
    });
    const outcome = sent.ok
      ? judge(sent.value, { host: url.host, correlationId }, dialect, clock, read, chained)
      : err<CallFailure>({
          failure: withCorrelation(sent.error.failure, correlationId),
          end: sent.error.sent ? 'unknown' : 'unsent',
          nonce: null,
          serverTime: null,
        });
    log.info('licensing api call', {
      call: `${request.method} ${request.path}`,
      host: url.host,
      correlationId,
      status: sent.ok ? sent.value.status : null,
      code: outcome.ok ? null : outcome.error.failure.code,
      system: outcome.ok ? null : (outcome.error.failure.facts?.system ?? null),
      milliseconds: Math.round(clock.monotonic() - begun),
    });
    return outcome;
  };

  const model =
    <M extends keyof Answers>(name: M) =>
    (body: unknown) =>
      asAnswer(name, body);
  const bearer = (accessToken: Session['accessToken']) => ({
    Authorization: `Bearer ${accessToken.reveal()}`,
  });
  const authorised = ({ accessToken, nonce }: Session) => ({
    ...bearer(accessToken),
    'N-Nonce': nonce.reveal(),
  });
  /** A call of a session shows the certificate of that session and no other. */
  const within = ({ identity }: Session, limits: CallOptions | undefined): CallOptions => ({
    ...limits,
    identity,
  });
  const text = (body: unknown) => (typeof body === 'string' ? body : null);
  const { paths, methods } = dialect;

  return {
    activate: ({ activationCredentials: shown, ...request }, idempotencyKey, limits) =>
      call(
        {
          method: 'POST',
          path: paths.activate,
          body: { ...request, activationCredentials: credentialsOnTheWire(shown) },
          limits,
        },
        { 'Idempotency-Key': idempotencyKey },
        seatAnswer,
        true,
      ),
    state: (session, limits) =>
      call(
        { method: methods.state, path: paths.activation, limits: within(session, limits) },
        authorised(session),
        model('ActivationState'),
        true,
      ),
    refresh: (session, limits) =>
      call(
        { method: methods.refresh, path: paths.activation, limits: within(session, limits) },
        authorised(session),
        model('Activation'),
        true,
      ),
    entitlement: (session, limits) =>
      call(
        { method: 'GET', path: paths.entitlement, limits: within(session, limits) },
        authorised(session),
        model('Entitlement'),
        true,
      ),
    licenseFile: (session, idempotencyKey, limits) =>
      call(
        { method: 'POST', path: paths.licenseFile, body: {}, limits: within(session, limits) },
        { ...authorised(session), 'Idempotency-Key': idempotencyKey },
        text,
        true,
      ),
    checkoutFeature: (session, body, limits) =>
      call(
        { method: methods.checkout, path: paths.checkout, body, limits: within(session, limits) },
        authorised(session),
        featureAnswer,
        true,
      ),
    returnFeature: (session, body, limits) =>
      call(
        { method: methods.giveBack, path: paths.giveBack, body, limits: within(session, limits) },
        authorised(session),
        featureAnswer,
        true,
      ),
    trackFeatureUsage: (session, key, idempotencyKey, limits) =>
      call(
        { method: 'POST', path: paths.usage, body: { key }, limits: within(session, limits) },
        { ...authorised(session), 'Idempotency-Key': idempotencyKey },
        featureAnswer,
        true,
      ),
    issueCertificate: (session, csr, limits) =>
      call(
        { method: 'POST', path: paths.certificate, body: { csr }, limits: within(session, limits) },
        authorised(session),
        text,
        true,
      ),
    deactivate: (accessToken, limits) =>
      call(
        { method: methods.deactivate, path: paths.activation, limits },
        bearer(accessToken),
        () => null,
        false,
      ),
  };
}

function seatAnswer(body: unknown): SeatAnswer | null {
  const answer = asAnswer('ActivateResponse', body);
  return answer === null ? null : { ...answer, accessToken: new Secret('accessToken', answer.accessToken) };
}

function featureAnswer(body: unknown): FeatureAnswer | null {
  if (body === undefined) return { feature: null };
  const feature = asAnswer('Feature', body);
  return feature === null ? null : { feature };
}

/** A nonce is opaque and goes back as it came; anything that could not stand in a header is no nonce. */
const NONCE = /^[\x21-\x7e]{1,512}$/;

function judge<T>(
  answer: {
    readonly status: number;
    readonly headers: NodeJS.Dict<string | string[]>;
    readonly body: unknown;
  },
  facts: { readonly host: string; readonly correlationId: string },
  dialect: Dialect,
  clock: Clock,
  read: (body: unknown) => T | null,
  chained: boolean,
): Result<Answered<T>, CallFailure> {
  const header = (name: string) => {
    const value = answer.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const stated = header('n-nonce');
  const nonce = stated !== undefined && NONCE.test(stated) ? new Secret('nonce', stated) : null;
  const serverTime = instantOf(header('date'));
  if (answer.status >= 400) {
    const wait = retryAfterSeconds(header('retry-after'), serverTime ?? clock.now());
    return err({
      failure: failureOfAnswer(
        answer.status,
        answer.body,
        wait === undefined ? facts : { ...facts, retryAfterSeconds: wait },
        dialect,
      ),
      // A gateway may answer 5xx for a server that has acted.
      end: answer.status >= 500 ? 'unknown' : 'refused',
      nonce,
      serverTime,
    });
  }
  const malformed = { failure: failure('answerMalformed', { ...facts, status: answer.status }), serverTime };
  if (!chained) return ok({ value: read(answer.body) as T, nonce: null, serverTime });
  const value = read(answer.body);
  if (value === null || nonce === null) return err({ ...malformed, end: 'unknown', nonce });
  return ok({ value, nonce, serverTime });
}

function instantOf(date: string | undefined): Instant | null {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isFinite(at) ? at : null;
}

function withCorrelation(cause: Failure, correlationId: string): Failure {
  return failure(cause.code, { ...cause.facts, correlationId });
}
