"""Addresses: the street may stay, because a problem has a place; the number on the door may not."""

import re
from collections.abc import Iterator

from feedback.domain.masking.reading import Span

_SUFFIX = (
    r"(?:gatan|gata|gatans|vägen|vagen|väg|gränd|gränden|grand|torget|torg|stigen|stig|backen|backe|allén|allé|leden|esplanaden|kajen|kroken|svängen"
    r"|slingan|ringen|bågen|stråket|promenaden|hagen|kullen|platsen|plats|plan|katu|kuja|tie|street|road)"
)
_NUMBER = r"(?:\d{1,3}(?:\s?-\s?\d{1,3})?(?:[A-Za-z](?!\w)|\s(?-i:[A-HJ-Zb-d])(?!\w))?)(?![\d:%]|[.,]\d|-\w)"
_FLOOR = r"(?:(?:vån(?:ing|ingen)?\.?\s?\d{1,2}|\d{1,2}\s?tr(?:appor)?)(?!\w))"
_FLAT = r"(?:(?:lgh|lägenhet|lghnr|lägenhetsnummer|uppgång|ingång|port|dörr)\.?\s?(?:nr\.?\s?)?(?:\d{1,4}[A-Za-z]?|[A-HJ-Z])(?!\w))"
_POSTCODE = r"(?:\d{3}\s?\d{2}(?=\s+(?-i:[A-ZÅÄÖ])))"
_ADDRESS = re.compile(
    rf"(?P<street>(?<!\w)(?:[\w'-]{{2,40}}|(?:(?-i:[A-ZÅÄÖ])[\w'-]{{1,30}}\s){{1,3}}){_SUFFIX})(?:,?\s{{1,2}}(?:nr\.?|nummer|no\.?)?\s?|\s?nr\s?)"
    rf"(?P<x>{_NUMBER}(?:,?\s{{1,2}}(?:{_FLAT}|{_FLOOR}|{_POSTCODE})){{0,3}})",
    re.IGNORECASE,
)
_ARABIC = re.compile(r"شارع\s\S{1,40}(?:\s[^\s\d]{1,40})?\s(?P<x>\d{1,3})(?!\d)")
_DOOR = re.compile(
    r"(?<!\w)(?i:lgh|lägenhet|lägenheten|lägenhetsnummer|lghnr|portkod|portkoden|dörrkod|koden till porten|husnummer|apartment|flat|asunto|uppgång|port)"
    r"[.:]?\s(?:nr\.?\s|nummer\s|är\s|no\.?\s)?(?P<x>\d{1,5}[A-Za-z]?(?!\w)|[A-H](?![\w'-]))"
)
# Written small these are kinds of ways and grounds, not names: "på skolvägen 20", "busshållplatsen 3".
_GENERIC = re.compile(
    r"(?:(?:gång|cykel|gångcykel|gc|skol|bil|hem|huvud|infarts|utfarts|genomfarts|grus|skogs|motor|lands|riks|läns|små|bak|tvär|gå|affärs"
    r"|villa|buss|rid|motions|prom|strand)-?(?:gatan|gata|vägen|vagen|väg|stigen|stig|leden|stråket|promenaden)"
    r"|\w{2,20}?(?:s|håll|lek|bad|vänd|grill|rast|skate|basket)(?:platsen|plats|plan)|skogs?backen|pulkabacken)"
)
# What follows makes the number a count, a speed or a time.
_COUNTED = re.compile(
    r"\s?(?:km|kr|kronor|st|stycken|personer|pers|gånger|ggr|meter|m|min|minuter|timmar|timme|dagar|veckor|månader|år|åring\w{0,4}|sekunder|bilar|mopeder|mopedister|epor|epatraktorer|moppar|killar|tjejer|ungdomar"
    r"|barn|män|pojkar|flickor|lampor|lyktor|lyktstolpar|hundar|stolpar|fönster|rutor|polisbilar|olyckor|hus|lägenheter|kvällar|nätter|morgnar|procent|grader|andra|olika|stora|små|nya|unga|äldre|av|till|väg\w{0,5}|zon\w{0,3}|skylt\w{0,4}"
    r"|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|aug|sept|okt|nov|dec|tiden|snåret|cyklar|elsparkcyklar|fulla|gäng|people|cars|times|ihmistä|autoa)(?!\w)",
    re.IGNORECASE,
)


def addresses(text: str) -> Iterator[Span]:
    """The number of a house with what follows it (flat, floor, postcode), and flats and door codes alone."""
    for match in _ADDRESS.finditer(text):
        street = match["street"].split()[-1]
        counted = match["x"].isdigit() and _COUNTED.match(text, match.end("x"))
        if not counted and not _GENERIC.fullmatch(street):
            yield Span(*match.span("x"))
    for pattern in (_ARABIC, _DOOR):
        for match in pattern.finditer(text):
            yield Span(*match.span("x"))
