"""Logging in and out, invitations, and the people of the council."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__)

from feedback.web.admin import views  # noqa: E402, F401
