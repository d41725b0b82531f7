"""Who may import whom: four floors, one stairway down (docs/design.md, section 3)."""

import ast
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "feedback"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts)

FRAMEWORKS = {"flask", "flask_babel", "flask_sqlalchemy", "flask_compress", "wtforms", "werkzeug"}
FLOORS = {
    # floor: (rooms of ours it may use, outside packages it may not)
    "domain": ({"domain"}, FRAMEWORKS | {"sqlalchemy", "alembic", "babel", "argon2", "socket", "requests"}),
    "store": ({"domain", "store"}, FRAMEWORKS),
    "actions": ({"domain", "store", "actions"}, FRAMEWORKS),
    "web": ({"domain", "store", "actions", "web", "paths", "config"}, set()),
}
AUDIENCES = {"resident", "council", "public", "admin"}


def room_of(path: Path) -> tuple[str, ...]:
    return path.relative_to(PACKAGE).with_suffix("").parts


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: "/".join(room_of(path)))
def test_a_floor_uses_only_itself_and_the_floors_below(path: Path) -> None:
    floor = room_of(path)[0]
    if floor not in FLOORS:
        return
    rooms, forbidden = FLOORS[floor]
    for name in imports_of(path):
        first, *rest = name.split(".")
        assert first not in forbidden, f"{floor} may not import {first}"
        if first == "feedback" and rest:
            assert rest[0] in rooms, f"{floor} may not import feedback.{rest[0]}"


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path)[0] == "web"], ids=str)
def test_an_audience_never_uses_another_audiences_views(path: Path) -> None:
    own = room_of(path)[1]
    if own not in AUDIENCES:
        return
    others = AUDIENCES - {own}
    for name in imports_of(path):
        parts = name.split(".")
        assert not (parts[:2] == ["feedback", "web"] and len(parts) > 2 and parts[2] in others), name


@pytest.mark.parametrize(
    "path", [path for path in MODULES if room_of(path)[0] in {"web", "actions"}], ids=str
)
def test_sql_stands_in_the_store_only(path: Path) -> None:
    if room_of(path) in {("web", "db"), ("web", "migrate"), ("web", "doctor")}:
        return  # the joint to Flask, the way into Alembic, and the look at what tables there are
    words = {"select", "insert", "update", "delete", "text"}
    asked = {name.rpartition(".")[2] for name in imports_of(path) if name.startswith("sqlalchemy.")}
    assert not asked & words, asked & words


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path)[0] == "actions"], ids=str)
def test_actions_never_commit(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)]
    assert not [call for call in calls if call.attr == "commit"]


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path)[0] == "domain"], ids=str)
def test_the_rules_know_no_clock_and_no_chance(path: Path) -> None:
    attributes = {
        node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)
    }
    assert not attributes & {"now", "today", "utcnow"}
    assert not imports_of(path) & {"time", "random", "secrets", "os", "socket"}


def test_the_wheel_carries_every_package() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = set(setup["options"]["packages"].split())
    there = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")} | {
        "feedback.templates",
        "feedback.translations",
        "feedback.static",
    }
    assert listed == there


def test_modules_stay_small() -> None:
    long = {
        path.name: lines for path in MODULES if (lines := len(path.read_text("utf-8").splitlines())) > 300
    }
    assert not long, f"does each of these still have one job? {long}"
