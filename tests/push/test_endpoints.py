"""Where may be posted to: known services over https, and never into a private network."""

import pytest

from courtsync_web.push.addresses import is_public
from courtsync_web.push.pinned import Forbidden, PinnedBackend
from courtsync_web.push.services import BadEndpoint, Services
from courtsync_web.push.subscriptions import is_point
from tests.push.browser import b64, subscription

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1
172.31.255.255 192.168.0.1 100.64.0.1 100.127.255.254 198.18.0.1 198.19.255.255 192.0.0.1
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 192.88.99.1
192.0.2.1 198.51.100.1 203.0.113.1
:: ::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1
::ffff:10.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::10.0.0.1 ::8.8.8.8
::ffff:0:10.0.0.1 ::ffff:0:8.8.8.8
64:ff9b::10.0.0.1 64:ff9b::127.0.0.1 64:ff9b::169.254.169.254 64:ff9b:1::1 64:ff9b:1:ffff::8.8.8.8
2002:a00:1::1 2002:808:808::1 2001::1 2001:0:4136:e378::1 2001:10::1 2001:20::1 2001:2::1
2001:db8::1 3fff::1 100::1 5f00::1
""".split()  # noqa: SIM905  # a table reads better than a list
PUBLIC = (
    *("8.8.8.8", "142.250.74.42", "2607:f8b0:4005:805::200a", "2a00:1450:4001::5f"),
    "64:ff9b::8.8.8.8",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_ones_too(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "10.1", "0x7f000001", "fe80::1%eth0"])
def test_what_is_no_plain_address_is_not_public(text: str) -> None:
    assert not is_public(text)


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_with_one_private_address_is_not_connected_to(address: str) -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        return ["8.8.8.8", address]

    backend = PinnedBackend(frozenset(), resolve)
    with pytest.raises(Forbidden):
        await backend.connect_tcp("fcm.googleapis.com", 443, 1)


async def test_an_address_instead_of_a_name_is_not_connected_to() -> None:
    with pytest.raises(Forbidden):
        await PinnedBackend(frozenset()).connect_tcp("8.8.8.8", 443, 1)


async def test_a_trusted_origin_may_lie_anywhere() -> None:
    backend = PinnedBackend(frozenset({("127.0.0.1", 8090)}))
    assert await backend.checked("127.0.0.1", 8090) == ["127.0.0.1"]
    with pytest.raises(Forbidden):
        await backend.checked("127.0.0.1", 8091)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def-_%3D",
        "https://jmt17.google.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/QAbc",
        "https://am3p.notify.windows.com/w/?token=abc%2b",
        "https://fcm.googleapis.com:443/fcm/send/abc",
        "https://push.example.org/x",
        "https://eu.push.example.org/x",
        "http://127.0.0.1:8090/notify/abc",
    ],
)
def test_known_services_are_posted_to(endpoint: str) -> None:
    services = Services.of("push.example.org, http://127.0.0.1:8090")
    assert endpoint.startswith(services.check(endpoint).replace(":443", ""))


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://evil.example/x",
        "https://evilfcm.googleapis.com.evil.example/x",
        "https://notfcm.googleapis.com/x",
        "https://evilpush.apple.com/x",
        "https://fcm.googleapis.com./x",
        "https://user@fcm.googleapis.com/x",
        "https://user:word@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://fcm.googleapis.com\\@evil.example/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://localhost/x",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com/ü",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/\r\nX: y",
        "https://fcm.googleapis.com:99999/x",
        "ftp://fcm.googleapis.com/x",
        "//fcm.googleapis.com/x",
        "fcm.googleapis.com/x",
        "https://fcm.googleapis.com/" + "x" * 1100,
        "http://127.0.0.1:8091/x",
        "https://127.0.0.1:8090/x",
        "https://push.example.org:8090/x",
    ],
)
def test_everything_else_is_not(endpoint: str) -> None:
    services = Services.of("push.example.org,http://127.0.0.1:8090")
    with pytest.raises(BadEndpoint):
        services.check(endpoint)


@pytest.mark.parametrize(
    "setting", ["example", "10.0.0.1", "http://", "push..example.org", "a b.org"]
)
def test_a_setting_that_is_no_host_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="COURTSYNC_PUSH_HOSTS"):
        Services.of(setting)


def test_keys_are_points_on_the_curve() -> None:
    good = subscription()["keys"]["p256dh"]
    assert is_point(good)
    assert is_point(good + "=")
    off = b64(b"\x04" + b"\x01" * 64)
    compressed = b64(b"\x02" + b"\x01" * 32)
    for bad in ("", "?", off, compressed, good[:-4], good + "AAAA"):
        assert not is_point(bad)
