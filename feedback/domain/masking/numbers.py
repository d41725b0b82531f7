"""Personal data with a form of its own: e-mail, links, accounts, personnummer, telephone numbers, plates.

Every repetition is bounded, so the work grows in step with the length of the text.
"""

import re
from collections.abc import Callable, Iterator

from feedback.domain.masking.name_lists import context
from feedback.domain.masking.reading import Span

Test = Callable[[str], bool]

_EMAIL = re.compile(
    r"[\w.+-]{1,64}(?:@|\s?[(\[]\s?(?:at|a|snabel-?a|@)\s?[)\]]\s?|\ssnabel-?a\s)[\w-]{1,63}"
    r"(?:\s?(?:\.|[(\[](?:dot|punkt)[)\]]|\spunkt)\s?[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)

_AT = re.compile(r"@|snabel|[(\[]\s?at?\s?[)\]]", re.IGNORECASE)
_LINK = re.compile(r"""(?<![\w@])(?:https?://|www\.)[^\s\[\]<>"]{0,300}[^\s\[\]<>".,;:!?)']""", re.IGNORECASE)
_ENDINGS = r"(?:com|net|org|eu|info|ru|xyz|io|gg|shop|online|biz|site|click)"
_COUNTRIES = r"(?:se|nu|fi|no|dk|de|me|ly|be|co|uk|pl|tv|app|link)"
# "mörkt.se till" is a missing blank, so a Swedish ending needs a path to be a link.
_BARE_LINK = re.compile(
    rf"(?<![\w@.-])(?:[\w-]{{1,63}}\.){{1,4}}(?:{_ENDINGS}(?![\w.])(?:/[^\s\[\]]{{0,300}})?|{_COUNTRIES}/[^\s\[\]]{{1,300}})",
    re.IGNORECASE,
)
# Under any other ending the path must look like one: "mörkt.och/eller" is a slip of the thumb.
_OTHER_LINK = re.compile(
    r"(?<![\w@.-])(?:[\w-]{2,63}\.){1,4}[a-z]{2,12}/(?=[a-z]{0,40}[\d._/-])[\w./-]{2,300}", re.IGNORECASE
)
_NAMED_SITE = re.compile(
    rf"\b(?:på|via|sidan|hemsidan|sajten|kolla|länk|länken|gå till|finns på|site|page|sivulla|stronie|сайті|موقع|سایت)[:\s]{{1,3}}(?P<x>(?:[\w-]{{2,63}}\.){{1,3}}(?:{_COUNTRIES}|{_ENDINGS})(?:/\S{{0,200}})?)(?![\w.])",
    re.IGNORECASE,
)
_PUBLIC_SITES = re.compile(
    r"(?:https?://)?(?:www\.)?(?:polisen|karlskoga|degerfors|1177|krisinformation|bris|trafikverket|regionorebrolan)\.se(?:/|$)",
    re.IGNORECASE,
)

_IBAN = re.compile(
    r"(?<!\w)(?:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?|[Ss][Ee]\d{2}(?: ?\d{4}){5})(?!\w)"
)
_CARD = re.compile(r"(?<!\d)\d{4}(?:[ -]\d{4}){3}(?!\d)")
_CLEARING = re.compile(r"(?<![\d-])8\d{3}-\d[, ]{1,2}(?:\d ?){6,10}-? ?\d(?!\d)")
_GIRO = re.compile(
    r"\b(?:bankgiro|plusgiro|postgiro|bg|pg|konto|clearing|account|tili)\w{0,10}[\s:.#-]{0,3}"
    r"(?:(?:nr|nummer|är|till|på|no|number)[\s:.]{1,2}){0,2}(?P<x>\d(?:[ ,-]{0,2}\d){4,19})(?!\d)",
    re.IGNORECASE,
)
_GIRO_ALONE = re.compile(r"(?<![\d-])[1-9]\d{2,3}-\d{4}(?![\d-])")
_SWISH = re.compile(
    r"\bswish\w{0,4}[\s:]{1,2}(?:\w{1,6}[\s:]{1,2}){0,2}(?P<x>\d(?:[ -]{0,2}\d){7,11})(?!\d)", re.IGNORECASE
)
_HANDLE = re.compile(
    r"(?<![\w@./])@(?=[\d_.]{0,20}[^\W\d_])\w(?:[\w.]{0,28}\w)"
    r"|(?<![\w@./:])(?=[a-zåäö\d.]{0,25}_)(?=[\d_.]{0,10}[a-zåäöA-ZÅÄÖ])[a-zåäöA-ZÅÄÖ\d][\w.]{1,28}\w(?![\w@/])"
)
_SOCIAL = r"(?:snap\w{0,6}|insta\w{0,6}|tiktok\w{0,4}|discord\w{0,3}|telegram\w{0,4}|(?:ع?ال|ب)?سناب\S{0,4}|(?:ع?ال|ب)?انستا\S{0,4}|اینستا\S{0,5}|снеп\w{0,4}|інст\w{0,8}|телеграм\w{0,3}|тікток\w{0,3}|snapie|snapissa|snapin)"
_ODD_NAME = r"(?<![\w@./])(?P<x>(?=[a-zåäö\d]{1,20}[._\d])(?=[\d._]{0,10}[a-zåäö])[a-zåäö\d]{1,20}(?:[._][a-zåäö\d]{1,20}|\d{1,6})[\w.]{0,10})(?<![.])(?![\w@/])"
_NEAR_SOCIAL = (
    re.compile(rf"(?<!\w){_SOCIAL}[^!?\n]{{0,40}}?{_ODD_NAME}", re.IGNORECASE),
    re.compile(rf"{_ODD_NAME}(?=[^!?\n]{{0,12}}\b{_SOCIAL})", re.IGNORECASE),
)
_PROFILE = re.compile(
    r"\b(?:snap|insta|tiktok|discord|telegram|kik|facebook|fb|roblox|steam)\w{0,10}\s{0,2}(?:[:=]|är|is|heter|on)\s{0,2}"
    r"(?P<x>(?=[^\W\d_.]{0,25}[\d_.])\w[\w.]{1,28}\w)",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(
    r"(?<!\d)(?<!\d[.,:])(?!(?:19|20)\d\d-\d\d-\d\d)(?:\d{9,30}|\d{2,6}(?:[ -]\d{1,6}){2,8})(?![\d:%]|[.,]\d)"
)
_ENOUGH_DIGITS = 9

_ID = re.compile(
    r"(?<!\d)(?!0046)(?:(?:19|20)\d{6}|\d{6}) ?[-+] ?(?:\d{4}(?!\d)|[A-Za-z]\d{3}(?!\d)|[xX*]{4})"
)
_ID_PLAIN = re.compile(r"(?<!\d)(?:(?:19|20)\d{6}|\d{6}) ?\d{4}(?!\d)")
_ID_PARTED = re.compile(r"(?<!\d)(?:19|20)?\d\d([-./ ])\d\d\1\d\d ?[-+ ] ?\d{4}(?!\d)")
_BORN = re.compile(
    r"\b(?:född|född den|fodd|born|born on|syntynyt)\s(?P<x>\d{6,8}|\d{2,4}[-/.]\d{1,2}[-/.]\d{1,4})(?!\d)",
    re.IGNORECASE,
)

_NOT_INSIDE_NUMBER = r"(?<!\w)(?<!\d[-.:/,+])"
_GAP = r"[ \-./()]{0,3}"
_MOBILE = re.compile(rf"{_NOT_INSIDE_NUMBER}\(?0{_GAP}7{_GAP}\d(?:{_GAP}\d){{7}}(?!\d)")
_LANDLINE = re.compile(
    rf"{_NOT_INSIDE_NUMBER}\(?(?:08\)?[ \-/.]{{0,3}}\d(?:[ -]{{0,2}}\d){{5,7}}"
    r"|0(?:1[013689]|2[0136]|3[1356]|4[0246]|54|6[03]|77|90)\)?[ \-/.]{0,3}\d(?:[ -]{0,2}\d){4,6}"
    r"|0[1-69]\d\d?\)?[ \-/.]{0,3}\d(?:[ -]{0,2}\d){4,5})(?!\d)"
)
_ABROAD = re.compile(rf"{_NOT_INSIDE_NUMBER}(?:\+|00){_GAP}[1-9](?:{_GAP}\d){{7,13}}(?!\d)")
_WITHOUT_PLUS = re.compile(rf"{_NOT_INSIDE_NUMBER}46{_GAP}(?:0{_GAP})?7{_GAP}\d(?:{_GAP}\d){{7}}(?!\d)")
_CALL = re.compile(
    r"\b(?:tel|tfn|telefon|mobil|mobilnummer|mobilnr|telefonnummer|telefonnr|phone|puhelin|numer|رقم|رقمه|ring mig på|ring honom på|ring henne på|nås på|call me at|sms:?a)"
    r"[\s:.]{1,3}(?:(?:är|nr|nummer|på|till|mig|is)[\s:.]{1,2}){0,2}(?P<x>\d(?:[ -]{0,2}\d){6,10})(?!\d)",
    re.IGNORECASE,
)
_SPELLED = r"(?:noll|ett|två|tva|tre|fyra|fem|sex|sju|åtta|atta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio)?)"
_SPELLED_OUT = re.compile(rf"\b{_SPELLED}(?:[ ,-]{{1,3}}{_SPELLED}){{6,14}}\b", re.IGNORECASE)
_ZERO = r"(?:noll|nolla|zero|oh|нуль|ноль|eber|صفر|sefer)"
_DIGIT = (
    r"(?:yksi|kaksi|kolme|neljä|viisi|kuusi|seitsemän|kahdeksan|yhdeksän|one|two|three|four|five|six|seven|eight|nine|double"
    r"|jeden|dwa|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć|один|два|три|чотири|п['’]?ять|шість|сім|вісім|дев['’]?ять"
    r"|kow|hal|laba|saddex|afar|shan|lix|toddoba|siddeed|sagaal"
    r"|واحد|اثن\w{1,3}|ثلاثة|تلاتة|أربعة|اربعة|خمسة|ستة|سبعة|ثمانية|تمانية|تسعة|یک|دو|سه|چهار|پنج|شش|شیش|هفت|هشت|نه)"
)
# Said digit by digit from the zero on, or the first digits said and the rest written.
_SPELLED_FROM_ZERO = re.compile(
    rf"(?<!\w){_ZERO}(?:[ ,-]{{1,3}}(?:{_ZERO}|{_DIGIT}|{_SPELLED}|\d{{1,4}})){{4,14}}(?!\w)", re.IGNORECASE
)
_PUBLIC_LINES = ("020", "0771", "0770", "058661000", "058648100")
_TIMES = re.compile(r"(?:[01]\d|2[0-4])\.?[0-5]\d ?- ?(?:[01]\d|2[0-4])\.?[0-5]\d")
_YEARS = re.compile(r"(?:19|20)\d\d ?- ?(?:19|20)\d\d")
_DATE = re.compile(r"\d\d[-./ ]\d\d[-./ ](?:19|20)\d\d")

_PLATE = re.compile(r"(?<![\w-])(?:[A-Z]{3}[ -]?\d\d[\dA-Z]|[A-Za-z]{3}-?\d\d[\dA-Za-z])(?![\w-])")
_PLATE_NEAR = re.compile(
    r"\b(?:reg|skylt|nummerplåt|plåt|plate|bil|volvo|saab|bmw|audi|golf|passat|ford|toyota|opel|kia|mercedes|skoda|epa|moped|moppe|a-traktor|car|rekisteri|auto)"
    r"\w{0,16}\b[^.!?\n]{0,45}?(?<!\w)(?P<x>[A-Za-z]{3}[ .-]\d\d[\dA-Za-z]|[A-Za-z] [A-Za-z] [A-Za-z] \d ?\d ?[\dA-Za-z])(?!\w)",
    re.IGNORECASE,
)
_FOREIGN_PLATE = re.compile(
    r"\b(?:plates?|номер\w{0,4}|tablic\w{0,3}|rejestrac\w{0,4}|skylt\w{0,6}|reg\w{0,8}|rekisteri\w{0,6}|kilvet|kilpi|لوحة|نمرة|پلاک|jeździ|kenteken|kennzeichen)\W{1,3}(?:[\w']{1,12}\W{1,2}){0,3}?"
    r"(?P<x>(?![Ee] ?\d\d(?!\d))(?![a-zі] )[A-Za-zА-ЯІЇЄа-яіїє]{1,3}[ -]?\d{2,5}[ -]?[A-Za-zА-ЯІЇЄ]{0,3})(?!\w)"
    r"|(?<!\w)(?P<y>[A-ZА-ЯІЇЄ]{2} ?\d{4} ?[A-ZА-ЯІЇЄ]{2}|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{2,4})(?!\w)"
)
_PLATE_BEFORE = re.compile(
    r"(?<!\w)(?P<x>[A-Za-z]{3}[ .-]\d\d[\dA-Za-z])(?=\W{1,3}(?:\w{1,12}\W{1,2}){0,3}(?:volvo|saab|bmw|audi|golf|passat|ford|toyota|opel|kia|mercedes|skoda|epa|moped|moppe|bil|car|auto)\w{0,12}\b)",
    re.IGNORECASE,
)
_PLATE_UNSAYABLE = re.compile(r"(?<![\w-])[b-df-hj-np-tw-xz]{3} \d\d[\da-hj-npr-z](?![\w-])", re.IGNORECASE)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also written with "(at)" or "snabel-a"."""
    return _matches(text, _EMAIL) if _AT.search(text) else iter(())


def links(text: str) -> Iterator[Span]:
    """Web addresses; those of authorities that anybody may name are left."""
    yield from _matches(text, _LINK, lambda link: not _PUBLIC_SITES.match(link))
    for pattern in (_BARE_LINK, _OTHER_LINK, _NAMED_SITE):
        yield from _matches(text, pattern, lambda link: not _PUBLIC_SITES.match(link))


def accounts(text: str) -> Iterator[Span]:
    """IBAN, cards and bank accounts named as such."""
    yield from _matches(text, _IBAN, lambda iban: sum(sign.isdigit() for sign in iban) >= 10)
    yield from _matches(text, _CARD)
    yield from _matches(text, _CLEARING)
    yield from _matches(text, _GIRO, _is_number)


def profiles(text: str) -> Iterator[Span]:
    """What somebody is called in social media."""
    yield from _matches(text, _HANDLE)
    yield from _matches(text, _PROFILE)
    for pattern in _NEAR_SOCIAL:
        yield from _matches(text, pattern)


def personal_ids(text: str) -> Iterator[Span]:
    """Personnummer and samordningsnummer, right or wrong, with 10 or 12 digits, and dates of birth."""
    yield from _matches(text, _ID)
    yield from _matches(text, _ID_PLAIN, _is_birth_number)
    yield from _matches(text, _ID_PARTED, _is_birth_number)
    yield from _matches(text, _BORN)


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers in Swedish and international writing; emergency and public lines are left."""
    for pattern in (_ABROAD, _WITHOUT_PLUS, _MOBILE, _LANDLINE, _CALL):
        yield from _matches(text, pattern, lambda number: _is_number(number) and not _is_public(number))


def phones_in_words(text: str) -> Iterator[Span]:
    """Telephone numbers as they are said: "noll sju noll …"."""
    for pattern in (_SPELLED_FROM_ZERO, _SPELLED_OUT):
        yield from _matches(text, pattern)


def other_accounts(text: str) -> Iterator[Span]:
    """Swish and giro numbers and long numbers of any kind; to be asked when telephone numbers are taken."""
    yield from _matches(text, _SWISH, lambda number: not _is_public(number))
    yield from _matches(text, _GIRO_ALONE, _is_number)
    yield from _matches(
        text, _LONG_NUMBER, lambda number: len(_digits(number)) >= _ENOUGH_DIGITS and not _is_public(number)
    )


def plates(text: str) -> Iterator[Span]:
    """Registration plates: ABC 123 and ABC 12D; in lower case with a blank only where a vehicle is near."""
    for match in _FOREIGN_PLATE.finditer(text):
        yield Span(*match.span("x" if match["x"] else "y"))
    for pattern in (_PLATE, _PLATE_NEAR, _PLATE_BEFORE, _PLATE_UNSAYABLE):
        yield from _matches(text, pattern, lambda plate: plate[:3].lower() not in context().not_plates)


def _matches(text: str, pattern: re.Pattern[str], test: Test = bool) -> Iterator[Span]:
    group: str | int = "x" if "x" in pattern.groupindex else 0
    return (Span(*match.span(group)) for match in pattern.finditer(text) if test(match.group(group)))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _is_number(text: str) -> bool:
    """Not opening hours, years or a date."""
    return not any(pattern.fullmatch(text.strip()) for pattern in (_TIMES, _YEARS, _DATE))


def _is_public(number: str) -> bool:
    digits = _digits(number)
    for prefix in ("0046", "46"):
        if digits.startswith(prefix):
            digits = "0" + digits.removeprefix(prefix).removeprefix("0")
    return digits.startswith(_PUBLIC_LINES)


def _is_birth_number(text: str) -> bool:
    """A plausible date first, and not a mobile number or a date followed by a time of day."""
    digits = _digits(text)
    month, day = int(digits[-8:-6]), int(digits[-6:-4])
    if not (1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)):
        return False
    if text.isdigit() and len(digits) == 10 and digits.startswith("07"):
        return False
    hour, minute = int(digits[-4:-2]), int(digits[-2:])
    if text[-5] == " " and hour < 25 and minute < 60:
        return _checks(digits[-10:])
    return True


def _checks(digits: str) -> bool:
    """The check digit of a personnummer is right (Luhn)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
