"""Understand what is new: language, theme and place of each report that was received.

Each is also screened again, now by its meaning: what is told too quietly for the words alone is heard here.
"""

import logging
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.domain import corrections as rules
from feedback.domain.classification import classify
from feedback.domain.language import detect
from feedback.domain.lifecycle import ReportState
from feedback.domain.screening import DISCARDED, RESTRICTED, screen
from feedback.store import correction, event
from feedback.store import report as reports
from feedback.store.atlas import Atlas, draw_atlas
from feedback.store.report import Report

BATCH = 200

logger = logging.getLogger(__name__)


def understand_reports(session: Session, now: datetime) -> int:
    """Classify every report that waits for it, the oldest first; answers how many."""
    understood, atlas, learnt = 0, None, rules.NO_CORRECTIONS
    while waiting := reports.waiting(session, BATCH):
        if atlas is None:
            atlas, learnt = draw_atlas(session), known_corrections(session)
        for report in waiting:
            _understand_or_leave(report, atlas, learnt)
            state = ReportState.RESTRICTED if report.sensitive else ReportState.CLASSIFIED
            note = ", ".join(report.flags) if report.sensitive else "; ".join(report.why)
            event.record(session, "report", report.id, now, state, step_from=report.state, note=note)
            report.state = state
        session.flush()
        understood += len(waiting)
    return understood


def _understand_or_leave(report: Report, atlas: Atlas, learnt: rules.Corrections) -> None:
    """A report that a rule cannot take waits for a person, and all others go on."""
    try:
        listen(report)
        understand(report, atlas, learnt)
    except Exception as error:
        logger.error("report %d: %s", report.id, type(error).__name__)
        report.theme = report.focus_area = report.confidence = None
        report.likely = {}
        report.why = ["kunde inte läsas av programmet"]


def listen(report: Report) -> None:
    """Add the flags that only the meaning shows. One that is there already has been seen, and holds nothing back."""
    heard = [flag for flag in screen(report.text) if flag not in (*report.flags, *DISCARDED)]
    report.flags = [*report.flags, *heard]
    report.sensitive = bool(RESTRICTED.intersection(heard))


def understand(report: Report, atlas: Atlas, learnt: rules.Corrections = rules.NO_CORRECTIONS) -> None:
    """Fill in language, theme and place of one report from its own words."""
    report.lang = detect(report.text, report.page_lang) if report.text else report.page_lang
    answer = classify(report.text, report.lang, report.areas, learnt)
    report.theme, report.focus_area = answer.theme, answer.focus_area
    report.confidence, report.why = answer.confidence, list(answer.why)
    report.likely, report.spot = dict(answer.likely), None
    report.second = (
        {"theme": answer.second.theme, "focus_area": answer.second.focus_area, "confidence": answer.second.confidence}
        if answer.second
        else {}
    )  # fmt: skip
    if report.place_id is None:
        report.place_id = atlas.find(report.place_typed or None, report.text, report.municipality)


def known_corrections(session: Session) -> rules.Corrections:
    """What reviewers corrected, as the rules want it."""
    return rules.Corrections(
        [
            rules.Correction(str(one.report_id), one.report.text, one.theme_to)
            for one in correction.in_force(session)
        ]
    )
