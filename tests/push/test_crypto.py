"""The RFCs' own examples: our opening is right, and so is what seals."""

from pathlib import Path

import http_ece
import jwt
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from courtsync_web.push.sealing import sealed, topic_of
from courtsync_web.push.vapid import KEY_FILE, Vapid, kept_key, subject_of
from courtsync_web.settings import Settings
from tests.push.browser import Browser, b64, opened, point_of, unb64

# RFC 8291, appendix A
AUTH = unb64("BTBZMqHH6r4Tts7J_aSIgg")
RECEIVER = unb64("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")
SENDER = unb64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
SALT = unb64("DGv6ra1nlYgDCS1FRnbzlw")
PLAIN = b"When I grow up, I want to be a watermelon"
BODY = unb64(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def key(raw: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())


def test_the_example_of_the_rfc_opens() -> None:
    assert opened(key(RECEIVER), AUTH, BODY) == PLAIN


def test_the_example_of_the_rfc_is_sealed_the_same() -> None:
    receiver = key(RECEIVER).public_key()
    body = http_ece.encrypt(
        PLAIN,
        salt=SALT,
        private_key=key(SENDER),
        dh=point_of(receiver),
        auth_secret=AUTH,
        version="aes128gcm",
    )
    assert b64(body) == b64(BODY)


def test_what_we_seal_a_browser_opens_and_nobody_else() -> None:
    browser = Browser()
    keys = browser.subscription()["keys"]
    body = sealed(keys["p256dh"], keys["auth"], {"title": "Set 1"})
    assert browser.open(body) == {"title": "Set 1"}
    with pytest.raises(InvalidTag):
        Browser().open(body)


def test_topics_are_short_and_tell_nothing() -> None:
    assert topic_of("lakeside.-101") == topic_of("lakeside.-101") != topic_of("lakeside.-102")
    assert len(topic_of("x" * 500)) <= 32
    assert "lakeside" not in topic_of("lakeside.-101")


def test_a_signature_names_the_service_and_is_used_again() -> None:
    vapid = Vapid(ec.generate_private_key(ec.SECP256R1()), "mailto:desk@example.org")
    header = vapid.authorization("https://push.example.org")
    assert vapid.authorization("https://push.example.org") == header
    other = vapid.authorization("https://other.example.org")
    for one, audience in (
        (header, "https://push.example.org"),
        (other, "https://other.example.org"),
    ):
        claims = jwt.decode(
            one.split("t=")[1].split(",")[0], vapid.key.public_key(), ["ES256"], audience=audience
        )
        assert claims["sub"] == "mailto:desk@example.org"


def test_the_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    path = tmp_path / "new" / KEY_FILE
    first = kept_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Vapid(first, None).public_key == Vapid(kept_key(path), None).public_key
    assert [one.name for one in path.parent.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize(
    ("subject", "good"),
    [
        ("mailto:desk@example.org", True),
        ("https://scores.example.org", True),
        ("https://scores.example.org/contact", True),
        ("mailto:x@localhost", False),
        ("mailto:x@pc.local", False),
        ("https://localhost:8000", False),
        ("https://127.0.0.1", False),
        ("http://scores.example.org", False),
        ("desk@example.org", False),
        ("mailto:a@b@example.org", False),
    ],
)
def test_a_subject_is_one_that_services_take(settings: Settings, subject: str, good: bool) -> None:
    asked = settings.model_copy(update={"vapid_subject": subject})
    if good:
        assert subject_of(asked) == subject
        return
    with pytest.raises(ValueError, match="COURTSYNC_VAPID_SUBJECT"):
        subject_of(asked)


def test_without_one_the_public_address_says_who_we_are(settings: Settings) -> None:
    assert subject_of(settings) is None
    public = settings.model_copy(update={"public_url": "https://scores.example.org"})
    assert subject_of(public) == "https://scores.example.org"
    by_mail = settings.model_copy(update={"mail_from": "desk@example.org"})
    assert subject_of(by_mail) == "mailto:desk@example.org"
