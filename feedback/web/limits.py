"""How much one network address may do, without knowing whose it is: its key is a hash with the salt of the day."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from flask import request

from feedback.actions.secrets import day_key
from feedback.store.throttle import attempts, count_attempt
from feedback.web.access import now, settings
from feedback.web.db import session

A_HOME_OF_IPV6 = 64


def address_key(purpose: str) -> str:
    """Stands for the sender's network during this day and for this purpose."""
    return day_key(settings().SECRET_KEY, purpose, _network(request.remote_addr or ""), now().date())


def too_many(purpose: str, most: int, window: timedelta) -> bool:
    """Whether this address has been counted ``most`` times within the window."""
    return attempts(session, address_key(purpose), now() - window) >= most


def count(purpose: str) -> None:
    count_attempt(session, address_key(purpose), now())


def is_flood(most: int) -> bool:
    """Count one more report from this address in these ten minutes; True when that is too many.

    A school class behind one address is no flood; a script is. The time is kept no finer than that: it must not
    tell which report came when.
    """
    at = now()
    return count_attempt(session, address_key("report"), at - timedelta(minutes=at.minute % 10)) > most


def _network(address: str) -> str:
    """An address of the sixth version changes by the hour inside one home: the home counts."""
    try:
        known = ip_address(address)
        if isinstance(known, IPv6Address):
            return str(known.ipv4_mapped or ip_network(f"{address}/{A_HOME_OF_IPV6}", strict=False))
    except ValueError:
        pass
    return address
