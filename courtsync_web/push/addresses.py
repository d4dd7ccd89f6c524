"""Which network addresses may be posted to: public ones, and nothing that hides a private one.

Python's own ``is_global`` is asked first and last of the address as it is routed in the end:
several kinds of IPv6 address carry an IPv4 address inside.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

REFUSED = tuple(
    IPv6Network(text)
    for text in (
        "64:ff9b:1::/48",  # local-use translation: leads wherever the network's operator says
        "2001::/23",  # Teredo, ORCHID, benchmarking and other protocol assignments
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local, once
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
    )
)
RELAYS = IPv4Network("192.88.99.0/24")
"""6to4 relays, given up."""
TRANSLATED = IPv6Network("64:ff9b::/96")
EMBEDDING = (
    IPv6Network("::/96"),  # IPv4-compatible
    IPv6Network("::ffff:0:0/96"),  # IPv4-mapped
    IPv6Network("::ffff:0:0:0/96"),  # SIIT
)


def is_public(text: str) -> bool:
    """Whether an address (without a zone) is one of the public internet's."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address in TRANSLATED:
            return is_plain(IPv4Address(int(address) & 0xFFFFFFFF))
        if any(address in network for network in (*EMBEDDING, *REFUSED)):
            return False
    return is_plain(address)


def is_plain(address: Address) -> bool:
    """Global and addressed to one machine."""
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address in RELAYS
    )
