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
    r"(?:(?-i:[A-ZÅÄÖ])[\w-]{2,30}(?:höjden|gläntan|dungen|lunden|åsen|ängen|ängarna|gården|gårdar|täppan|viken|vreten|brinken|branten|dalen|platån|parken|stranden|strand|udden|bron|hörnet|området|rundeln"
    r"|liden|lyckan|gärdet|gärden|sluttningen|slätten|gången|gångarna|hult|torp|holmen|bäcken|kroken|höjd|lund|dal)"
    r"|(?-i:[A-ZÅÄÖ])[a-zåäö]{2,20}(?:v\.|g\.|gg|vg))"
)
_CASE = r"(?:ill[ae]|lla|lle|lta|ssa|sta|n|s|ie|u|em)?"  # "Storgatanilla 5", "na Storgatanie 5"
_STREET = rf"(?:(?<![^\W\d_])(?<!['-])(?:[^\W\d][\w'-]{{0,39}}|(?:(?-i:[A-ZÅÄÖ])[\w'-]{{1,30}}\s){{1,3}}){_SUFFIX}{_CASE}|(?<!\w){_BY})"
_NR = (
    r"(?:nr|nummer|no|number|numero|numer|pod\snumerem|pod|№|номер|رقم|پلاک|شماره|lambarka|nambarka)[.:]?\s?"
)
_IN_WORDS = r"(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|tjugo)(?!\w)"
_AND_MORE = r"(?:\s?(?:,|-|–|/|&|och|o|samt|till|ja|i|and|to|do|та|і|до|و|تا|iyo)\s?)"
_NUMBER = r"(?:\d{1,3}(?:\s?[-/]\s?\d{1,4})?(?:[:-]an(?!\w)|[A-Za-z](?!\w)|\s(?-i:[A-HJ-Zb-d])(?!\w))?)(?![\d%]|:\d|[.,]\d|-[^\W\d]{2}|/[^\W\d])"
_FLOOR = r"(?:(?:vån(?:ing|ingen)?\.?\s?\d{1,2}|tr\.?\s\d{1,2}|\d{1,2}\s?(?:tr(?:appor)?|kerros|piętro|поверх|dabaq)|(?:kerros|piętro|поверх|dabaqa|الطابق|طابق|طبقه|floor)\s\d{1,2}|nb|bv|ög|öv|vind)(?!\w))"
_FLAT = (
    r"(?:(?:lgh|lägenhet|lghnr|lägenhetsnummer|uppgång|uppg|ingång|entré|port|dörr|flat|apt\.?|apartment|asunto|as\.?|rappu|mieszkanie|m\.|klatka|кв\.?|квартира|під'їзд|شقة|شقه|مدخل|واحد)"
    r"\.?\s?(?:nr\.?\s?)?(?:\d{1,4}[A-Za-z]?|[A-HJ-Z])(?!\w))"
)
_POSTCODE = r"(?:\d{3}\s\d{2}(?!\d)|\d{5}(?=\s+(?-i:[A-ZÅÄÖ])))"
_ADDRESS = re.compile(
    rf"(?P<street>{_STREET})(?:(?:,?\s{{1,2}}|:|\s?\()?{_NR}|,?\s{{1,2}}|:|\s?\(|(?=\d))"
    rf"(?P<x>{_NUMBER}(?:,?\s{{1,2}}(?:{_FLAT}|{_FLOOR}|{_POSTCODE})){{0,3}}|{_IN_WORDS}(?=\W*$|[.,!?]|\s(?:lgh|vån|tr|uppg)))",
    re.IGNORECASE,
)
_MAY_BE_ADDRESS = re.compile(
    rf"(?:{_SUFFIX}{_CASE}|(?<!\w){_BY})(?:\W{{0,3}}(?:[\w№]{{1,8}}\W{{1,2}}){{0,2}}\d|\W{{1,2}}{_IN_WORDS})",
    re.IGNORECASE,
)
# More doors in the same street, and what stands after them: "12, 14 och 16", "4 A-C", "14 B 12".
_MORE = re.compile(rf"(?:{_AND_MORE}(?:\d{{1,3}}\s?[A-Ha-h]?|[A-H])|\s\d{{1,3}})(?![\w:%]|[.,]\d)")
# The number before the street: "nr 14 på Bergsgatan", "i 14:an på Bergsgatan", "she lives at 12 Storgatan".
_NUMBER_FIRST = re.compile(
    rf"(?<!\w)(?:{_NR}(?P<x>\d{{1,3}}\s?[A-Ha-h]?)\s(?:på|on|at|in|na|на|по|في|در)|(?P<y>\d{{1,3}})[:-]an\s(?:på|i)"
    rf"|(?:^|[,(]\s?|(?<!\w)(?:bor\spå|bor\si|at|adress|adressen|address)\s)(?P<z>\d{{1,3}}(?:\s?[A-Ha-h])?))"
    rf"\s(?=(?-i:[A-ZÅÄÖ])\w{{0,30}}{_SUFFIX}(?!\w))",
    re.IGNORECASE,
)
# Somebody lives there: then any name with a number after it is an address, "bor på Bråtebäcken 5".
_LIVES = re.compile(
    r"(?<!\w)(?:(?i:bor|bodde|hemma|flyttade|inneboende|mieszkam|mieszka|mieszkają|asuu|asun|asuvat|живе|живу|мешкає|живуть|lives?|living|deggan|degan)\s(?:på|i|till|at|in|on|na|w|в|у|на)?\s?)"
    r"(?:[A-ZÅÄÖŁŚ][\w'-]{2,30}\s){1,3}(?P<x>\d{1,3}(?:\s?[A-H](?!\w)|[a-h](?!\w))?)(?![\w:%]|[.,]\d)"
)
# A word for "street" before the name: "ul. Storgatan 5", "شارع ستور غاتان 5".
_NAMED_STREET = re.compile(
    r"(?<!\w)(?:شارع|شارع\sال|خیابان|خيابان|کوچه|ulica|ulicy|ulicę|ul\.|вулиця|вулиці|вул\.|waddada|jidka)\s{1,2}[^\W\d][^\s\d]{1,40}(?:\s[^\s\d]{2,40})?\s"
    r"{1,2}(?:nr\.?\s|numer\s|№\s?|رقم\s|پلاک\s|شماره\s|nambarka\s|lambarka\s)?(?P<x>\d{1,3}[A-Za-z]?)(?![\w:%]|[.,]\d)",
    re.IGNORECASE,
)
# The floor before the street: "jag bor på vån 2 Ekebygatan".
_FLOOR_FIRST = re.compile(
    rf"(?<!\w)(?:vån(?:ing|ingen)?\.?|tr|trappa|port|uppg(?:ång)?\.?)\s(?P<x>\d{{1,2}}[A-Za-z]?)(?=,?\s(?:på\s)?(?-i:[A-ZÅÄÖ])\w{{1,30}}{_SUFFIX}(?!\w))",
    re.IGNORECASE,
)
_NO = r"(?:(?:nr|nummer|är|no|number|numero|numer|№|номер|رقم|رقمها|رقمه|شماره|lambarka|lambarkiisu\syahay|lambarkeedu\syahay)[.:]?\s?)?"
_DOOR = re.compile(
    r"(?<!\w)(?:(?i:lgh|lägenhet|lägenheten|lägenhetsnummer|lghnr|husnummer|husnr|apartment|apt|flat|house number|door number"
    r"|asunto|asunnossa|asunnosta|rappu|rapussa|talo numero|mieszkanie|mieszkaniu|mieszkania|lokal|lokalu|klatka|klatce|klatki|klatkę|blok nr|dom nr|uppgång|trappuppgång|ingång|entré|entre|port"
    r"|staircase|entrance|квартира|квартирі|квартири|квартиру|кв|під'їзд|під'їзді|під'їзду|albaabka|guri lambar|aqalka)|بورت|شقة|الشقة|شقه|الشقه|باب|مدخل|المدخل|بناية|البناية|عمارة|العمارة|منزل|واحد|آپارتمان|ورودی|پلاک)"
    rf"[.:]?\s?{_NO}(?P<x>(?:\d{{1,5}}|(?<=\s)[A-H]\s?\d{{1,4}})(?:[:/]\d{{1,4}})?[A-Za-z]?(?!\w)|(?<=\s)[A-H](?![\w'-])|(?<=\s){_IN_WORDS}(?=\W*$|[.,!?]))"
)
# A house alone says where only with a figure: "hus 14", "talossa numero 5", "у будинку номер 14", "البيت رقم 14".
_HOUSE = re.compile(
    r"(?<!\w)(?:hus|huset|talo|talossa|talon|talosta|blok|bloku|dom nr|domu nr|будинок|будинку|будинка|буд\.|дім|guriga|guri|house|building|door|البيت|بيت|بناية|خانه|خانه‌ی|ساختمان)"
    rf"\s(?:{_NO})(?P<x>\d{{1,3}}[A-Za-z]?)(?![\w:%]|[.,]\d)"
    r"|(?<!\w)(?P<y>\d{1,3})(?:-?(?:му|ому|го))?\s(?=будинку(?!\w))|(?<!\w)pod\s(?:numerem\s)?(?P<z>\d{1,3}[a-z]?)(?![\w:%]|[.,]\d)"
    r"|(?<!\w)(?P<w>[A-H])-(?=rapp|rapu|uppgång|porten|trapp)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<!\w)(?:(?:port|dörr|entré|ovi|lås)?kod(?:en)?|ovikoodi|koodi|door code|code|код|الكود|كود|رمز|کد)(?:\s(?:är|till|på|in|huset|porten|dörren|trappan|vår|vårt|hos|oss|nu|is|to|the|on|jest|do)){0,4}[\s:]{1,2}(?P<x>(?!(?:19|20)\d\d(?!\d))\d{2}\s?\d{2}(?:\d{1,2})?)(?!\d)",
    re.IGNORECASE,
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
    r"|barn|män|pojkar|flickor|lampor|lyktor|lyktstolpar|hundar|stolpar|fönster|rutor|polisbilar|olyckor|hus|lägenheter|kvällar|nätter|morgnar|procent|grader|andra|olika|stora|små|nya|unga|äldre|av(?=\s(?:\d|de|alla|lamp))|till(?!\s\d)|väg\w{0,5}|zon\w{0,3}|skylt\w{0,4}"
    r"|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|aug|sept|okt|nov|dec|tiden|snåret|cyklar|elsparkcyklar|fulla|gäng|people|cars|times|ihmistä|autoa|lamppua|metri\w{0,3}|kertaa"
    r"|metrów|osób|razy|lamp|aut|godzin\w?|minut\w?|метрів|осіб|разів|машин|годин\w?|хвилин\w?|سنوات|سنة|مرات|أشخاص|سيارات|دقيقة|ساعات|متر|نفر|سال|بار|ماشین|ساعت|دقیقه|qof|jeer|baabuur|daqiiqo|saac\w{0,4}|mitir)(?!\w)",
    re.IGNORECASE,
)


def addresses(text: str) -> Iterator[Span]:
    """The number of a house with what follows it (flat, floor, postcode), and flats and door codes alone."""
    for match in _ADDRESS.finditer(text) if _MAY_BE_ADDRESS.search(text) else ():
        street = match["street"].split()[-1]
        if not _counted(text, match) and not _GENERIC.fullmatch(street):
            yield Span(match.start("x"), _last_door(text, match.end("x")))
    for pattern in (_NAMED_STREET, _NUMBER_FIRST, _LIVES, _FLOOR_FIRST, _DOOR, _HOUSE, _CODE):
        for match in pattern.finditer(text):
            if not _COUNTED.match(text, match.end(match.lastgroup or 0)):
                yield Span(*match.span(match.lastgroup or 0))


def _counted(text: str, match: re.Match[str]) -> bool:
    return match["x"].isdigit() and _COUNTED.match(text, match.end("x")) is not None


def _last_door(text: str, end: int) -> int:
    """Where the numbers end when several doors of one street are named."""
    while (more := _MORE.match(text, end)) and not _COUNTED.match(text, more.end()):
        if more.group().lstrip().isdigit() and text[end - 1].isdigit():
            break
        end = more.end()
    return end
