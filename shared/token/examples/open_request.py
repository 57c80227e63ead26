#!/usr/bin/env python3
"""Opens an activation request that Latchkey wrote, as the vendor's server does. Format: ../FORMAT.md.

    open_request.py SERVER_KEY REQUEST

SERVER_KEY  file with the server's X25519 private key: a JWK, or PEM (PKCS #8) without a password
REQUEST     file with the request, armored or bare; - reads standard input

Prints the claims as JSON. They hold the activation code: they are not for a log.
Exit status: 0 opened, 1 refused (why is on standard error), 2 wrong use.

Needs Python 3.9 and the package "cryptography" (python3-cryptography in Debian), nothing else. What a server has
to decide after this - tenant, product, activation code, a free seat - is in FORMAT.md, "What the server does".
"""

import base64
import hashlib
import json
import re
import sys
import time

from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_pem_private_key

TYP = "latchkey-activation-request-v1+jwt"
LABEL = "LATCHKEY ACTIVATION REQUEST"
MAX_TEXT = 64 * 1024
MAX_HEADER = 2048
# Claims that have to be there, and the most characters they may have.
TEXTS = {"jti": 64, "tenantId": 100, "productId": 100, "activationCode": 64, "seatId": 100}


class Refused(Exception):
    """The text is no request that may be answered."""


def base64url(text):
    """Strict: without padding and without spare bits, or a changed token could pass for an unchanged one."""
    if not isinstance(text, str) or not re.fullmatch(r"[A-Za-z0-9_-]+", text) or len(text) % 4 == 1:
        raise Refused("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=") != text.encode("ascii"):
        raise Refused("base64url with spare bits")
    return data


def no_duplicates(pairs):
    """Two readers could take different ones of two members with one name."""
    if len({name for name, _ in pairs}) != len(pairs):
        raise Refused("a name stands twice in one JSON object")
    return dict(pairs)


def no_constant(_name):
    """NaN and Infinity are not JSON, although Python reads them."""
    raise Refused("not JSON")


def json_object(data):
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=no_duplicates, parse_constant=no_constant)
    except (ValueError, RecursionError):
        raise Refused("not JSON") from None
    if not isinstance(value, dict):
        raise Refused("not a JSON object")
    return value


def find_jwe(text):
    """The bare token of an armored text, or the text itself."""
    lines = [line.strip("> \t\ufeff") for line in text.splitlines()]
    begin = next((at for at, line in enumerate(lines) if line.startswith("-----BEGIN LATCHKEY ")), None)
    if begin is None:
        return "".join(lines)
    if lines[begin] != f"-----BEGIN {LABEL}-----":
        raise Refused("another kind of token")
    try:
        end = lines.index(f"-----END {LABEL}-----", begin)
        # The lines up to the first empty one are for people; nobody has signed them.
        start = lines.index("", begin, end)
    except ValueError:
        raise Refused("the armor is not complete") from None
    return "".join(lines[start:end])


def public_key(jwk, curve):
    """The 32 bytes of a public JWK. One that shows its private part is no secret any more."""
    if not isinstance(jwk, dict) or jwk.get("kty") != "OKP" or jwk.get("crv") != curve or "d" in jwk:
        raise Refused(f"not a public {curve} key")
    data = base64url(jwk.get("x"))
    if len(data) != 32:
        raise Refused(f"not a public {curve} key")
    return data


