"""Trygghetslöftet: resident → report → group → candidate → promise → the resident's receipt code."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: Mapping[str, Any] | None = None) -> "Flask":
    """The web application; ``settings`` override instance/config.py and the environment (see config.py)."""
    from feedback.web.app import create_app

    return create_app(settings)
