#!/usr/bin/env python3
"""Verifies a license file that Latchkey put in its place, as the installed software does. Format: ../FORMAT.md.

    verify.py [--license-key-file FILE] [--device FILE] PUBLIC_KEY LICENSE_FILE

PUBLIC_KEY          the vendor's Ed25519 key: 64 hexadecimal digits, 43 characters of base64url, or a PEM file
LICENSE_FILE        the .lic; - reads standard input
--license-key-file  file with the license key (activation code), for an encrypted file
--device            file with a JSON object: the digest of each device factor as it is now (FORMAT.md, "Device")

Prints what was found as JSON. Exit status: 0 only if the verdict is "valid", 1 otherwise, 2 wrong use.
Without --device a file that was copied from another machine passes: "device" is then "notCompared".

Needs Python 3.9 and the package "cryptography" (python3-cryptography in Debian), nothing else.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import time
from datetime import datetime

from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_pem_public_key

MAX_TEXT = 256 * 1024
CLOCK_TOLERANCE = 5 * 60
ARMOR = re.compile(r"-----BEGIN LICENSE FILE-----([A-Za-z0-9+/=\s]*)-----END LICENSE FILE-----")

# How much each factor says about the device; the same one while 58 % of what was enrolled still matches.
WEIGHTS = {"board": 40, "disk": 20, "mac": 20, "machineId": 20, "os": 10, "cpu": 10, "install": 20}
IDENTIFYING = ("board", "disk", "mac", "machineId")
SAME_DEVICE_PERCENT = 58


class Refused(Exception):
    """The argument is the verdict."""


def base64_bytes(text):
    """Strict: a text that means the same to a lenient reader is a changed one all the same."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused("malformed") from None
    if base64.b64encode(data) != text.encode("ascii"):
        raise Refused("malformed")
    return data


def no_duplicates(pairs):
    """Two readers could take different ones of two members with one name."""
    if len({name for name, _ in pairs}) != len(pairs):
        raise Refused("malformed")
    return dict(pairs)


def no_constant(_name):
    """NaN and Infinity are not JSON, although Python reads them."""
    raise Refused("malformed")


def json_object(data):
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=no_duplicates, parse_constant=no_constant)
    except (ValueError, RecursionError):
        raise Refused("malformed") from None
    if not isinstance(value, dict):
        raise Refused("malformed")
    return value


def read_envelope(text):
    found = ARMOR.search(text)
    if found is None:
        raise Refused("notALicenseFile")
    envelope = json_object(base64_bytes(re.sub(r"\s", "", found.group(1))))
    parts = [envelope.get(name) for name in ("enc", "sig", "alg")]
    if not all(isinstance(part, str) and part.isascii() for part in parts):
        raise Refused("malformed")
    return parts


def check_signature(enc, sig, public_key):
    """Over the text "license/" and enc as it stands. Nothing inside is looked at unless it holds."""
    try:
        public_key.verify(base64_bytes(sig), f"license/{enc}".encode("ascii"))
    except (InvalidSignature, ValueError, Refused):
        raise Refused("invalid") from None


def decode(enc, alg, license_key):
    """The dataset in JSON."""
    if alg == "base64+ed25519":
        return base64_bytes(enc)
    parts = [base64_bytes(part) for part in enc.split(".")]
    if len(parts) != 3 or len(parts[1]) != 12 or len(parts[2]) != 16:
        raise Refused("malformed")
    if license_key is None:
        raise Refused("locked")
    ciphertext, iv, tag = parts
    key = hashlib.sha256(license_key.encode("utf-8")).digest()
    try:
        return AESGCM(key).decrypt(iv, ciphertext + tag, None)
    except InvalidTag:
        raise Refused("locked") from None


def seconds(text):
    """Seconds since 1970 of an ISO 8601 date with an offset."""
    try:
        date = datetime.fromisoformat(re.sub(r"Z$", "+00:00", text))
    except (TypeError, ValueError):
        raise Refused("malformed") from None
    if date.tzinfo is None:
        raise Refused("malformed")
    return date.timestamp()


