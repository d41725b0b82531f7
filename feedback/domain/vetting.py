"""The twelve points of a good promise, as rules. Each finding says what is missing and how to mend it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from feedback.domain.drafting import Draft
from feedback.domain.owners import externals, externals_in, givers, givers_of
from feedback.domain.wording import dates_in, gaps, heard, limit, names_place, quoted, sentences
from feedback.domain.workdays import months_after, swedish_date

Level = Literal["hard", "warning"]
LAST_HARD_POINT = 8


@dataclass(frozen=True)
class Finding:
    """Something about a draft that should be mended.

    point: 1 to 12, as numbered in the list of what a good promise must contain. level: a hard one stops the
    approval, a warning does not. message: what is missing. mend: how to mend it. Both in Swedish.
    """

    point: int
    level: Level
    message: str
    mend: str


def vet(
    draft: Draft, today: date, evidence: int, active_promises: int = 0, has_cause: bool = False
) -> list[Finding]:
    """Everything to mend in a draft, by point. evidence: reports behind it; active_promises: in the municipality."""
    findings = [
        *_giver(draft),
        *_action(draft),
        *_place(draft),
        *_dates(draft, today),
        *_measure(draft),
        *_owner(draft),
        *_mandate(draft),
        *_follow_up(draft, today),
        *_feedback(draft),
        *_grounds(evidence, has_cause),
        *_equal_treatment(draft),
        *_room(active_promises),
    ]
    return sorted(findings, key=lambda finding: finding.point)


def may_be_approved(findings: Iterable[Finding]) -> bool:
    """No hard finding is left."""
    return not any(finding.level == "hard" for finding in findings)


def _giver(draft: Draft) -> Iterator[Finding]:
    if not draft.givers:
        yield _finding(1, "Det står inte vem som ger löftet.", "Välj kommunen, polisen eller ett bolag.")
    for giver in draft.givers:
        if giver not in givers():
            yield _finding(1, f"”{giver}” är ingen som kan ge ett löfte.", "Välj en givare i listan.")
    yield from _unlisted_givers(draft)
    subject = sentences(draft.doing)[0].split(" lovar ")[0]
    if " lovar " in draft.doing and heard("nobody", subject):
        yield _finding(
            1,
            f"Löftet ges av ”{subject}”, som ingen kan ställa till svars.",
            "Skriv kommunens eller polisens namn.",
        )


def _unlisted_givers(draft: Draft) -> Iterator[Finding]:
    """Whoever the text lets promise must be one who will be asked to say yes."""
    promising = [sentence.split(" lovar ")[0] for sentence in sentences(draft.doing) if " lovar " in sentence]
    for slug, giver in givers().items():
        names = {
            name for name in giver.name.values() for said in promising if name.casefold() in said.casefold()
        }
        if names and slug not in draft.givers:
            yield _finding(
                1,
                f"Texten låter {min(names)} lova, utan att vara med bland löftesgivarna.",
                "Lägg till givaren, eller skriv om texten.",
            )


def _action(draft: Draft) -> Iterator[Finding]:
    written = sentences(draft.doing)
    vague = {quoted("vague", sentence) for sentence in written if heard("vague", sentence)}
    carried = any(heard("concrete", sentence) and not heard("vague", sentence) for sentence in written)
    if not carried:
        because = f": {', '.join(sorted(vague))} kan betyda vad som helst" if vague else ""
        yield _finding(
            2,
            f"Det går inte att se utifrån om löftet blev gjort{because}.",
            "Skriv något som går att svara ja eller nej på: laga, röja, kontrollera, besöka, bjuda in.",
        )
    elif vague:
        yield Finding(
            2, "warning", f"Vaga ord: {', '.join(sorted(vague))}.", "Stryk meningen eller skriv vad ni gör."
        )
    if left := sorted({gap for text in _texts(draft) for gap in gaps(text)}):
        yield _finding(2, f"Texten har en lucka: {', '.join(left)}.", "Fyll i det som saknas.")


def _place(draft: Draft) -> Iterator[Finding]:
    text = f"{draft.title}. {draft.doing}"
    if not (names_place(text) or heard("where", text)):
        yield _finding(3, "Det står inte var löftet gäller eller för vem.", "Skriv platsen eller målgruppen.")


def _dates(draft: Draft, today: date) -> Iterator[Finding]:
    if draft.due_on < today:
        yield _finding(
            4, f"Slutdatum {swedish_date(draft.due_on)} har passerat.", "Välj ett datum som inte har varit."
        )
    if draft.starts_on > draft.due_on:
        yield _finding(
            4, "Löftet börjar efter att det ska vara klart.", "Byt plats på datumen eller ändra ett."
        )
    if draft.due_on > months_after(today, limit("max_months")):
        yield Finding(
            4, "warning", "Slutdatum ligger långt bort.", "Dela upp löftet eller välj ett närmare datum."
        )
    for day in dates_in(draft.doing):
        if day < today or day > max(draft.follow_up_on, draft.due_on):
            yield _finding(
                4,
                f"I texten står {swedish_date(day)}, som ligger utanför löftets tid.",
                "Ändra datumet i texten så att det stämmer med start, slut och uppföljning.",
            )


def _measure(draft: Draft) -> Iterator[Finding]:
    if not draft.measure.strip():
        yield _finding(
            5, "Det står inte vad som ska mätas.", "Skriv vad ni räknar, till exempel antal kontroller."
        )
    if draft.target < 1:
        yield _finding(
            5, "Målet saknar siffra.", "Skriv hur mycket som krävs för att löftet ska vara hållet."
        )
    if not draft.unit.strip():
        yield _finding(5, "Målet saknar enhet.", "Skriv enheten, till exempel kontroller i veckan.")
    if promised := quoted("effect", draft.doing):
        yield Finding(
            5,
            "warning",
            f"Löftet lovar en verkan som ingen råder över ensam: {promised}.",
            "Lova det ni gör. Visa verkan som en siffra vid sidan av.",
        )


def _owner(draft: Draft) -> Iterator[Finding]:
    if not draft.owner.strip():
        yield _finding(6, "Det står inte vem som ansvarar.", "Välj en ansvarig funktion, inte en person.")
    elif not givers_of(draft.owner) and not externals_in(draft.owner):
        yield _finding(
            6,
            f"”{draft.owner}” är ingen funktion vi känner till.",
            "Skriv funktionen och nämnden eller bolaget, till exempel gata och park, servicenämnden.",
        )


def _mandate(draft: Draft) -> Iterator[Finding]:
    belongs_to = givers_of(draft.owner)
    if externals_in(draft.owner) and not belongs_to:
        yield _finding(
            7,
            f"{draft.owner} kan inte ansvara för vårt löfte.",
            "Välj en egen ansvarig och lova att ta upp frågan och berätta svaret.",
        )
    elif belongs_to and not belongs_to & set(draft.givers):
        yield _finding(
            7,
            f"Den som ansvarar, {draft.owner}, hör inte till någon av dem som lovar.",
            "Lägg till givaren, eller välj en ansvarig hos dem som lovar.",
        )
    for name in _promised_for_others(draft):
        yield _finding(
            7,
            f"Löftet gäller något som {name} bestämmer över.",
            f"Skriv att ni tar upp det med {name} och berättar svaret.",
        )


def _promised_for_others(draft: Draft) -> list[str]:
    """Those outside the givers whose decision is promised rather than asked for."""
    written = sentences(draft.doing)
    named = {externals()[slug] for sentence in written for slug in externals_in(sentence)}
    unasked = {
        externals()[slug]
        for sentence in written
        if not heard("asks", sentence)
        for slug in externals_in(sentence)
    }
    if draft.external and not (heard("asks", draft.doing) and draft.external in named):
        unasked.add(draft.external)
    return sorted(unasked)


def _follow_up(draft: Draft, today: date) -> Iterator[Finding]:
    if draft.follow_up_on < draft.due_on or draft.follow_up_on < today:
        yield _finding(
            8,
            f"Uppföljningen {swedish_date(draft.follow_up_on)} kommer för tidigt.",
            "Välj ett datum efter att löftet ska vara klart.",
        )


def _feedback(draft: Draft) -> Iterator[Finding]:
    if not heard("feedback", f"{draft.doing} {draft.outcome}"):
        yield Finding(
            9,
            "warning",
            "Det står inte hur den som bor där får veta hur det gick.",
            "Skriv när och var ni berättar, till exempel på den här sidan.",
        )


def _grounds(evidence: int, has_cause: bool) -> Iterator[Finding]:
    if evidence < 1:
        yield Finding(
            10,
            "warning",
            "Löftet saknar underlag.",
            "Koppla rapporter, en trygghetsvandring eller statistik.",
        )
    if not has_cause:
        yield Finding(
            10,
            "warning",
            "Ingen trolig orsak är beskriven.",
            "Skriv varför det händer just där, och vad som talar emot.",
        )


def _equal_treatment(draft: Draft) -> Iterator[Finding]:
    if named := quoted("groups", " ".join(_texts(draft))):
        yield Finding(
            11,
            "warning",
            f"Texten kan peka ut människor: {named}.",
            "Beskriv vad som händer, var och när, inte vilka det verkar vara.",
        )


def _room(active_promises: int) -> Iterator[Finding]:
    if active_promises >= limit("max_active"):
        yield Finding(
            12,
            "warning",
            f"Kommunen har redan {active_promises} pågående löften.",
            f"Avsluta ett löfte först. Fler än {limit('max_active')} samtidigt är svåra att hålla.",
        )


def _finding(point: int, message: str, mend: str) -> Finding:
    return Finding(point, "hard" if point <= LAST_HARD_POINT else "warning", message, mend)


def _texts(draft: Draft) -> tuple[str, ...]:
    return draft.title, draft.situation, draft.doing, draft.outcome, draft.measure
