"""What the form leans on: the list of places for the phone, and the help page."""

from flask import Response, jsonify, render_template

from feedback.domain.screening import all_help_lines
from feedback.web.access import open_to_all
from feedback.web.atlas import atlas
from feedback.web.resident import blueprint


@blueprint.get("/hjalp")
@open_to_all
def help_page() -> str:
    return render_template("resident/help.html", help_lines=all_help_lines())


@blueprint.get("/platser.json")
@open_to_all
def places() -> Response:
    """Every place: name as it is typed in the form, and position in degrees where it is known.

    The phone asks for it when the place field is touched, and finds the nearest place by itself: nobody else
    learns where it is.
    """
    names = atlas().municipalities
    listed = [
        [f"{place.name}, {names[place.municipality]}", *(place.position or ())] for place in atlas().places
    ]
    response = jsonify(listed)
    response.cache_control.public, response.cache_control.max_age = True, 60
    return response
