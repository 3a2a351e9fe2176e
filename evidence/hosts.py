"""Which requests are meant for this installation, by the names in their headers.

A page of another site that is open in somebody's browser can send requests here: under a name of
its own that it lets point to this machine (then Host is that name), or by a websocket (then Origin
is that site). Both are refused. No name is looked up for it.
"""

import hashlib
import hmac
import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from evidence.errors import Invalid

ANY = "*"
DEFAULT_PORTS = {"http": 80, "https": 443}
_IPV6_NETWORK = 64  # bits that one household has to itself


def host_names(setting: str) -> frozenset[str]:
    """The names under which this installation may be asked; by default this machine's own.

    Raises:
        Invalid: the setting holds something that is no name.
    """
    if setting.strip(" ,"):
        names = setting.replace(",", " ").split()
        for name in names:
            if not _bare(name):
                raise Invalid(f"WAYMARK_HOSTS holds names such as reviews.example, not {name!r}.")
        return frozenset(map(_bare, names))
    return frozenset({"localhost", "127.0.0.1", "[::1]", _bare(socket.gethostname())})


def is_allowed(hosts: Sequence[str], names: frozenset[str]) -> bool:
    """Whether a request with these Host headers is for one of the names, at whatever port."""
    return ANY in names or (len(hosts) == 1 and hosts[0] != ANY and _bare(hosts[0]) in names - {""})


def is_same_origin(origins: Sequence[str], hosts: Sequence[str]) -> bool:
    """Whether a websocket comes from a page of the host that it asks.

    Every browser sends an Origin with a websocket; what sends none is no page of another site.
    """
    if not origins:
        return True
    if len(origins) != 1 or len(hosts) != 1:
        return False
    try:
        origin, host = urlsplit(origins[0]), urlsplit(f"//{hosts[0]}")
        default = DEFAULT_PORTS[origin.scheme]
        return bool(origin.hostname) and (origin.hostname, origin.port or default) == (
            host.hostname,
            host.port or default,
        )
    except (KeyError, ValueError):  # `null`, a scheme of an extension, a port that is none
        return False


OPEN_TO_OTHERS = (
    "Waymark would listen at {address}, where other machines reach it, and nobody would have to "
    "sign in. Listen at 127.0.0.1, or choose how people sign in with WAYMARK_SIGN_IN "
    "(docs/deploy.md)."
)


def stays_on_this_machine(address: str) -> bool:
    """Whether a server that listens at an address (without a port) is reached from this machine
    only; `0.0.0.0`, `::` and the empty address are reached from everywhere.
    """
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def is_loopback(address: str) -> bool:
    """Whether an address of the web leads every machine to itself, so that nobody else opens it."""
    try:
        name = urlsplit(address).hostname or ""
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        parsed = ipaddress.ip_address(name)
    except ValueError:
        return False
    return parsed.is_loopback or parsed.is_unspecified


def _bare(host: str) -> str:
    """A Host without its port, in lower case; empty where it is no host.

    The address ::1 stands in brackets, as in an address of the web.
    """
    if host == ANY:
        return ANY
    if host.count(":") > 1 and not host.startswith("["):
        host = f"[{host}]"
    try:
        parts = urlsplit(f"//{host}")
        name, _ = (parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if parts.netloc != host or "@" in host:
        return ""
    return f"[{name}]" if ":" in name else name.removesuffix(".")


def sender_mark(secret: str, address: str) -> str:
    """From where something came, as a hash that says nothing without the secret it came to.

    Args:
        secret: of the page, so that one sender is another one elsewhere.
        address: of the machine; of IPv6 the network counts, which one household has to itself.
    """
    return hmac.new(secret.encode(), network_of(address).encode(), hashlib.sha256).hexdigest()[:32]


def network_of(address: str) -> str:
    """A machine as it counts where senders are counted: of IPv6 the network, which one household
    has to itself; `unknown` for what is no address.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed  # a server of both has such ones
    bits = _IPV6_NETWORK if parsed.version == 6 else parsed.max_prefixlen  # noqa: PLR2004
    return str(ipaddress.ip_network((parsed, bits), strict=False))
