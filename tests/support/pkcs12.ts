import {
  createCipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  pbkdf2Sync,
  randomBytes,
  X509Certificate,
} from 'node:crypto';

/** Makes PKCS #12 files (RFC 7292) without a library, as tools of administrators do. */

export type Protection = 'aes-256' | '3des' | 'rc2-40';

const ROUNDS = 2048;

const octet = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: readonly Uint8Array[]) => octet(0x30, ...parts);
const octets = (content: Uint8Array) => octet(0x04, content);
const number = (value: number) =>
  octet(0x02, Buffer.from(value < 128 ? [value] : [value >> 8, value & 0xff]));
const NULL = octet(0x05);

const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (value: number): number[] =>
    value < 128 ? [value] : [...base128(value >> 7).map((byte) => byte | 0x80), value & 0x7f];
  return octet(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
};

const numberOf = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** RFC 7292, appendix B.2, on whole numbers. */
function derive(digest: string, passphrase: string, salt: Buffer, id: number, bytes: number): Buffer {
  const fill = (text: Buffer) => Buffer.alloc(Math.ceil(text.length / 64) * 64, text);
  const secret = Buffer.alloc((passphrase.length + 1) * 2);
  for (let at = 0; at < passphrase.length; at += 1) secret.writeUInt16BE(passphrase.charCodeAt(at), at * 2);
  let blocks = Buffer.concat([fill(salt), fill(secret)]);
  let key = Buffer.alloc(0);
  while (key.length < bytes) {
    let hash = Buffer.concat([Buffer.alloc(64, id), blocks]);
    for (let round = 0; round < ROUNDS; round += 1) hash = createHash(digest).update(hash).digest();
    key = Buffer.concat([key, hash]);
    const add = numberOf(Buffer.alloc(64, hash)) + 1n;
    const next: Buffer[] = [];
    for (let at = 0; at < blocks.length; at += 64) {
      const sum = BigInt.asUintN(512, numberOf(blocks.subarray(at, at + 64)) + add);
      next.push(Buffer.from(sum.toString(16).padStart(128, '0'), 'hex'));
    }
    blocks = Buffer.concat(next);
  }
  return key.subarray(0, bytes);
}

function encrypt(protection: Protection, passphrase: string, plain: Buffer) {
  const salt = randomBytes(8);
  const run = (cipher: string, key: Buffer, iv: Buffer) => {
    const it = createCipheriv(cipher, key, iv);
    return Buffer.concat([it.update(plain), it.final()]);
  };
  if (protection === 'aes-256') {
    const iv = randomBytes(16);
    const hmac = sequence(oid('1.2.840.113549.2.9'), NULL);
    const kdf = sequence(oid('1.2.840.113549.1.5.12'), sequence(octets(salt), number(ROUNDS), hmac));
    const cipher = sequence(oid('2.16.840.1.101.3.4.1.42'), octets(iv));
    return {
      algorithm: sequence(oid('1.2.840.113549.1.5.13'), sequence(kdf, cipher)),
      encrypted: run('aes-256-cbc', pbkdf2Sync(passphrase, salt, ROUNDS, 32, 'sha256'), iv),
    };
  }
  // What RC2 would make of it is of no interest: nobody gets that far.
  const name = protection === '3des' ? '1.2.840.113549.1.12.1.3' : '1.2.840.113549.1.12.1.6';
  const key = derive('sha1', passphrase, salt, 1, 24);
  return {
    algorithm: sequence(oid(name), sequence(octets(salt), number(ROUNDS))),
    encrypted: run('des-ede3-cbc', key, derive('sha1', passphrase, salt, 2, 8)),
  };
}

const contentOf = (plain: Buffer) => sequence(oid('1.2.840.113549.1.7.1'), octet(0xa0, octets(plain)));

/** @param identity PEM of the key, and of the certificates */
export function makePkcs12(
  identity: { readonly key: string; readonly chain: readonly string[] },
  passphrase: string,
  protection: Protection = 'aes-256',
): Buffer {
  const certificates = identity.chain.map((pem) =>
    sequence(
      oid('1.2.840.113549.1.12.10.1.3'),
      octet(
        0xa0,
        sequence(oid('1.2.840.113549.1.9.22.1'), octet(0xa0, octets(new X509Certificate(pem).raw))),
      ),
    ),
  );
  const sealed = encrypt(protection, passphrase, sequence(...certificates));
  const encryptedData = sequence(
    oid('1.2.840.113549.1.7.6'),
    octet(
      0xa0,
      sequence(
        number(0),
        sequence(oid('1.2.840.113549.1.7.1'), sealed.algorithm, octet(0x80, sealed.encrypted)),
      ),
    ),
  );
  const pkcs8 = createPrivateKey(identity.key).export({ type: 'pkcs8', format: 'der' });
  const key = encrypt(protection, passphrase, pkcs8);
  const shrouded = sequence(
    oid('1.2.840.113549.1.12.10.1.2'),
    octet(0xa0, sequence(key.algorithm, octets(key.encrypted))),
  );
  const content = sequence(encryptedData, contentOf(sequence(shrouded)));
  const salt = randomBytes(8);
  const mac = createHmac('sha256', derive('sha256', passphrase, salt, 3, 32))
    .update(content)
    .digest();
  const digest = sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), NULL), octets(mac));
  return sequence(number(3), contentOf(content), sequence(digest, octets(salt), number(ROUNDS)));
}
