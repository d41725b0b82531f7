"""Public pages. Nothing a resident wrote is ever shown here, and small counts are not told."""

from flask import abort, render_template, request

from feedback.domain.accessibility import statement
from feedback.domain.owners import giver_names, spoken
from feedback.store import candidate as candidates
from feedback.store import promise as promises
from feedback.store.place import municipality_names
from feedback.web.access import open_to_all
from feedback.web.db import session
from feedback.web.public import blueprint


@blueprint.get("/loften", endpoint="promises")
@open_to_all
def promises_page() -> str:
    chosen = request.args.get("kommun")
    known = municipality_names(session)
    chosen = chosen if chosen in known else None
    return render_template(
        "public/promises.html",
        promises=promises.published(session, chosen),
        not_promised=candidates.answered_no(session, chosen),
        municipalities=known,
        chosen=chosen,
    )


@blueprint.get("/loften/<slug>")
@open_to_all
def promise(slug: str) -> str:
    found = promises.by_slug(session, slug)
    if found is None or found.state in promises.HIDDEN:
        abort(404)
    return render_template(
        "public/promise.html",
        promise=found,
        givers=spoken(giver_names(found.municipality, found.givers)),
        municipalities=municipality_names(session),
    )


@blueprint.get("/integritet")
@open_to_all
def privacy() -> str:
    return render_template("public/privacy.html")


@blueprint.get("/tillganglighet")
@open_to_all
def accessibility() -> str:
    return render_template("public/accessibility.html", statement=statement())
