import { describe, expect, it } from 'vitest';
import { ZENTITLE2 } from '../../../electron/api/dialect.ts';
import {
  codeOfNetworkError,
  failureOfAnswer,
  retryAfterSeconds,
} from '../../../electron/api/error-policy.ts';

describe('codeOfNetworkError', () => {
  it.each([
    ['ENOTFOUND', false, 'dnsFailed'],
    ['EAI_AGAIN', false, 'dnsFailed'],
    ['ENETUNREACH', false, 'networkUnavailable'],
    ['ECONNREFUSED', false, 'serverUnreachable'],
    ['ECONNRESET', true, 'serverUnreachable'],
    ['CERT_HAS_EXPIRED', false, 'certificateExpired'],
    ['CERT_NOT_YET_VALID', false, 'certificateNotYetValid'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', false, 'certificateNameMismatch'],
    ['SELF_SIGNED_CERT_IN_CHAIN', false, 'certificateUntrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false, 'certificateUntrusted'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', false, 'tlsFailed'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', true, 'clientCertificateRequired'],
    ['ERR_SSL_TLSV1_CERTIFICATE_REQUIRED', true, 'clientCertificateRequired'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', false, 'clientCertificateRefused'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', true, 'clientCertificateRefused'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED', true, 'clientCertificateRefused'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', true, 'clientCertificateRefused'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', false, 'tlsFailed'],
    ['HPE_INVALID_CONSTANT', true, 'answerMalformed'],
    ['HPE_HEADER_OVERFLOW', true, 'answerTooLarge'],
    ['SOMETHING_NEW', true, 'serverUnreachable'],
    [undefined, false, 'tlsFailed'],
    [undefined, true, 'serverUnreachable'],
  ] as const)('%s (secured: %s) is %s', (system, secured, code) => {
    expect(codeOfNetworkError(system, secured)).toBe(code);
  });
});

describe('failureOfAnswer', () => {
  it("takes the server's errorCode", () => {
    const failure = failureOfAnswer(402, { errorCode: 'seatLimitReached' }, { host: 'a:1' }, ZENTITLE2);
    expect(failure).toEqual({ code: 'seatLimitReached', facts: { host: 'a:1', status: 402 } });
  });

  it.each([
    [401, {}, 'accessTokenInvalid'],
    [429, undefined, 'rateLimited'],
    [500, '<html>', 'serverError'],
    [503, null, 'serverError'],
    [400, { errorCode: 'somethingNew' }, 'requestRefused'],
    [404, { errorCode: 7 }, 'requestRefused'],
    // A local code must not be reachable from the wire: the server can't make the client say what isn't so.
    [403, { errorCode: 'vaultDamaged' }, 'requestRefused'],
    [403, { errorCode: 'constructor' }, 'requestRefused'],
    [403, { errorCode: '__proto__' }, 'requestRefused'],
  ])('%i with %j is %s', (status, body, code) => {
    expect(failureOfAnswer(status, body, {}, ZENTITLE2).code).toBe(code);
  });

  it.each([
    [422, [{ propertyName: 'editionId' }], 'editionNotIncluded'],
    [422, [null, 7, {}, { propertyName: 'seatName' }, { propertyName: 'editionId' }], 'editionNotIncluded'],
    [422, [{ propertyName: 'seatName' }], 'requestRefused'],
    [422, [{ propertyName: 'constructor' }, { propertyName: 7 }], 'requestRefused'],
    [422, { propertyName: 'editionId' }, 'requestRefused'],
    [400, [{ propertyName: 'editionId' }], 'requestRefused'],
  ])('%i with the refused fields %j is %s', (status, validationErrors, code) => {
    expect(failureOfAnswer(status, { validationErrors }, {}, ZENTITLE2).code).toBe(code);
  });

  it("takes the server's errorCode before a field", () => {
    const body = { errorCode: 'productMismatch', validationErrors: [{ propertyName: 'editionId' }] };
    expect(failureOfAnswer(422, body, {}, ZENTITLE2).code).toBe('productMismatch');
  });

  it("keeps nothing of the server's own words", () => {
    const failure = failureOfAnswer(403, { error: 'token abc', details: 'secret' }, {}, ZENTITLE2);
    expect(JSON.stringify(failure)).not.toMatch(/abc|secret/);
  });
});

describe('retryAfterSeconds (RFC 9110, section 10.2.3)', () => {
  const now = Date.UTC(2030, 0, 1, 12);
  it.each([
    ['7', 7],
    [' 120 ', 120],
    ['0', 0],
    ['Tue, 01 Jan 2030 12:00:30 GMT', 30],
    ['Tue, 01 Jan 2030 11:00:00 GMT', 0],
    ['999999999', 86_400],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %s', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });
});
