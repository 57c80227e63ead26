import type { NetCase, Stage, World } from './case.ts';
import { STRAIGHT } from '../../../electron/api/network.ts';
import { answerTo, type Kind } from './kinds.ts';
import { plainPeer, tlsPeer, type TlsPeer } from './peers.ts';
import { AUTHORITY_NAME, INSPECTION_NAME, type CertificateOptions } from './pki.ts';
import type { Pem } from '../../licensing-api/tls/certificates.ts';
import type { TlsOptions } from 'node:tls';
import { givenSession } from '../../support/typed-secrets.ts';

/** Who is spoken to: everything that a certificate can have wrong. */

const HOST = 'localhost';

export function answering(kind: Kind): (socket: { end: (bytes: Buffer) => unknown }) => void {
  return (socket) => void socket.end(answerTo(kind));
}

/** A peer that shows a certificate and would answer as the server does. */
export async function shower(world: World, pem: Pem, tls: TlsOptions = {}): Promise<TlsPeer> {
  return world.keep(tlsPeer({ pem, talk: answering(world.kind), tls }));
}

interface Shown {
  readonly name: string;
  readonly certificate: (world: World) => CertificateOptions;
  readonly code: string;
  readonly issuer?: string;
  readonly host?: string;
}

/** Certificates with one thing wrong; nothing may be heard by whoever shows them. */
const WRONG: readonly Shown[] = [
  {
    name: 'another CA of the right name',
    certificate: ({ pki }) => ({ authority: pki.namesake, key: pki.otherKey }),
    code: 'certificateUntrusted',
    issuer: AUTHORITY_NAME,
  },
  {
    name: 'another CA with the pinned key',
    certificate: ({ pki }) => ({ authority: pki.inspection }),
    code: 'certificateUntrusted',
    issuer: INSPECTION_NAME,
  },
  {
    name: 'the right CA with a wrong key',
    certificate: ({ pki }) => ({ key: pki.otherKey }),
    code: 'pinMismatch',
    issuer: AUTHORITY_NAME,
  },
  { name: 'expired', certificate: () => ({ from: -20, until: -10 }), code: 'certificateExpired' },
  { name: 'not yet valid', certificate: () => ({ from: 10 }), code: 'certificateNotYetValid' },
  {
    name: 'a wrong host',
    certificate: () => ({ names: [{ type: 'dns', value: 'elsewhere.example' }] }),
    code: 'certificateNameMismatch',
  },
  {
    name: 'a wrong address',
    certificate: () => ({ names: [{ type: 'dns', value: 'localhost' }] }),
    code: 'certificateNameMismatch',
    host: '127.0.0.1',
  },
];

const wrongCertificates: readonly NetCase[] = WRONG.map(
  ({ name, certificate, code, issuer, host = HOST }) => ({
    name: `certificate: ${name}`,
    arrange: async (world) => {
      const { port, heard } = await shower(world, await world.pki.certify(certificate(world)));
      return { settings: { url: `https://${host}:${port}` }, strangers: [heard] };
    },
    expect: () => ({
      codes: [code],
      end: ['unsent'],
      ...(issuer === undefined ? {} : { facts: { issuer } }),
    }),
  }),
);

/** A case with a stage of its own in which nothing is ever sent. */
const refused = (name: string, code: string, arrange: NetCase['arrange'], issuer?: string): NetCase => ({
  name: `certificate: ${name}`,
  arrange,
  expect: () => ({ codes: [code], end: ['unsent'], ...(issuer === undefined ? {} : { facts: { issuer } }) }),
});

const strangerWith =
  (make: (world: World) => Promise<Pem>, tls: TlsOptions = {}) =>
  async (world: World): Promise<Stage> => {
    const { port, heard } = await shower(world, await make(world), tls);
    return { settings: { url: `https://${HOST}:${port}` }, strangers: [heard] };
  };

const oldTls = (version: 'TLSv1' | 'TLSv1.1'): TlsOptions => ({
  minVersion: version,
  maxVersion: version,
  // OpenSSL 3 offers versions that old at its lowest level only.
  ciphers: 'DEFAULT@SECLEVEL=0',
});

