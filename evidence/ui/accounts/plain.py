"""Plain pages of our own as responses."""

from starlette.responses import Response

from evidence.exports.public_page import policy_of

HEADERS = {
    "cache-control": "no-store",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}


def page(made: bytes, status: int = 200) -> Response:
    """A page with its own policy of content, which no other page may frame."""
    policy = f"{policy_of(made)}; frame-ancestors 'none'"
    headers = {**HEADERS, "content-security-policy": policy}
    return Response(made, status, headers=headers, media_type="text/html")
