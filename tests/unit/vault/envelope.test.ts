import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../../electron/vault/base64.ts';
import { openEnvelope, sealEnvelope } from '../../../electron/vault/envelope.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const sealing = { key: new Uint8Array(32).fill(7), kid: '0123456789abcdef' };
const nonce = new Uint8Array(24).fill(9);
const value = { text: 'a value', list: [1, null, true] };
const content = { value, writtenAt: 1_790_000_000_000, outdated: false };
const envelope = sealEnvelope(sealing, 'device', 3, nonce, content);

describe('the primitives', () => {
  it('are XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, A.3.1)', () => {
    const key = hex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f');
    const draftNonce = hex('404142434445464748494a4b4c4d4e4f5051525354555657');
    const plain = new TextEncoder().encode(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
    );
    const sealed = xchacha20poly1305(key, draftNonce, hex('50515253c0c1c2c3c4c5c6c7')).encrypt(plain);
    expect(Buffer.from(sealed).toString('hex')).toBe(
      'bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e' +
        'c0875924c1c7987947deafd8780acf49',
    );
  });

  it('are HKDF-SHA-256 (RFC 5869, A.1)', () => {
    const derived = hkdf(
      sha256,
      hex('0b'.repeat(22)),
      hex('000102030405060708090a0b0c'),
      hex('f0f1f2f3f4f5f6f7f8f9'),
      42,
    );
    expect(Buffer.from(derived).toString('hex')).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });
});

describe('an envelope', () => {
  it('gives back what was sealed', () => {
    expect(openEnvelope(sealing, 'device', JSON.parse(JSON.stringify(envelope)))).toEqual({
      ok: true,
      value: { ...content, revision: 3 },
    });
    const outdated = sealEnvelope(sealing, 'device', 3, nonce, { ...content, outdated: true });
    expect(openEnvelope(sealing, 'device', outdated)).toMatchObject({ value: { outdated: true } });
  });

  it('has the same size whatever is in it, up to a step', () => {
    const sizeOf = (text: string) =>
      sealEnvelope(sealing, 'device', 3, nonce, { ...content, value: { text } }).ciphertext.length;
    expect(sizeOf('')).toBe(sizeOf('a'.repeat(150)));
    expect(sizeOf('a'.repeat(250))).toBeGreaterThan(sizeOf(''));
    const long = { ...content, value: { text: 'ä'.repeat(5000) } };
    expect(openEnvelope(sealing, 'device', sealEnvelope(sealing, 'device', 3, nonce, long))).toMatchObject({
      value: { value: long.value },
    });
  });

  it('shows nothing of what was sealed', () => {
    expect(JSON.stringify(envelope)).not.toContain(toBase64(new TextEncoder().encode('a value')).slice(0, 8));
    expect(JSON.stringify(envelope)).not.toContain('a value');
  });

  it('opens under no other name, key or revision', () => {
    expect(openEnvelope(sealing, 'prod_0000000000000000000001', envelope)).toEqual({
      ok: false,
      error: 'damaged',
    });
    expect(openEnvelope(sealing, 'device', { ...envelope, revision: 2 })).toEqual({
      ok: false,
      error: 'damaged',
    });
    const sameId = { ...sealing, key: new Uint8Array(32).fill(8) };
    expect(openEnvelope(sameId, 'device', envelope)).toEqual({ ok: false, error: 'damaged' });
    const other = { key: new Uint8Array(32).fill(8), kid: 'ffffffffffffffff' };
    expect(openEnvelope(other, 'device', envelope)).toEqual({ ok: false, error: 'wrongKey' });
  });

  it('tells a newer version from a version number that was damaged', () => {
    const later = sealEnvelope({ ...sealing, key: new Uint8Array(32).fill(1) }, 'device', 3, nonce, content);
    expect(openEnvelope(sealing, 'device', { ...later, v: 3 })).toEqual({ ok: false, error: 'newer' });
    expect(openEnvelope(sealing, 'device', { v: 9, anything: 'else' })).toEqual({
      ok: false,
      error: 'newer',
    });
    expect(openEnvelope(sealing, 'device', { ...envelope, v: 3 })).toEqual({ ok: false, error: 'damaged' });
    expect(openEnvelope(sealing, 'device', { ...envelope, v: 1 })).toEqual({ ok: false, error: 'damaged' });
    expect(openEnvelope(sealing, 'device', { ...envelope, v: 0 })).toEqual({ ok: false, error: 'damaged' });
    expect(openEnvelope(sealing, 'device', { ...envelope, kid: '0123456789abcdee' })).toEqual({
      ok: false,
      error: 'damaged',
    });
  });

  it.each([
    null,
    7,
    'text',
    [],
    {},
    { ...envelope, more: 1 },
    { ...envelope, nonce: 'AAAA' },
    { ...envelope, ciphertext: '' },
  ])('is not %j', (input) => {
    expect(openEnvelope(sealing, 'device', input)).toEqual({ ok: false, error: 'damaged' });
  });

  it('is refused whichever bit of nonce or ciphertext is flipped', () => {
    for (const field of ['nonce', 'ciphertext'] as const) {
      const bytes = fromBase64(envelope[field]) ?? new Uint8Array();
      expect(bytes.length).toBeGreaterThan(20);
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Uint8Array.from(bytes, (byte, index) =>
          index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
        );
        const opened = openEnvelope(sealing, 'device', { ...envelope, [field]: toBase64(flipped) });
        expect(opened).toEqual({ ok: false, error: 'damaged' });
      }
    }
  });
});

describe('base64', () => {
  it('is read strictly', () => {
    expect(fromBase64('AQI=')).toEqual(new Uint8Array([1, 2]));
    for (const text of ['AQI', 'AQJ=', 'AQI=\n', 'AQ I=', 'AQI_', '===='])
      expect(fromBase64(text)).toBeNull();
  });
});
