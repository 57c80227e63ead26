#!/usr/bin/env python3
"""Receives the webhooks of a Licensing API. What is sent and how it is signed: ../openapi.yaml, createWebhook.

    webhook_receiver.py --secret-file FILE --keys FILE --data FILE [--port N]

--secret-file  the endpoint's secret, whsec_...; while it is being changed both, one a line
--keys         the public keys, as GET /api/v1/webhooks/keys answers; fetched once over HTTPS and kept
--data         SQLite database of the events that were taken; made if it is missing
--port         on 127.0.0.1, where a web server that speaks HTTPS passes requests on to; a free one without it

Prints {"port": N} when it is ready, then each event that is taken, once, as one line of JSON.
Answers: 204 taken, now or before; 401 not signed as it has to be; 413 too large; 404 and 405 anything else.

Needs Python 3.9 and the package "cryptography" (python3-cryptography in Debian), nothing else.
"""

import argparse
import base64
import binascii
import hashlib
import hmac
import http.server
import json
import re
import signal
import sqlite3
import sys
import threading
import time

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# A delivery is signed anew for each attempt, so an old one is a copy that somebody kept.
MAX_AGE_SECONDS = 5 * 60
MAX_BODY = 256 * 1024


class Refused(Exception):
    """The request is no delivery that may be acted on."""


def read_secrets(text):
    """The keys of the HMAC: one, or two while one replaces the other."""
    secrets = []
    for line in text.split():
        if not re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", line):
            raise SystemExit("a secret is not whsec_ and 32 bytes")
        secrets.append(base64.b64decode(line[len("whsec_") :]))
    if not secrets:
        raise SystemExit("there is no secret")
    return secrets


def read_keys(text):
    """The tenant's Ed25519 keys by their kid."""
    keys = {}
    for jwk in json.loads(text)["keys"]:
        if jwk["kty"] != "OKP" or jwk["crv"] != "Ed25519":
            raise SystemExit("a key is not an Ed25519 key")
        raw = base64.urlsafe_b64decode(jwk["x"] + "=")
        keys[jwk["kid"]] = Ed25519PublicKey.from_public_bytes(raw)
    return keys


def given(header, version):
    """The signatures of one kind. Five are enough while secrets change; more would only cost time."""
    prefix = version + ","
    found = [part[len(prefix) :] for part in header.split(" ") if part.startswith(prefix)]
    signatures = []
    for text in found[:5]:
        try:
            signatures.append(base64.b64decode(text, validate=True))
        except (binascii.Error, ValueError):
            continue
    return signatures


def is_signed(key, signature, content):
    try:
        key.verify(signature, content)
        return True
    except InvalidSignature:
        return False


def verify_webhook(secrets, keys, headers, body, now):
    """The event of a delivery, once everything about it was found right.

    Both signatures have to be there: the one with the secret says that it is meant for this endpoint, the one with the
    tenant's key that nobody who knows the secret made it. `body` is what came, octet by octet: parsing and writing it
    again would change it.
    """
    event_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not re.fullmatch(r"evt_[A-Za-z0-9]{22}", event_id) or not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise Refused("no id or time")
    if abs(now - int(timestamp)) > MAX_AGE_SECONDS:
        raise Refused("too old, or from the future")

    content = f"{event_id}.{timestamp}.".encode("ascii") + body
    header = headers.get("webhook-signature", "")
    macs = [hmac.new(secret, content, hashlib.sha256).digest() for secret in secrets]
    # compare_digest takes as long whatever is right about a guess.
    has_mac = any([hmac.compare_digest(mac, it) for mac in macs for it in given(header, "v1")])
    key = keys.get(headers.get("webhook-key-id", ""))
    has_signature = key is not None and any(is_signed(key, it, content) for it in given(header, "v1a"))
    if not has_mac or not has_signature:
        raise Refused("not signed with the secret and the key of the tenant")

    try:
        event = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refused("not JSON") from None
    if not isinstance(event, dict) or event.get("id") != event_id:
        raise Refused("another event than the header says")
    return event


class Inbox:
    """Keeps what was taken.

    An event can come twice: its answer was lost, or two attempts overlap. The row is both the note that it was taken
    and what is done about it, so neither is ever without the other. Whoever does more does it in the same transaction,
    or from this table.
    """

    def __init__(self, file):
        self.lock = threading.Lock()
        self.database = sqlite3.connect(file, timeout=5, check_same_thread=False)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute(
            "CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, sequence INTEGER, type TEXT, body TEXT)"
        )
        self.database.commit()

    def take(self, event, text):
        """Whether it was taken for the first time."""
        with self.lock, self.database:
            row = (event["id"], event["sequence"], event["type"], text)
            cursor = self.database.execute("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?)", row)
            return cursor.rowcount == 1


def make_handler(secrets, keys, inbox):
    class Handler(http.server.BaseHTTPRequestHandler):
        timeout = 10

        def receive(self):
            if self.path != "/webhooks":
                return 404
            if self.command != "POST":
                return 405
            length = self.headers.get("Content-Length", "")
            if not re.fullmatch(r"[0-9]{1,9}", length) or int(length) > MAX_BODY:
                return 413
            body = self.rfile.read(int(length))
            try:
                event = verify_webhook(secrets, keys, self.headers, body, int(time.time()))
            except Refused:
                # Whoever sent it learns nothing about what was wrong.
                return 401
            if inbox.take(event, body.decode("utf-8")):
                print(json.dumps(event), flush=True)
            return 204

        def answer(self):
            self.close_connection = True
            self.send_response(self.receive())
            self.send_header("Connection", "close")
            self.end_headers()

        do_POST = do_GET = do_PUT = do_DELETE = answer

        def log_message(self, *_):
            pass

    return Handler


def main():
    parser = argparse.ArgumentParser(description="Receives the webhooks of a Licensing API.")
    parser.add_argument("--secret-file", required=True)
    parser.add_argument("--keys", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    with open(options.secret_file, encoding="ascii") as secret_file:
        secrets = read_secrets(secret_file.read())
    with open(options.keys, encoding="utf-8") as keys_file:
        keys = read_keys(keys_file.read())
    handler = make_handler(secrets, keys, Inbox(options.data))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), handler)
    server.daemon_threads = True
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(json.dumps({"port": server.server_address[1]}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
