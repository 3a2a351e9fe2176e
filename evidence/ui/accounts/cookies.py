"""The cookies of a server for teams: who is signed in, what they were invited to, where they go."""

from evidence.ui.shell.identity import COOKIE

INVITATION = "waymark_invitation"  # the secret of a link that was opened, until it is taken up
NEXT = "waymark_next"  # the page that was asked for, until somebody is signed in
FOR_SIGN_IN = 3600  # seconds in which people sign in


def session(base: str, token: str, seconds: int, *, secure: bool) -> str:
    """What makes a browser somebody's."""
    return _cookie(COOKIE, token, base, seconds, secure=secure)


def no_session(base: str, *, secure: bool) -> str:
    """What makes a browser nobody's."""
    return _cookie(COOKIE, "", base, 0, secure=secure)


def passing(base: str, name: str, value: str, *, secure: bool) -> str:
    """What is kept while somebody signs in; an empty value forgets it."""
    return _cookie(name, value, base, FOR_SIGN_IN if value else 0, secure=secure)


def _cookie(name: str, value: str, base: str, seconds: int, *, secure: bool) -> str:
    made = f"{name}={value}; Path={base}; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    return made + ("; Secure" if secure else "")
