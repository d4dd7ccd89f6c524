"""What can be set, by environment (``COURTSYNC_…``) or an ``.env`` file.

docs/settings.md explains each; a test holds the two together.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All settings of one process."""

    model_config = SettingsConfigDict(
        env_prefix="COURTSYNC_", env_file=".env", extra="ignore", frozen=True
    )

    data_dir: Path = Field(
        default=Path("data"), description="Where the database, keys and built assets live."
    )
    database_url: str = Field(
        default="",
        description="sqlite:///path or postgresql://…; empty: a SQLite file in the data directory.",
    )
    database_read_url: str = Field(
        default="", description="A read replica of the PostgreSQL database; empty: none."
    )
    redis_url: str = Field(
        default="", description="Redis for several processes; empty: one process, in memory."
    )
    public_url: str = Field(
        default="", description="Address people type, e.g. https://scores.example.org."
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="Signs sign-ins (new,old); empty: made at first start in the data directory.",
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="smtp://user:password@host:587 or smtps://…; empty: no e-mail is sent.",
    )
    mail_from: str = Field(default="", description="Sender of e-mail, e.g. scores@example.org.")
    vapid_subject: str = Field(
        default="", description="mailto: or https: contact that push services see."
    )
    push_hosts: str = Field(
        default="", description="Comma-separated extra push services that may be posted to."
    )
    aes_base_url: str = Field(
        default="https://results.advancedeventsystems.com",
        description="Where AES schedules are read from.",
    )
    sync_mode: Literal["local", "hybrid", "backend"] = Field(
        default="backend", description="Which storage phones use: local, hybrid or backend."
    )
    service_worker: Literal["on", "off"] = Field(
        default="on",
        description="off: phones drop the service worker and its caches, never unsent points.",
    )
    limits: Literal["on", "off"] = Field(
        default="on", description="Whether requests are limited; off only for load tests."
    )
    log_format: Literal["auto", "text", "json"] = Field(
        default="auto", description="How the log is written; auto: text on a terminal, else JSON."
    )
    log_level: Literal["warning", "info"] = Field(
        default="warning", description="info: the log also has one line for each request."
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""),
        description="Who may read /metrics; empty: only this machine, and not through a proxy.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Comma-separated addresses of proxies whose X-Forwarded-For is believed.",
    )

    @property
    def effective_database_url(self) -> str:
        """The database to use: the one set, or the embedded one."""
        return self.database_url or f"sqlite:///{self.data_dir / 'courtsync.db'}"
