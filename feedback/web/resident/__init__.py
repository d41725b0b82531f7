"""What a resident on a phone sees: the form, the receipt, and where the report is on the road."""

from flask import Blueprint

blueprint = Blueprint("resident", __name__)

from feedback.web.resident import pages, receipt, views  # noqa: E402, F401
