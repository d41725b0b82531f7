"""Swedish words for what is stored in English: steps of the three lives, givers, flags and channels."""

from babel import Locale
from flask import Flask
from flask_babel import lazy_gettext as _l

from feedback.actions.errors import Refusal
from feedback.domain.masking.reading import PLACEHOLDERS

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
    "corrected": _l("rättat tema"),
    "uncorrected": _l("rättelsen ångrad"),
    "added": _l("den som berättade lade till mer"),
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
    Refusal.DATE: _l("Datumet ligger före löftet eller efter i dag."),
    Refusal.EMAIL_TAKEN: _l("Den e-postadressen har redan ett konto. Logga in i stället."),
}
FOLLOW_UP_REFUSALS = {Refusal.STEP: _l("Löftet har redan ett slutresultat.")}
REPORT_REFUSALS = {
    Refusal.STEP: _l("Rapporten är redan skickad vidare eller borttagen."),
    Refusal.NOTHING_CHANGED: _l("Temat är redan det du valde."),
    Refusal.OTHER_MUNICIPALITY: _l("Rapporten gäller en annan kommun än din."),
}
FLAGS = {
    "emergency": _l("händer nu"),
    "child_in_danger": _l("barn i fara"),
    "violence_at_home": _l("våld hemma"),
    "self_harm": _l("självskada"),
    "hate": _l("hat"),
    "threat": _l("hot"),
    "accusation": _l("pekar ut någon"),
    "spam": _l("reklam"),
    "garbage": _l("skräp"),
}
KINDS = {kind: placeholder.strip("[]") for kind, placeholder in PLACEHOLDERS.items()}
CHANNELS = {
    "web": _l("webben"),
    "phone": _l("telefon"),
    "postcard": _l("vykort"),
    "dialogue": _l("medborgardialog"),
    "walk": _l("trygghetsvandring"),
}

FIELDS = {
    "title": _l("rubrik"),
    "situation": _l("situationen idag"),
    "doing": _l("det här ska vi göra"),
    "outcome": _l("det här ska vi åstadkomma"),
    "measure": _l("vad vi mäter"),
    "target": _l("mål"),
    "unit": _l("enhet"),
    "givers": _l("löftesgivare"),
    "owner": _l("ansvarig"),
    "external": _l("annan som måste besluta"),
    "starts_on": _l("från"),
    "due_on": _l("klart senast"),
    "follow_up_on": _l("följs upp"),
    "cause": _l("trolig orsak"),
}


def note_words(note: str) -> str:
    """The note of an event: our own slugs in words, what a person wrote as it is."""
    return ", ".join(str(FIELDS.get(part) or FLAGS.get(part) or kind_word(part)) for part in note.split(", "))


def kind_word(kind: str) -> str:
    """What was masked, as it stands in the text: namn, telefon."""
    return (PLACEHOLDERS.get(kind) or kind).strip("[]")


def init_app(app: Flask) -> None:
    app.jinja_env.filters["note_words"] = note_words
    app.jinja_env.filters["step_word"] = lambda step: STEPS.get(step, step)
    app.jinja_env.filters["giver_word"] = lambda giver: GIVERS.get(giver, giver)
    app.jinja_env.filters["flag_word"] = lambda flag: FLAGS.get(flag, flag)
    app.jinja_env.filters["kind_word"] = kind_word
    app.jinja_env.filters["language_word"] = lambda code: Locale("sv").languages.get(code, code)
    app.jinja_env.filters["channel_word"] = lambda channel: CHANNELS.get(channel, channel)
