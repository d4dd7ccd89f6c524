"""Push services that may be posted to, and what an endpoint must look like."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from courtsync_web.push.models import ENDPOINT

KNOWN = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""Chrome and its relatives, Firefox, Safari, Edge: each with all hosts below."""
HTTPS_PORT = 443
LONGEST_NAME, LONGEST_LABEL = 253, 63
"""Bytes that the DNS carries."""


class BadEndpoint(ValueError):
    """Why an endpoint is not posted to, in human words."""


@dataclass(frozen=True, slots=True)
class Services:
    """Hosts by name (and all below them), and exact origins that may be plain and private."""

    hosts: tuple[str, ...] = KNOWN
    origins: frozenset[str] = frozenset()

    @classmethod
    def of(cls, setting: str) -> "Services":
        """From ``COURTSYNC_PUSH_HOSTS``. Raises ``ValueError`` for what is neither."""
        hosts, origins = list(KNOWN), set()
        for entry in filter(None, (part.strip() for part in setting.split(","))):
            if is_host(entry):
                hosts.append(entry.lower())
                continue
            try:
                origins.add(origin_of(split(entry.rstrip("/"))))
            except BadEndpoint:
                raise ValueError(
                    f"COURTSYNC_PUSH_HOSTS: {entry} is neither a host nor an origin."
                ) from None
        return cls(tuple(hosts), frozenset(origins))

    def check(self, endpoint: str) -> str:
        """The endpoint's origin. Raises :class:`BadEndpoint`."""
        if not (0 < len(endpoint) <= ENDPOINT and endpoint.isascii() and endpoint.isprintable()):
            raise BadEndpoint("is not an address of a push service")
        parts = split(endpoint)
        if parts.username is not None or parts.password is not None or parts.fragment:
            raise BadEndpoint("has parts that no push service uses")
        origin = origin_of(parts)
        if origin in self.origins:
            return origin
        if parts.scheme != "https" or (parts.port or HTTPS_PORT) != HTTPS_PORT:
            raise BadEndpoint("must be https on port 443")
        if not (is_host(parts.hostname or "") and self.knows(parts.hostname or "")):
            raise BadEndpoint("is not of a push service that this server posts to")
        return origin

    def knows(self, host: str) -> bool:
        """Whether a name is a known service's or lies below it."""
        return any(host == known or host.endswith(f".{known}") for known in self.hosts)

    def is_trusted(self, origin: str) -> bool:
        """Named as an exact origin: wherever its name leads is right."""
        return origin in self.origins


def split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # may be nonsense
    except ValueError:
        raise BadEndpoint("is not an address") from None
    if (
        parts.scheme not in ("https", "http")
        or not parts.hostname
        or set(text) & set(' \\"<>^`{|}')
    ):
        raise BadEndpoint("is not an address")
    return parts


def origin_of(parts: SplitResult) -> str:
    """Scheme, host and port, without the port that goes without saying."""
    usual = {"https": 443, "http": 80}[parts.scheme]
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def is_host(text: str) -> bool:
    """A name of at least two labels, and no address."""
    labels = list(labels_of(text))
    try:
        ip_address(text)
    except ValueError:
        return len(labels) > 1 and all(labels) and len(text) <= LONGEST_NAME
    return False


def labels_of(text: str) -> Iterator[bool]:
    """Of each label, whether it is well formed."""
    for label in text.split("."):
        plain = label.replace("-", "a")
        short = 0 < len(label) <= LONGEST_LABEL
        yield short and plain.isascii() and plain.isalnum() and "-" not in (label[0], label[-1])
