"""How well the demo month is understood and grouped: ``python -m bench.understanding``.

The word lists were written with it in view: `feedback evaluate` measures on texts that nothing has learnt from.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from feedback.actions.demo import FOLDER
from feedback.actions.set_up import catalogue_places
from feedback.domain.classification import classify
from feedback.domain.grouping import Item, group
from feedback.domain.language import detect
from feedback.domain.places import Gazetteer, key_and_phrase
from feedback.domain.priority import prioritise
from feedback.domain.themes import default_agreement, themes

Row = dict[str, Any]


def main() -> None:
    print(f"{datetime.now(UTC).date()}  agreement with the label: theme / focus area")
    demo = [row for name in ("karlskoga", "degerfors") for row in _rows(FOLDER / f"reports_{name}.jsonl")]
    show("demo month", [{**row, "theme": row["truth"]["theme"]} for row in demo])
    show_groups(demo)


def show(name: str, rows: list[Row]) -> None:
    area_of = default_agreement().focus_area
    answers = [classify(row["text"], detect(row["text"], row["lang"]), row["areas"]) for row in rows]
    theme = sum(a.theme == row["theme"] for a, row in zip(answers, rows, strict=True))
    area = sum(
        a.focus_area == (area_of(row["theme"]) if row["theme"] else None)
        for a, row in zip(answers, rows, strict=True)
    )
    print(f"{name:>16} ({len(rows):3}): {theme / len(rows):.2f} / {area / len(rows):.2f}")


def show_groups(rows: list[Row]) -> None:
    """Pairs of reports that belong together, and true issues found, among the groups that reach the queue."""
    gazetteer = Gazetteer(catalogue_places())
    truth = {row["external_id"]: row["truth"]["issue"] for row in rows}
    found: dict[str, str] = {}
    for one in group([_item(row, gazetteer) for row in rows]):
        if prioritise(one, themes()[one.theme]).ripe:
            found |= dict.fromkeys(one.report_ids, one.key)
    together = _pairs(truth)
    grouped = _pairs(found)
    precision, recall = len(together & grouped) / len(grouped), len(together & grouped) / len(together)
    issues = {issue for issue in truth.values() if issue}
    heard = {truth[report] for report in found} & issues
    print(
        f"groups of the demo month: precision {precision:.2f}, recall {recall:.2f}, "
        f"F1 {2 * precision * recall / (precision + recall):.2f}; {len(heard)} of {len(issues)} issues found "
        f"by {len(set(found.values()))} candidates"
    )


def _item(row: Row, gazetteer: Gazetteer) -> Item:
    poster = gazetteer.by_code(row["poster"]) if row["poster"] else None
    resolved = gazetteer.resolve(row["place"], row["text"], row["municipality"])
    place = poster or (resolved.place if resolved else None)
    key, phrase = key_and_phrase(place, row["place"] or "", row["municipality"])
    answer = classify(row["text"], detect(row["text"], row["lang"]), row["areas"])
    return Item(
        id=row["external_id"],
        municipality=row["municipality"],
        place=key,
        place_name=phrase,
        theme=answer.theme,
        day=date(2026, 11, 23) - timedelta(days=row["days_ago"]),
        text=row["text"],
        confidence=answer.confidence,
        likely=answer.likely,
        district=place.district if place else None,
        place_kind=place.kind if place else "",
    )


def _pairs(labels: dict[str, str]) -> set[tuple[str, str]]:
    return {
        (a, b) for a, b in combinations(sorted(labels), 2) if labels[a] is not None and labels[a] == labels[b]
    }


def _rows(path: Path) -> Iterable[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    main()
