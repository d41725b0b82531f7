"""Pages for what goes wrong: a clear sentence in the person's language, and a way on."""

import logging
from typing import NamedTuple

from flask import Flask, current_app, render_template, request
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

logger = logging.getLogger(__name__)


class Words(NamedTuple):
    title: object
    text: object


PAGES = {
    400: Words(_l("Det gick inte att läsa det som skickades"), _l("Gå tillbaka och försök igen.")),
    401: Words(_l("Du är utloggad"), _l("Logga in i en annan flik. Gå sedan tillbaka hit: det du skrev finns kvar. Tryck en gång till.")),
    403: Words(_l("Du kan inte öppna den här sidan"), _l("Den är för andra, eller så skickades den från en annan webbplats.")),
    404: Words(_l("Sidan finns inte"), _l("Adressen kan vara felskriven, eller så har sidan flyttats.")),
    405: Words(_l("Så går det inte att öppna sidan"), _l("Börja om från början.")),
    413: Words(_l("Det du skickade är för stort"), _l("Gå tillbaka och korta texten. Den får ha högst 1 000 tecken.")),
    429: Words(_l("Många försök härifrån nyss"), _l("Vänta en stund och försök igen, eller ring Servicecenter.")),
    500: Words(_l("Något gick fel hos oss"), _l("Gå tillbaka. Det du skrev finns kvar där. Försök igen om en stund.")),
    503: Words(_l("Vi är strax tillbaka"), _l("Gå tillbaka. Det du skrev finns kvar där. Försök igen om en stund.")),
}  # fmt: skip


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(Exception, show_unexpected)


def show(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]]:
    code = error.code or 500
    words = PAGES.get(code) or PAGES[400 if code < 500 else 500]
    headers = [(k, v) for k, v in error.get_headers() if k in {"Allow", "Retry-After", "Location"}]
    return render_template("errors/error.html", words=words, code=code), code, headers


def show_unexpected(error: Exception) -> tuple[str, int, list[tuple[str, str]]]:
    """Nothing a person typed may reach the log: it gets the kind of error and the place in our code, no values."""
    if current_app.testing:
        raise error
    place = _place_of(error)
    logger.error("%s at %s in %s %s", type(error).__name__, place, request.method, request.endpoint)
    return show(ServiceUnavailable() if isinstance(error, OperationalError) else InternalServerError())


def _place_of(error: Exception) -> str:
    trace = error.__traceback__
    place = "?"
    while trace:
        code = trace.tb_frame.f_code
        if "/feedback/" in code.co_filename:
            place = f"{code.co_filename.rpartition('/feedback/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
