"""Addresses: the street may stay, because a problem has a place; the number on the door may not."""

import re
from collections.abc import Iterator

from feedback.domain.masking.reading import Span

_SUFFIX = (
    r"(?:gatan|gata|gatans|vägen|vagen|väg|gränd|gränden|grand|torget|torg|stigen|stig|backen|backe|allén|allé|leden|esplanaden|kajen|kroken|svängen"
    r"|slingan|ringen|bågen|stråket|promenaden|hagen|kullen|platsen|plats|katu|kuja|tie|street|road|гатан\w{0,2}|веген\w{0,2}|غاتان|جاتان|قاتان|گاتان|فيغن|فاغن|وگن|ڤيغن)"
)
# Streets that are called after what they lie by: only with a big letter, and more than the bare word.
_BY = (
    r"(?:(?-i:[A-ZÅÄÖ])[\w-]{2,30}(?:höjden|gläntan|dungen|lunden|åsen|ängen|ängarna|gården|gårdar|täppan|viken|vreten|brinken|branten|dalen|platån|parken|stranden|strand|udden|bron|hörnet|området|rundeln)"
    r"|(?-i:[A-ZÅÄÖ])[a-zåäö]{2,20}(?:v\.|g\.|gg|vg))"
)
_CASE = r"(?:ill[ae]|lla|lle|lta|ssa|sta|n|s|ie|u|em)?"  # "Storgatanilla 5", "na Storgatanie 5"
_NUMBER = (
    r"(?:\d{1,3}(?:\s?[-/]\s?\d{1,4})?(?:[A-Za-z](?!\w)|\s(?-i:[A-HJ-Zb-d])(?!\w))?)(?![\d:%]|[.,]\d|-\w)"
)
_FLOOR = r"(?:(?:vån(?:ing|ingen)?\.?\s?\d{1,2}|\d{1,2}\s?tr(?:appor)?|nb|bv|ög|öv|vind)(?!\w))"
_FLAT = (
    r"(?:(?:lgh|lägenhet|lghnr|lägenhetsnummer|uppgång|uppg|ingång|port|dörr|flat|apt\.?|apartment|asunto|as\.|rappu|mieszkanie|m\.|klatka|кв\.?|квартира|під'їзд|شقة|شقه|مدخل|واحد)"
    r"\.?\s?(?:nr\.?\s?)?(?:\d{1,4}[A-Za-z]?|[A-HJ-Z])(?!\w))"
)
_POSTCODE = r"(?:\d{3}\s?\d{2}(?=\s+(?-i:[A-ZÅÄÖ])))"
_ADDRESS = re.compile(
    rf"(?P<street>(?<![^\W\d_])(?<!['-])(?:[^\W\d][\w'-]{{1,39}}|(?:(?-i:[A-ZÅÄÖ])[\w'-]{{1,30}}\s){{1,3}}){_SUFFIX}{_CASE}|(?<!\w){_BY})(?:,?\s{{1,2}}(?:nr\.?|nummer|no\.?|numer|№|رقم|پلاک|شماره)?\s?|\s?nr\s?)"
    rf"(?P<x>{_NUMBER}(?:,?\s{{1,2}}(?:{_FLAT}|{_FLOOR}|{_POSTCODE})){{0,3}})",
    re.IGNORECASE,
)
_MAY_BE_ADDRESS = re.compile(
    rf"(?:{_SUFFIX}{_CASE}|(?<!\w){_BY})\W{{1,3}}(?:\w{{2,7}}\W{{1,2}})?\d", re.IGNORECASE
)
# A word for "street" before the name: "ul. Storgatan 5", "شارع ستور غاتان 5".
_NAMED_STREET = re.compile(
    r"(?<!\w)(?:شارع|شارع\sال|خیابان|خيابان|کوچه|ulica|ulicy|ulicę|ul\.|вулиця|вулиці|вул\.|waddada|jidka)\s{1,2}[^\W\d][^\s\d]{1,40}(?:\s[^\s\d]{2,40})?\s"
    r"{1,2}(?:nr\.?\s|numer\s|№\s?|رقم\s|پلاک\s|شماره\s|nambarka\s|lambarka\s)?(?P<x>\d{1,3}[A-Za-z]?)(?![\w:%]|[.,]\d)",
    re.IGNORECASE,
)
_NO = r"(?:nr\.?\s|nummer\s|är\s|no\.?\s|number\s|numero\s|numer\s|№\s?|رقم\s|رقمها\s|شماره\s|lambarka\s)?"
_DOOR = re.compile(
    r"(?<!\w)(?:(?i:lgh|lägenhet|lägenheten|lägenhetsnummer|lghnr|portkod|portkoden|dörrkod|koden till porten|husnummer|husnr|hus nr|hus nummer|apartment|apt|flat|house number|door number"
    r"|asunto|asunnossa|asunnosta|rappu|rapussa|talo numero|mieszkanie|mieszkaniu|mieszkania|lokal|lokalu|klatka|klatce|klatki|klatkę|blok nr|dom nr|uppgång|trappuppgång|ingång|port"
    r"|квартира|квартирі|квартири|квартиру|кв|будинок|будинку|під'їзд|під'їзді|під'їзду|albaabka|guri lambar|aqalka)|شقة|الشقة|شقه|الشقه|باب|مدخل|المدخل|بناية|البناية|عمارة|منزل|واحد|آپارتمان|ورودی|پلاک)"
    rf"[.:]?\s{_NO}(?P<x>\d{{1,5}}[A-Za-z]?(?!\w)|[A-H](?![\w'-]))"
)
# Written small these are kinds of ways and grounds, not names: "på skolvägen 20", "busshållplatsen 3".
_GENERIC = re.compile(
    r"(?:(?:gång|cykel|gångcykel|gc|skol|bil|hem|huvud|infarts|utfarts|genomfarts|grus|skogs|motor|lands|riks|läns|små|bak|tvär|gå|affärs"
    r"|villa|buss|rid|motions|prom|strand)-?(?:gatan|gata|vägen|vagen|väg|stigen|stig|leden|stråket|promenaden)"
    r"|\w{2,20}?(?:s|håll|lek|bad|vänd|grill|rast|skate|basket)(?:platsen|plats|plan)|skogs?backen|pulkabacken|Riksväg|Länsväg)"
)
# What follows makes the number a count, a speed or a time.
_COUNTED = re.compile(
    r"\s?(?:km|kr|kronor|st|stycken|personer|pers|gånger|ggr|meter|m|min|minuter|timmar|timme|dagar|veckor|månader|år|åring\w{0,4}|sekunder|bilar|mopeder|mopedister|epor|epatraktorer|moppar|killar|tjejer|ungdomar"
    r"|barn|män|pojkar|flickor|lampor|lyktor|lyktstolpar|hundar|stolpar|fönster|rutor|polisbilar|olyckor|hus|lägenheter|kvällar|nätter|morgnar|procent|grader|andra|olika|stora|små|nya|unga|äldre|av(?=\s(?:\d|de|alla|lamp))|till|väg\w{0,5}|zon\w{0,3}|skylt\w{0,4}"
    r"|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|aug|sept|okt|nov|dec|tiden|snåret|cyklar|elsparkcyklar|fulla|gäng|people|cars|times|ihmistä|autoa|lamppua|metri\w{0,3}|kertaa"
    r"|metrów|osób|razy|lamp|aut|godzin\w?|minut\w?|метрів|осіб|разів|машин|годин\w?|хвилин\w?|سنوات|سنة|مرات|أشخاص|سيارات|دقيقة|ساعات|متر|نفر|سال|بار|ماشین|ساعت|دقیقه|qof|jeer|baabuur|daqiiqo|saac\w{0,4}|mitir)(?!\w)",
    re.IGNORECASE,
)


def addresses(text: str) -> Iterator[Span]:
    """The number of a house with what follows it (flat, floor, postcode), and flats and door codes alone."""
    for match in _ADDRESS.finditer(text) if _MAY_BE_ADDRESS.search(text) else ():
        street = match["street"].split()[-1]
        counted = match["x"].isdigit() and _COUNTED.match(text, match.end("x"))
        if not counted and not _GENERIC.fullmatch(street):
            yield Span(*match.span("x"))
    for pattern in (_NAMED_STREET, _DOOR):
        for match in pattern.finditer(text):
            if not _COUNTED.match(text, match.end("x")):
                yield Span(*match.span("x"))
