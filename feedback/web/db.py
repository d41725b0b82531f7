"""The line that joins our tables to Flask, and the one owner of the transaction."""

from typing import cast

from flask import Flask, Response, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from feedback.store import tables  # noqa: F401 - every table is known before the first query
from feedback.store.base import Base
from feedback.store.database import engine_options, prepare, reading

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
# The request's own session; what Flask-SQLAlchemy hands out behaves as one, but is not declared so.
session = cast(Session, db.session)


def init_app(app: Flask, url: str) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    app.before_request(_get_only_reads)
    app.after_request(_commit_what_succeeded)
    app.teardown_request(_reading_is_over)


def _get_only_reads() -> None:
    reading.set(request.method in {"GET", "HEAD", "OPTIONS"})


def _reading_is_over(_error: BaseException | None) -> None:
    reading.set(False)


def _commit_what_succeeded(response: Response) -> Response:
    """Everything a request did is stored before its answer is sent, or nothing is."""
    if response.status_code < 400:
        session.commit()
    else:
        session.rollback()
    return response
