"""The flags a report can have."""

FLAGS = (
    "emergency",
    "child_in_danger",
    "violence_at_home",
    "self_harm",
    "hate",
    "threat",
    "accusation",
    "spam",
    "garbage",
)
RESTRICTED = frozenset({"child_in_danger", "violence_at_home", "self_harm", "hate", "threat", "accusation"})
DISCARDED = frozenset({"spam", "garbage"})
DANGEROUS = frozenset({"emergency", "child_in_danger", "violence_at_home", "self_harm"})
"""Somebody is in danger: what must not be missed."""
