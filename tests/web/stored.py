"""What has reached the database."""

from flask import Flask
from sqlalchemy import func, select

from feedback.store.report import Report
from feedback.web.db import session


def stored(app: Flask) -> list[Report]:
    with app.app_context():
        found = list(session.scalars(select(Report).order_by(Report.id)))
        session.expunge_all()
        return found


def how_many(app: Flask) -> int:
    with app.app_context():
        return session.scalar(select(func.count()).select_from(Report)) or 0
