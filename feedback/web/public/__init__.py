"""What everybody may read: the promises, how they go, and what will not be done."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from feedback.web.public import views  # noqa: E402, F401
