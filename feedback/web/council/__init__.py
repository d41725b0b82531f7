"""What the council's people work in: the queue, the candidates, the reports, the promises."""

from flask import Blueprint

blueprint = Blueprint("council", __name__, url_prefix="/granska")

from feedback.web.council import candidates, promises, queue, reports  # noqa: E402, F401
