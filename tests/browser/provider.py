"""A provider of sign-in that can be told to lie: tokens of another issuer, or that are over."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from threading import Thread
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "of-the-provider"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "of-the-provider"})
CLIENT = "waymark"


class Lie:
    """What the next token says otherwise than it should; nothing at first."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.key = KEY


class _Handler(BaseHTTPRequestHandler):
    server: HTTPServer
    lie: Lie
    nonces: dict[str, str]

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/authorize":
            self.nonces["code"] = query.get("nonce", [""])[0]
            back = f"{query['redirect_uri'][0]}?code=code&state={query['state'][0]}"
            self.send_response(302)
            self.send_header("location", back)
            self.end_headers()
        elif path == "/keys":
            self._send({"keys": [KEY.as_dict(private=False)]})
        else:
            self._send(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        now = int(time())
        claims = {
            "iss": self.issuer,
            "sub": "amira-1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonces.get("code", ""),
            "name": "Amira",
            **self.lie.claims,
        }
        token = jwt.encode({"alg": "RS256", "kid": "of-the-provider"}, claims, self.lie.key)
        self._send({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called there
        """Nobody reads it."""

    def _send(self, answer: object) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def lying_provider() -> Iterator[tuple[str, Lie]]:
    """Where it answers, and what it is told to say."""
    lie = Lie()
    handler = type("Handler", (_Handler,), {"lie": lie, "nonces": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", lie
    server.shutdown()
    server.server_close()
