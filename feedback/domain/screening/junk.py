"""Texts that tell nothing: links, the same words over and over, a mashed keyboard."""

import re

from feedback.domain.catalogue import read
from feedback.domain.words import tokens

LONGEST_PLEA = 12
SHORTEST_MASH = 4
FEWEST_VOWELS = 0.15
MOST_MASH = 0.5

_LINK = re.compile(r"\[länk\]|https?://\S+|www\.\S+", re.IGNORECASE)
_LATIN_VOWELS = frozenset("aeiouyåäöéüøæ")
_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm", "1234567890")
_REAL_RUNS = frozenset(
    ["wer", "ert", "tre", "rew", "ytr", "oiu", "poi", "opå", "åpo", "fds", "uio", "iop", "sdf", "rty"]
)
"""Neighbours on the keyboard that real words have too."""
_RUNS = (
    frozenset(way[at : at + 3] for row in _ROWS for way in (row, row[::-1]) for at in range(len(way) - 2))
    - _REAL_RUNS
)


def is_link_only(text: str) -> bool:
    """Hardly anything but links."""
    links = len(_LINK.findall(text))
    return links > 0 and len(tokens(_LINK.sub(" ", text))) <= max(3, links)


def is_repeated(text: str) -> bool:
    """The same few words over and over; somebody may say one thing a few times in distress."""
    words = [token.text for token in tokens(text)]
    return len(words) > LONGEST_PLEA and len(set(words)) <= len(words) // 6


def is_garbage(text: str) -> bool:
    """No letters at all, control characters, a mashed keyboard, or nothing but filler words."""
    words = [token.text for token in tokens(text)]
    letters = sum(map(len, words))
    unseen = sum(1 for sign in text if ord(sign) < 32 and sign not in "\n\r\t")
    if not any(sign.isalpha() for word in words for sign in word) or unseen > letters:
        return bool(text.strip()) or unseen > 0
    filler = frozenset(read("screening.toml")["filler"]["words"])
    if all(word in filler for word in words):
        return True
    written = text.lower().split()
    return sum(len(word) for word in written if _is_mash(word)) > sum(map(len, written)) * MOST_MASH


def _is_mash(word: str) -> bool:
    """Hardly a word of any language in Latin letters; other scripts are left to people."""
    if len(word) < SHORTEST_MASH or not (word.isascii() or set(word) & set("åäö")):
        return False
    if len(set(word)) <= 2 and len(word) > SHORTEST_MASH:
        return True
    runs = sum(word[at : at + 3] in _RUNS for at in range(len(word) - 2))
    if runs >= 2 or (len(word) >= 6 and word[: len(word) // 2] * 2 == word):
        return True
    vowels = sum(sign in _LATIN_VOWELS for sign in word)
    return word.isalpha() and vowels < len(word) * FEWEST_VOWELS and len(word) > SHORTEST_MASH
