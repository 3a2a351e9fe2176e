"""Secrets that a browser or a link holds, of which the database keeps the hash only."""

import hashlib
import secrets

BYTES = 32  # of chance in a secret; nobody finds one by trying


def new_token() -> str:
    """A secret of letters, digits, `-` and `_`."""
    return secrets.token_urlsafe(BYTES)


def hashed(token: str) -> str:
    """The SHA-256 of a secret in hexadecimal, 64 letters.

    Enough for secrets made by `new_token`; for passwords, which people choose, it would not be.
    """
    return hashlib.sha256(token.encode()).hexdigest()
