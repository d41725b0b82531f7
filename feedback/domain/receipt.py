"""Receipt codes: twelve symbols a person can read aloud, the last of which checks the others."""

import hashlib
import hmac

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""30 symbols without those that look alike: no 0 O, 1 I L, U."""
LENGTH = 12
_BASE = len(ALPHABET)


def receipt_code(key: bytes, fingerprint: str) -> str:
    """The code of one submission, ``XXXX-XXXX-XXXX``: the same form sent twice gets the same code.

    ``key`` is secret and ``fingerprint`` unguessable, so the 11 symbols are as good as random (54 bits).
    """
    number = int.from_bytes(hmac.digest(key, fingerprint.encode(), hashlib.sha256))
    symbols = ""
    for _ in range(LENGTH - 1):
        number, rest = divmod(number, _BASE)
        symbols += ALPHABET[rest]
    return written(symbols + _check_symbol(symbols))


def normalise(typed: str) -> str | None:
    """The twelve symbols of what a person typed in any case and spacing, or None when it cannot be a code."""
    symbols = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(symbols) != LENGTH or any(sign not in ALPHABET for sign in symbols):
        return None
    return symbols if _check_symbol(symbols[:-1]) == symbols[-1] else None


def written(symbols: str) -> str:
    """In groups of four, as it is shown and read aloud."""
    return "-".join(symbols[i : i + 4] for i in range(0, len(symbols), 4))


def receipt_hash(key: bytes, symbols: str) -> str:
    """What is stored instead of the code: 64 hexadecimal digits."""
    return hmac.digest(key, symbols.encode(), hashlib.sha256).hex()


def _check_symbol(symbols: str) -> str:
    """ISO 7064 hybrid system with modulus 31,30: finds every wrong symbol and nearly every swapped pair."""
    rest = _BASE
    for sign in symbols:
        rest = (rest + ALPHABET.index(sign)) % _BASE or _BASE
        rest = rest * 2 % (_BASE + 1)
    return ALPHABET[(_BASE + 1 - rest) % _BASE]
