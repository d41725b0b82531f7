"""Every setting on one page: defaults < instance/config.py < environment (``FEEDBACK_<NAME>``) < create_app()."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any


class SettingError(Exception):
    """A setting has a value that cannot be used. The message names the setting and where it came from."""


@dataclass(frozen=True)
class Settings:
    """What can be set. Types matter: a value from the environment is read as the type of its default."""

    # Where data lives. sqlite:///… or postgresql://…; empty means feedback.db in the instance folder.
    DATABASE_URL: str = ""
    # Signs form stamps and hashes receipt codes. Empty means a file in the instance folder, made at first start.
    # Whoever loses it makes every receipt code unreadable: back it up with the database.
    SECRET_KEY: str = field(default="", repr=False)
    # The address printed on posters and in links, for example https://trygghet.karlskoga.se
    # Empty means the address it listens on.
    PUBLIC_URL: str = ""
    HOST: str = "127.0.0.1"
    PORT: int = 8000
    WORKERS: int = 2
    # More threads wait for the one writer of SQLite rather than work.
    THREADS: int = 2
    # How many proxies in front of us set X-Forwarded-For and X-Forwarded-Proto. 0: nobody is believed.
    TRUSTED_PROXIES: int = 0
    # Staff cookies over https only. Browsers treat 127.0.0.1 as safe, so this holds at home too.
    SECURE_COOKIES: bool = True
    # How long a staff login lasts, in hours.
    LOGIN_HOURS: int = 10
    # Largest form that is read, in bytes. A full report is about 4,000; ten thousand pasted emoji are 120,000.
    MAX_CONTENT_LENGTH: int = 256 * 1024
    # A form sent faster than this after it was opened, in seconds, is taken for a robot.
    MIN_SECONDS: int = 2
    # Reports from one network address in ten minutes. A school class sends thirty; a script sends hundreds.
    REPORTS_IN_TEN_MINUTES: int = 60
    # Where "Lämna sidan" leads: a page that nobody wonders at.
    EXIT_URL: str = "https://www.smhi.se/"
    # Wrong receipt codes per hour from one address; wrong passwords per 15 minutes for one account from one address.
    CODE_GUESSES: int = 20
    LOGIN_GUESSES: int = 10
    # How often the timer looks for new reports, in seconds: 1 to 25.
    REFRESH_SECONDS: int = 20
    # Voices and weeks before a group becomes a candidate (domain/priority.py explains the score).
    MIN_VOICES: int = 3


def load(instance: Path, overrides: Mapping[str, Any] | None = None) -> Settings:
    """Collect the settings for one instance folder.

    Raises SettingError for an unknown name in instance/config.py or a value of the wrong kind.
    """
    known = {f.name: f.default for f in fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in _from_file(instance / "config.py").items():
        if name not in known:
            raise SettingError(f"instance/config.py: there is no setting called {name}")
        values[name] = value
    for name, default in known.items():
        if f"FEEDBACK_{name}" in os.environ:
            values[name] = _read(name, os.environ[f"FEEDBACK_{name}"], default)
    if "PORT" in os.environ:
        values["PORT"] = _read("PORT", os.environ["PORT"], known["PORT"])
    values.update({k: v for k, v in (overrides or {}).items() if k in known})
    values["DATABASE_URL"] = values.get("DATABASE_URL") or f"sqlite:///{instance / 'feedback.db'}"
    values["SECRET_KEY"] = values.get("SECRET_KEY") or _kept_secret(instance)
    settings = Settings(**values)
    if not 1 <= settings.REFRESH_SECONDS <= 25:
        raise SettingError("REFRESH_SECONDS: write a number from 1 to 25")
    home = settings.PUBLIC_URL.rstrip("/") or f"http://{settings.HOST}:{settings.PORT}"
    return replace(settings, PUBLIC_URL=home)


def _from_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    found: dict[str, Any] = {}
    exec(compile(path.read_text("utf-8"), str(path), "exec"), found)  # noqa: S102 - the operator's own file
    return {name: value for name, value in found.items() if name.isupper()}


def _read(name: str, text: str, default: Any) -> Any:
    if isinstance(default, bool):
        if text.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise SettingError(f"{name}: write yes or no, not {text!r}")
        return text.lower() in {"1", "true", "yes"}
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            raise SettingError(f"{name}: write a whole number, not {text!r}") from None
    return text


def _kept_secret(instance: Path) -> str:
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        draft = instance / f"secret_key.{os.getpid()}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        # Linked when it is whole, so that nobody reads half of it; whoever was first wins.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    secret = path.read_text("ascii").strip()
    if not secret:
        raise SettingError(f"{path} is empty: put the lost key back, or remove the file to make a new one")
    return secret
