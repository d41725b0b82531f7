"""Swedish words for what is stored in English: steps of the three lives, and givers."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from feedback.actions.errors import Refusal

STEPS = {
    "received": _l("mottagen"),
    "masked": _l("maskerad"),
    "screened": _l("mottagen och maskerad"),
    "classified": _l("fick ett tema"),
    "grouped": _l("samlad med liknande"),
    "handled": _l("skickad vidare"),
    "restricted": _l("känslig, läses av samordnaren"),
    "misuse": _l("skräp"),
    "disposed": _l("gallrad"),
    "read": _l("läst"),
    "drafted": _l("utkast skrivet"),
    "edited": _l("ändrade texten"),
    "prepared": _l("klart för beslut"),
    "deferred": _l("vilar"),
    "merged": _l("hopslaget"),
    "referred": _l("skickat vidare"),
    "rejected": _l("avslaget"),
    "approved": _l("godkänt"),
    "published": _l("publicerat"),
    "paused": _l("pausat"),
    "unpublished": _l("avpublicerat"),
    "kept": _l("uppfyllt"),
    "partly_kept": _l("delvis uppfyllt"),
    "not_kept": _l("inte uppfyllt"),
    "yes:municipality": _l("kommunen sa ja"),
    "yes:police": _l("polisen sa ja"),
    "yes:housing": _l("bostadsbolaget sa ja"),
    "yes:energy": _l("energibolaget sa ja"),
}
GIVERS = {
    "municipality": _l("kommunen"),
    "police": _l("polisen"),
    "housing": _l("bostadsbolaget"),
    "energy": _l("energibolaget"),
}
REFUSALS = {
    Refusal.STEP: _l("Det går inte nu. Ett förslag måste vara förberett innan det kan beslutas."),
    Refusal.OTHER_MUNICIPALITY: _l("Förslaget gäller en annan kommun än din."),
    Refusal.NOT_A_GIVER: _l("Din organisation står inte som löftesgivare i det här förslaget."),
    Refusal.SAID_YES: _l("Din organisation har redan sagt ja."),
    Refusal.NOTHING_CHANGED: _l("Ingen har ändrat texten. Välj Godkänn, eller ändra texten först."),
    Refusal.MERGE_ACROSS: _l("Det går bara att slå ihop förslag i samma kommun."),
    Refusal.EMAIL_TAKEN: _l("Den e-postadressen har redan ett konto. Logga in i stället."),
}


def init_app(app: Flask) -> None:
    app.jinja_env.filters["step_word"] = lambda step: STEPS.get(step, step)
    app.jinja_env.filters["giver_word"] = lambda giver: GIVERS.get(giver, giver)