const refusals: readonly NetCase[] = [
  refused(
    'self-signed',
    'certificateUntrusted',
    strangerWith(({ pki }) => pki.selfSigned(pki.otherKey)),
    'localhost',
  ),
  refused(
    'self-signed with the pinned key',
    'certificateUntrusted',
    strangerWith(({ pki }) => pki.selfSigned(pki.key)),
  ),
  refused(
    'a wrong key with the pinned certificate behind it',
    'pinMismatch',
    strangerWith(async ({ pki }) =>
      pki.certify({ key: pki.otherKey, appended: (await pki.certify()).certificate }),
    ),
  ),
  refused(
    'TLS 1.0',
    'tlsFailed',
    strangerWith(({ pki }) => pki.certify(), oldTls('TLSv1')),
  ),
  refused(
    'TLS 1.1',
    'tlsFailed',
    strangerWith(({ pki }) => pki.certify(), oldTls('TLSv1.1')),
  ),
  refused('no TLS at all', 'tlsFailed', async ({ keep, kind }) => {
    const { port, heard } = await keep(plainPeer((socket) => void socket.resume().end(answerTo(kind))));
    return { settings: { url: `https://${HOST}:${port}` }, between: [heard] };
  }),
  refused('a pinned key that no trusted CA vouches for', 'certificateUntrusted', async (world) => {
    const { port, heard } = await shower(world, await world.pki.certify());
    return { settings: { url: `https://${HOST}:${port}`, ca: undefined }, strangers: [heard] };
  }),
  refused('a pin that has ended', 'pinMismatch', async (world) => {
    const { port, heard } = await shower(world, await world.pki.certify());
    const pins = () => [
      { sha256: world.pki.pin, notAfter: '2026-01-01T00:00:00.000Z' },
      { sha256: world.pki.backupPin },
    ];
    const now = () => Date.UTC(2026, 0, 1, 0, 0, 1);
    return { settings: { url: `https://${HOST}:${port}`, pins, now }, strangers: [heard] };
  }),
  refused(
    'inspection that the system trusts',
    'pinMismatch',
    async (world) => {
      const { pki } = world;
      const { port, heard } = await shower(
        world,
        await pki.certify({ authority: pki.inspection, key: pki.otherKey }),
      );
      const network = { ...STRAIGHT, systemRoots: () => [pki.inspection.certificate] };
      return { settings: { url: `https://${HOST}:${port}`, network }, strangers: [heard] };
    },
    INSPECTION_NAME,
  ),
  refused(
    'inspection that nobody trusts, where pins are only reported',
    'certificateUntrusted',
    async (world) => {
      const { pki } = world;
      const { port, heard } = await shower(
        world,
        await pki.certify({ authority: pki.inspection, key: pki.otherKey }),
      );
      return { settings: { url: `https://${HOST}:${port}`, pinning: 'report' }, strangers: [heard] };
    },
    INSPECTION_NAME,
  ),
  ...(['TLSv1.2', 'TLSv1.3'] as const).map((maxVersion) =>
    refused(`changed since a session that could be resumed, ${maxVersion}`, 'pinMismatch', async (world) => {
      const { pki } = world;
      const peer = await shower(world, await pki.certify(), { maxVersion });
      return {
        settings: { url: `https://${HOST}:${peer.port}` },
        strangers: [peer.heard],
        before: async (api) => {
          await api.deactivate(
            givenSession({ accessToken: 'eyJfirst.call.ends-well', nonce: '' }).accessToken,
          );
          peer.show(await pki.certify({ key: pki.otherKey }));
          // From here on the same peer is a stranger.
          peer.heard.bytes.length = 0;
        },
      };
    }),
  ),
];

/** What must work all the same. */
const accepted = (name: string, arrange: NetCase['arrange']): NetCase => ({
  name: `certificate: ${name}`,
  arrange,
  expect: () => ({ codes: ['ok'], requests: 1 }),
});

const acceptances: readonly NetCase[] = [
  accepted('everything right', async (world) => {
    const { port, heard } = await shower(world, await world.pki.certify());
    return { settings: { url: `https://${HOST}:${port}` }, server: heard };
  }),
  accepted('the backup key', async (world) => {
    const { port, heard } = await shower(world, await world.pki.certify({ key: world.pki.backupKey }));
    return { settings: { url: `https://${HOST}:${port}` }, server: heard };
  }),
  accepted('a new key of a pinned CA', async (world) => {
    const { pki } = world;
    const { port, heard } = await shower(world, await pki.certify({ key: pki.otherKey }));
    return {
      settings: { url: `https://${HOST}:${port}`, pins: () => [{ sha256: pki.authorityPin }] },
      server: heard,
    };
  }),
  accepted('a private CA beside the roots of the system', async (world) => {
    const { port, heard } = await shower(world, await world.pki.certify());
    const network = { ...STRAIGHT, systemRoots: () => [world.pki.inspection.certificate] };
    return { settings: { url: `https://${HOST}:${port}`, network }, server: heard };
  }),
  accepted('a broken certificate among the roots of the system', async (world) => {
    const { port, heard } = await shower(world, await world.pki.certify());
    const network = { ...STRAIGHT, systemRoots: () => ['no certificate'] };
    return { settings: { url: `https://${HOST}:${port}`, network }, server: heard };
  }),
  accepted('inspection that the system trusts, where pins are only reported', async (world) => {
    const { pki } = world;
    const { port, heard } = await shower(
      world,
      await pki.certify({ authority: pki.inspection, key: pki.otherKey }),
    );
    const network = { ...STRAIGHT, systemRoots: () => [pki.inspection.certificate] };
    return {
      settings: { url: `https://${HOST}:${port}`, network, pinning: 'report', ca: undefined },
      server: heard,
    };
  }),
  accepted('TLS 1.2', async (world) => {
    const { port, heard } = await shower(world, await world.pki.certify(), { maxVersion: 'TLSv1.2' });
    return { settings: { url: `https://${HOST}:${port}` }, server: heard };
  }),
  accepted('an address instead of a name', async (world) => {
    const { port, heard } = await shower(world, await world.pki.certify());
    return { settings: { url: `https://127.0.0.1:${port}` }, server: heard };
  }),
  accepted('IPv6 alone', async (world) => {
    const { port, heard } = await world.keep(
      tlsPeer({ pem: await world.pki.certify(), talk: answering(world.kind), host: '::1' }),
    );
    return { settings: { url: `https://[::1]:${port}` }, server: heard };
  }),
];

export const CERTIFICATE_CASES: readonly NetCase[] = [...wrongCertificates, ...refusals, ...acceptances];