def read_dates(meta):
    """Issued and expiry in seconds; None = does not expire."""
    if not isinstance(meta, dict):
        raise Refused("malformed")
    issued, expiry, ttl = seconds(meta.get("issued")), meta.get("expiry"), meta.get("ttl")
    if ttl is not None and (type(ttl) not in (int, float) or not 0 <= ttl <= 1e12):
        raise Refused("malformed")
    if expiry is not None:
        return issued, seconds(expiry)
    return issued, None if ttl is None else issued + ttl


def compare_device(enrolled, present):
    """The tolerance of Latchkey: a new network card or another disk is still the same device."""
    names = [name for name in WEIGHTS if name in enrolled]
    # A file in the data folder counts only where nothing tells the device from others.
    skipped = "install" if any(name in IDENTIFYING for name in names) else None

    def weight(some):
        return sum(WEIGHTS[name] for name in some if name != skipped)

    def suffices(some):
        return weight(some) > 0 and weight(some) * 100 >= weight(names) * SAME_DEVICE_PERCENT

    matching = [name for name in names if present.get(name) == enrolled[name]]
    unreadable = [name for name in names if name not in present]
    if suffices(matching):
        return "same" if len(matching) + len(unreadable) == len(names) else "drifted"
    return "unknown" if not names or suffices(matching + unreadable) else "different"


def verify(text, public_key, license_key, present, now):
    """Everything that can be said; "verdict" is the first thing that is wrong, or "valid"."""
    try:
        enc, sig, alg = read_envelope(text)
        if alg not in ("base64+ed25519", "aes-256-gcm+ed25519"):
            raise Refused("unsupported")
        check_signature(enc, sig, public_key)
        dataset = json_object(decode(enc, alg, license_key))
        data, included, meta = (dataset.get(name) for name in ("data", "included", "meta"))
        included = [] if included is None else included
        if not isinstance(data, dict) or not isinstance(included, list):
            raise Refused("malformed")
        issued, expiry = read_dates(meta)
    except Refused as refused:
        return {"verdict": str(refused)}
    attributes = data.get("attributes")
    enrolled = attributes.get("fingerprint") if isinstance(attributes, dict) else None
    if not isinstance(enrolled, dict):
        device = "notBound"
    else:
        device = "notCompared" if present is None else compare_device(enrolled, present)
    verdict = "valid"
    if issued > now + CLOCK_TOLERANCE:
        verdict = "clockBehind"  # Issued in what is the future here: this clock is wrong.
    elif expiry is not None and now >= expiry:
        verdict = "expired"
    elif device in ("different", "unknown"):
        verdict = "otherDevice" if device == "different" else "deviceUnknown"
    found = {"alg": alg, "meta": meta, "device": device, "data": data, "included": included}
    return {"verdict": verdict, **found}


def load_public_key(text):
    if re.fullmatch(r"[0-9A-Fa-f]{64}", text):
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))
    if re.fullmatch(r"[A-Za-z0-9_-]{43}", text):
        return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(text + "="))
    key = load_pem_public_key(read(text).encode("ascii"))
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 key")
    return key


def read(name):
    if name == "-":
        return sys.stdin.buffer.read(MAX_TEXT + 1).decode("utf-8")
    with open(name, "rb") as file:
        return file.read(MAX_TEXT + 1).decode("utf-8")


def main():
    parser = argparse.ArgumentParser(description="Verifies a license file that Latchkey put in its place.")
    parser.add_argument("--license-key-file")
    parser.add_argument("--device")
    parser.add_argument("public_key")
    parser.add_argument("license_file")
    # A key in base64url may begin with a hyphen and is no option all the same.
    arguments = sys.argv[1:]
    options = parser.parse_args([*arguments[:-2], "--", *arguments[-2:]] if len(arguments) > 1 else arguments)
    try:
        public_key = load_public_key(options.public_key)
        license_key = read(options.license_key_file).strip() if options.license_key_file else None
        present = json_object(read(options.device).encode("utf-8")) if options.device else None
        text = read(options.license_file)
    except (OSError, ValueError, UnsupportedAlgorithm, Refused):
        parser.error("a key or a file can't be read")
    if len(text) > MAX_TEXT:
        report = {"verdict": "notALicenseFile"}
    else:
        report = verify(text, public_key, license_key, present, time.time())
    print(json.dumps(report, indent=2))
    return 0 if report["verdict"] == "valid" else 1


if __name__ == "__main__":
    sys.exit(main())
