"""Words that residents read in their own language: the coded answers, results and reasons."""

from flask import Flask
from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _l

from feedback.domain.measuring import FEWEST_SHOWN
from feedback.domain.themes import SAFE_HERE

SAFETY = {
    "very_safe": _l("Mycket trygg"),
    "safe": _l("Ganska trygg"),
    "unsafe": _l("Ganska otrygg"),
    "very_unsafe": _l("Mycket otrygg"),
    "not_here": _l("Är inte här då"),
}
FEELS_SAFE = {SAFE_HERE: _l("Jag känner mig trygg här")}
TIMES = {
    "day": _l("Morgon och dag"),
    "early_evening": _l("Klockan 17–20"),
    "evening": _l("Klockan 20–23"),
    "night": _l("Natt"),
    "weekdays": _l("Vardagar"),
    "weekends": _l("Helger"),
    "always": _l("Alltid"),
    "unknown": _l("Vet inte"),
}
OFTEN = {
    "once": _l("En gång"),
    "sometimes": _l("Några gånger"),
    "weekly": _l("Varje vecka"),
    "daily": _l("Nästan varje dag"),
    "unknown": _l("Vet inte"),
}
AGES = {
    "under_18": _l("Under 18 år"),
    "18_64": _l("18–64 år"),
    "65": _l("65 år eller äldre"),
}
RELATIONS = {
    "lives": _l("Jag bor här"),
    "works": _l("Jag arbetar eller går i skola här"),
    "visits": _l("Jag är på besök"),
}
ANSWERS = {**SAFETY, **FEELS_SAFE, **TIMES, **OFTEN, **AGES, **RELATIONS}
RESULTS = {
    "in_progress": _l("Pågår"),
    "paused": _l("Pausat"),
    "kept": _l("Uppfyllt"),
    "partly_kept": _l("Delvis uppfyllt"),
    "not_kept": _l("Inte uppfyllt"),
}
REASONS = {
    "outside_mandate": _l("Det ligger utanför det vi får bestämma om."),
    "already_under_way": _l("Det pågår redan."),
    "too_little_evidence": _l("Vi har för lite underlag ännu."),
    "fault_reported": _l("Vi har felanmält det i stället."),
    "not_measurable": _l("Det går inte att mäta."),
    "may_point_out_people": _l("Det finns en risk att vi pekar ut människor."),
    "needs_budget_decision": _l("Politikerna behöver först besluta om pengar."),
    "not_possible_for_safety": _l("Det är inte möjligt av säkerhetsskäl."),
}


def counted(count: int) -> str:
    """A number as the public may see it: never a small one that could point at someone."""
    if count < FEWEST_SHOWN:
        return str(gettext("färre än %(num)s", num=FEWEST_SHOWN))
    return str(format_decimal(count))


def init_app(app: Flask) -> None:
    app.jinja_env.filters["answer_word"] = lambda answer: ANSWERS.get(answer, answer)
    app.jinja_env.filters["counted"] = counted
    app.jinja_env.filters["reason_words"] = lambda reason: REASONS.get(reason, "")
    app.jinja_env.filters["result_word"] = lambda result: RESULTS.get(result, RESULTS["in_progress"])
