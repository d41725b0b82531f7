"""Screening: flags for reports that call for help at once, or that must go another way than the ordinary queue.

A flag never stops a report. The words behind the flags are in catalogue/screening.toml, the help in help_lines.toml.
"""

from feedback.domain.screening.flags import DISCARDED, FLAGS, RESTRICTED
from feedback.domain.screening.help import HelpLine, acts_on, all_help_lines, help_lines
from feedback.domain.screening.junk import is_garbage, is_link_only, is_repeated
from feedback.domain.screening.rules import flags_by_words

__all__ = [
    "DISCARDED",
    "FLAGS",
    "RESTRICTED",
    "HelpLine",
    "acts_on",
    "all_help_lines",
    "help_lines",
    "screen",
]


def screen(text: str) -> tuple[str, ...]:
    """The flags of a text, masked or not, in the order of ``FLAGS``. Never raises; most texts have none."""
    flags = flags_by_words(text)
    if is_link_only(text) or (not flags and is_repeated(text)):
        flags.add("spam")
    if not flags and is_garbage(text):
        flags.add("garbage")
    return tuple(flag for flag in FLAGS if flag in flags)
