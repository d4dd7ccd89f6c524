"""Who is counted: a person, an address, a session, an account somebody tries to enter."""

import hashlib
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from litestar.types import Scope


def address_of(scope: Scope) -> str:
    """The caller's address as it is counted.

    It is the socket's, or what a trusted proxy wrote: uvicorn puts it into the scope, for the
    proxies in ``COURTSYNC_TRUSTED_PROXIES`` only. Callers on a Unix socket are one.
    """
    client = scope.get("client")
    return counted(client[0]) if client else "unknown"


@lru_cache(maxsize=4096)
def counted(host: str) -> str:
    """IPv4 as it is; of IPv6 the /64, which is one home or one phone, however it numbers itself."""
    try:
        address: IPv4Address | IPv6Address = ip_address(host.partition("%")[0])
    except ValueError:
        return host[:64]
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False))
    return str(address)


def account_of(email: str) -> str:
    """An account as it is counted, whether it exists or not: no e-mail address is kept."""
    return hashlib.blake2b(email.strip().lower().encode(), digest_size=16).hexdigest()
