"""Keys derived from the one secret, so that no purpose can read another's hashes."""

import hashlib
import hmac
from datetime import date


def key_for(secret: str, purpose: str) -> bytes:
    """A 32-byte key for one purpose, such as "receipt" or "form"."""
    return hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256)


def day_key(secret: str, purpose: str, address: str, day: date) -> str:
    """Stands for a network address during one day, for those without the secret: 32 hexadecimal digits."""
    daily = key_for(secret, f"{purpose} {day.isoformat()}")
    return hmac.digest(daily, address.encode(), hashlib.sha256).hex()[:32]


def token_hash(token: str) -> str:
    """What is stored of a random token (login cookie, invitation link)."""
    return hashlib.sha256(token.encode()).hexdigest()
