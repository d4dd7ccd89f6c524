"""The files in ``deploy/`` are valid, and speak of what is there. The proxies' files run in the
cluster tests; here nginx' is read as it stands, with TLS."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from courtsync_web.settings import Settings
from courtsync_web.web.places import TEMPLATES
from tests.servers.ports import free_port

ROOT = TEMPLATES.parent
DEPLOY = ROOT / "deploy"
NAMES = re.compile(r"COURTSYNC_[A-Z_]+")
ELSEWHERE = {"COURTSYNC_HOST"}
"""Names that the compose file gives to Caddy."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text())
    return read


def test_compose_has_every_service_that_is_named_in_it(compose: dict[str, Any]) -> None:
    services = compose["services"]
    named = {one for service in services.values() for one in service.get("depends_on", ())}
    assert named <= services.keys()
    volumes = {one.partition(":")[0] for service in services.values() for one in
               service.get("volumes", ())}  # fmt: skip
    assert {one for one in volumes if not one.startswith(".")} == compose["volumes"].keys()
    assert all((DEPLOY / one).exists() for one in volumes if one.startswith("."))
    build = services["courtsync"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()


def test_what_compose_must_be_told_stands_in_the_example() -> None:
    wanted = set(re.findall(r"\$\{(\w+):\?\}", (DEPLOY / "compose.yml").read_text()))
    example = (DEPLOY / "example.env").read_text()
    assert wanted == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


@pytest.mark.parametrize(
    "name", ["compose.yml", "example.env", "systemd/courtsync.service", "Dockerfile"]
)
def test_settings_have_names_that_the_program_knows(name: str) -> None:
    known = {f"COURTSYNC_{field.upper()}" for field in Settings.model_fields}
    assert set(NAMES.findall((DEPLOY / name).read_text())) - ELSEWHERE <= known | {"COURTSYNC_"}


def test_caddy_hands_on_to_the_service(compose: dict[str, Any]) -> None:
    text = (DEPLOY / "caddy" / "Caddyfile").read_text()
    [service] = re.findall(r"^\tto (\w+):8000$", text, re.MULTILINE)
    assert service in compose["services"]
    assert text.count("{") == text.count("}")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    text = (DEPLOY / "systemd" / "courtsync.service").read_text()
    unit = tmp_path / "courtsync.service"
    unit.write_text(text.replace("/opt/courtsync/bin/courtsync", "/bin/true"))
    said = run("systemd-analyze", "verify", str(unit))
    assert said == (0, "")


def test_nginx_takes_the_file_as_it_stands(tmp_path: Path) -> None:
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if program is None:
        pytest.skip("there is no nginx here")
    certificate(tmp_path)
    site = (DEPLOY / "nginx" / "courtsync.conf").read_text()
    site = site.replace("/etc/ssl/scores.example.org", str(tmp_path))
    site = re.sub(r"listen (\[::\]:)?443", lambda _: f"listen 127.0.0.1:{free_port()}", site)
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid;\nerror_log stderr warn;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{site}}}\n"
    )
    code, said = run(program, "-t", "-p", str(tmp_path), "-e", "stderr", "-c", str(whole))
    assert code == 0, said
    assert "[warn]" not in said


def run(*command: str) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def certificate(folder: Path) -> None:
    """For an hour, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "scores.example.org")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(hours=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "fullchain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "privkey.pem").write_bytes(private)