def thumbprint(jwk):
    """RFC 7638: SHA-256 of the members that make the key, in the order of their names."""
    members = {name: jwk[name] for name in ("crv", "kty", "x")}
    digest = hashlib.sha256(json.dumps(members, separators=(",", ":")).encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def content_key(shared_secret):
    """Concat KDF with SHA-256, RFC 7518, section 4.6.2: one round gives the 256 bits."""
    algorithm = b"A256GCM"
    nobody = (0).to_bytes(4, "big")  # PartyUInfo and PartyVInfo are empty: a length of 0 each.
    other_info = len(algorithm).to_bytes(4, "big") + algorithm + nobody + nobody + (256).to_bytes(4, "big")
    return hashlib.sha256((1).to_bytes(4, "big") + shared_secret + other_info).digest()


def decrypt(jwe, server_key):
    """The JWS inside."""
    parts = jwe.split(".")
    if len(parts) != 5 or parts[1] != "" or len(parts[0]) > MAX_HEADER:
        raise Refused("not a token")
    header = json_object(base64url(parts[0]))
    # Nothing in a token chooses how it is checked: whatever else it asks for is refused.
    expected = {"alg": "ECDH-ES", "enc": "A256GCM", "cty": "JWT", "typ": TYP}
    if any(header.get(name) != value for name, value in expected.items()):
        raise Refused("another kind of token")
    if any(name in header for name in ("apu", "apv", "zip", "crit")):
        raise Refused("a header that must not be there")
    ephemeral = X25519PublicKey.from_public_bytes(public_key(header.get("epk"), "X25519"))
    iv, ciphertext, tag = (base64url(part) for part in parts[2:])
    if len(iv) != 12 or len(tag) != 16:
        raise Refused("not a token")
    try:
        # Raises ValueError for a point of low order, whose secret everybody knows.
        secret = server_key.exchange(ephemeral)
        jws = AESGCM(content_key(secret)).decrypt(iv, ciphertext + tag, parts[0].encode("ascii"))
        return jws.decode("ascii")
    except (InvalidTag, ValueError):
        raise Refused("altered, or encrypted to another key") from None


def verify(jws):
    """The claims, signed with the key that they carry: who wrote them holds its private half."""
    parts = jws.split(".")
    if len(parts) != 3 or len(parts[0]) > MAX_HEADER:
        raise Refused("no signed content")
    header = json_object(base64url(parts[0]))
    if header.get("alg") not in ("Ed25519", "EdDSA") or header.get("typ") != TYP or "crit" in header:
        raise Refused("signed in another way, or another kind of token")
    claims = json_object(base64url(parts[1]))
    keys = claims.get("deviceKeys")
    if not isinstance(keys, dict):
        raise Refused("no device keys")
    key = public_key(keys.get("sign"), "Ed25519")
    public_key(keys.get("encrypt"), "X25519")
    if header.get("kid") != thumbprint(keys["sign"]):
        raise Refused("signed with another key than the one inside")
    try:
        signing_input = f"{parts[0]}.{parts[1]}".encode("ascii")
        Ed25519PublicKey.from_public_bytes(key).verify(base64url(parts[2]), signing_input)
    except (InvalidSignature, ValueError):
        raise Refused("the signature does not hold") from None
    return claims


def check(claims, now):
    for name, most in TEXTS.items():
        value = claims.get(name)
        if not isinstance(value, str) or not 1 <= len(value) <= most:
            raise Refused(f"claim {name} is missing or wrong")
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,64}", claims["jti"]) or type(claims.get("iat")) is not int:
        raise Refused("claim jti or iat is wrong")
    if "exp" in claims and (type(claims["exp"]) is not int or now >= claims["exp"]):
        raise Refused("expired")
    return claims


def open_request(text, server_key, now):
    if len(text.encode("utf-8")) > MAX_TEXT:
        raise Refused("too large")
    return check(verify(decrypt(find_jwe(text), server_key)), now)


def load_server_key(data):
    if data.lstrip().startswith(b"{"):
        return X25519PrivateKey.from_private_bytes(base64url(json_object(data).get("d")))
    key = load_pem_private_key(data, password=None)
    if not isinstance(key, X25519PrivateKey):
        raise ValueError("not an X25519 key")
    return key


def read(name, most):
    if name == "-":
        return sys.stdin.buffer.read(most)
    with open(name, "rb") as file:
        return file.read(most)


def main(arguments):
    if len(arguments) != 2:
        print("usage: open_request.py SERVER_KEY REQUEST", file=sys.stderr)
        return 2
    try:
        server_key = load_server_key(read(arguments[0], MAX_TEXT))
        text = read(arguments[1], MAX_TEXT + 1)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm, Refused):
        print("the server's key or the request can't be read", file=sys.stderr)
        return 2
    try:
        claims = open_request(text.decode("utf-8"), server_key, time.time())
    except (Refused, UnicodeError) as reason:
        print(f"refused: {reason if isinstance(reason, Refused) else 'not text'}", file=sys.stderr)
        return 1
    print(json.dumps(claims, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
