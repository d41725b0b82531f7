"""The factory, as a table of contents."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map
from whitenoise import WhiteNoise

from feedback import config, paths
from feedback.web import (
    access,
    admin,
    council,
    db,
    errors,
    headers,
    locale,
    public,
    public_words,
    resident,
    words,
)


class RowId(IntegerConverter):
    """The number of a row; what no database can count to is no such page."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    overrides = overrides or {}
    app = Flask(
        "feedback",
        template_folder=str(paths.TEMPLATES),
        static_folder=None,
        instance_path=overrides.get("INSTANCE") or os.environ.get("FEEDBACK_INSTANCE"),
        instance_relative_config=True,
    )
    settings = config.load(Path(app.instance_path), overrides)
    app.extensions["feedback"] = settings
    app.config.update(
        MAX_CONTENT_LENGTH=settings.MAX_CONTENT_LENGTH,
        MAX_FORM_MEMORY_SIZE=settings.MAX_CONTENT_LENGTH,
        TESTING=bool(overrides.get("TESTING")),
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIN_SIZE=400,
    )

    Compress(app)  # first of all, so that it works last: after the commit
    locale.init_app(app)
    words.init_app(app)
    public_words.init_app(app)
    headers.init_app(app, https=settings.PUBLIC_URL.startswith("https:"))
    db.init_app(app, settings.DATABASE_URL)
    access.init_app(app)
    errors.init_app(app)

    app.url_map.converters["id"] = RowId
    app.url_map.strict_slashes = False
    for audience in (resident, public, council, admin):
        app.register_blueprint(audience.blueprint)
    access.check_every_view(app)

    app.jinja_env.globals.update(home=settings.PUBLIC_URL, exit_url=settings.EXIT_URL)
    _serve_static_files(app)
    app.wsgi_app = locale.LanguagePrefix(app.wsgi_app, app.extensions["languages"])  # type: ignore[method-assign]
    if proxies := settings.TRUSTED_PROXIES:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    return app


def _serve_static_files(app: Flask) -> None:
    """Under an address that changes when any file does, so that browsers may keep them for a year."""
    files = sorted(path for path in paths.STATIC.rglob("*") if path.suffix in {".css", ".js", ".svg", ".png"})
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:10]
    prefix = f"/static/{digest}"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(paths.STATIC),
        prefix=prefix.lstrip("/"),
        immutable_file_test=lambda _path, _url: True,
        allow_all_origins=False,
    )
    app.jinja_env.globals["static"] = lambda name: f"{prefix}/{name}"
    # Inside the page: one request less on a slow line.
    app.jinja_env.globals["icon"] = f"data:image/svg+xml,{quote((paths.STATIC / 'icon.svg').read_text())}"
