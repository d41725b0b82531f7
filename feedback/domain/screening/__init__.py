"""Screening: flags for reports that call for help at once, or that must go another way than the ordinary queue.

A flag never stops a report. Three hear: the word rules of catalogue/screening.toml, a look for junk, and a reader of
danger that is told quietly. The help is in help_lines.toml.
"""

from feedback.domain.screening.flags import DANGEROUS, DISCARDED, FLAGS, RESTRICTED
from feedback.domain.screening.help import HelpLine, acts_on, all_help_lines, help_lines
from feedback.domain.screening.junk import is_garbage, is_link_only, is_repeated
from feedback.domain.screening.reader import dangers
from feedback.domain.screening.rules import flags_by_words

__all__ = [
    "DANGEROUS",
    "DISCARDED",
    "FLAGS",
    "RESTRICTED",
    "HelpLine",
    "acts_on",
    "all_help_lines",
    "help_lines",
    "screen",
]


def screen(text: str, by_meaning: bool = True) -> tuple[str, ...]:
    """The flags of a text, masked or not, in the order of ``FLAGS``. Never raises; most texts have none.

    by_meaning: hear also what is told quietly, where the extra [embeddings] is installed. It takes some 15 ms a
    sentence, so nobody who waits for an answer is made to wait for it.
    """
    flags = flags_by_words(text)
    if is_link_only(text) or (not flags and is_repeated(text)):
        flags.add("spam")
    if not flags and is_garbage(text):
        flags.add("garbage")
    if not flags & DISCARDED:
        flags |= dangers(text, by_meaning)
    return tuple(flag for flag in FLAGS if flag in flags)
