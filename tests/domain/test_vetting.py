"""The twelve points, tried on promises that Swedish municipalities and police really have given."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.drafting import Draft
from feedback.domain.vetting import Finding, may_be_approved, vet

TODAY = date(2027, 1, 11)
CLOSING = " Vi berättar hur det går på den här sidan senast den 1 juni 2027."

GOOD = Draft(
    catalogue_id="",
    kind="lighting",
    title="Lagade lampor i Skranta",
    situation="Från den 1 till den 30 november 2026 kom 12 rapporter om belysning i Skranta.",
    doing="Karlskoga kommun lovar att laga alla lampor i Skranta senast den 3 maj 2027." + CLOSING,
    outcome="När du går här i mörker lyser lamporna.",
    measure="Andel lampor som lyser",
    target=100,
    unit="procent",
    givers=("municipality",),
    owner="gata och park, samhällsbyggnadsnämnden",
    external=None,
    starts_on=date(2027, 2, 1),
    due_on=date(2027, 5, 3),
    follow_up_on=date(2027, 6, 1),
)


def points(draft: Draft, level: str = "hard", **circumstances: object) -> list[int]:
    known = {"evidence": 12, "has_cause": True, **circumstances}
    found = vet(draft, TODAY, **known)  # type: ignore[arg-type]
    return [finding.point for finding in found if finding.level == level]


def promised(doing: str, giver: str) -> Draft:
    """A real promise, told in our own words, with everything but its wording in order."""
    owner = "kommunpolisen" if giver == "police" else "trygghetssamordnaren, kommunstyrelsen"
    return replace(GOOD, title="Ett löfte", doing=doing + CLOSING, givers=(giver,), owner=owner)


CONCRETE = [
    (
        "Karlskoga 2016",
        "police",
        "Polisen lovar att kontakta brottsoffer inom en vecka från att en utredare är utsedd.",
    ),
    (
        "Degerfors 2018",
        "municipality",
        "Kommunen lovar att gå trygghetsvandringar i Degerfors centrum och Svartå och att avsätta pengar till lampor längs stråken.",
    ),
    (
        "Askersund 2018",
        "municipality",
        "Kommunen lovar att hålla minst två trygghetsvandringar per termin i Askersund.",
    ),
    (
        "Kristinehamn 2016",
        "municipality",
        "Kommunen lovar att ordna minst två grannsamverkansmöten om året i Kristinehamn.",
    ),
    ("Storfors 2017", "police", "Polisen lovar att gå en fotpatrull i Storfors och besöka butikerna."),
    ("Kil 2018", "police", "Polisen lovar att göra minst två insatser i Kil mot försäljning till unga."),
    (
        "Forshaga 2017",
        "police",
        "Polisen lovar att göra minst en trafikkontroll i veckan i Forshaga och besöka alla högstadieskolor.",
    ),
    (
        "Malung-Sälen 2016",
        "municipality",
        "Kommunen lovar att bjuda in dem som kör A-traktor i Malung till möte i januari och i mars fråga om det blev bättre.",
    ),
    ("Norberg 2015", "police", "Polisen lovar att patrullera runt sjön Noren en gång per dygn."),
    (
        "Göteborg Centrum 2018",
        "police",
        "Polisen lovar att genomföra minst sex kontroller mot narkotikahandel i Göteborgs centrum.",
    ),
    (
        "Grästorp 2022",
        "police",
        "Polisen lovar att kontrollera trafiken i Grästorp där invånarna har bett om det.",
    ),
    ("Lilla Edet 2020", "municipality", "Kommunen lovar att röja sly på 25 ställen i Lilla Edet."),
    (
        "Kungsbacka 2016",
        "police",
        "Polisen lovar att kontrollera trafiken minst en gång i veckan på vägar som invånarna har klagat på.",
    ),
    ("Luleå 2017", "police", "Polisen lovar att göra minst en trafikkontroll per dygn i Luleå."),
    (
        "Luleå 2018",
        "municipality",
        "Kommunen lovar att kontrollera alla gångtunnlar fyra gånger om året och laga ljus och skador.",
    ),
    ("Kalix 2018", "police", "Polisen lovar att vara på plats i Kalix i genomsnitt tre gånger i veckan."),
    ("Piteå 2023", "police", "Polisen lovar att hålla minst tre medborgarmöten om året i Piteå."),
    (
        "Skellefteå 2021",
        "municipality",
        "Kommunen lovar att ordna minst fem trygghetsvandringar om året i Skellefteå.",
    ),
    ("Dorotea 2019", "police", "Polisen lovar att göra minst en nykterhetskontroll i månaden i Dorotea."),
    (
        "Malå 2024",
        "police",
        "Polisen lovar att vara ute i Malå minst tre kvällar och besöka serveringsställen.",
    ),
]
VAGUE = [
    ("Karlskoga 2016", "municipality", "Kommunen lovar att intensifiera arbetet mot störningar och missbruk i Karlskoga."),
    ("Karlskoga 2016", "police", "Polisen lovar att ha tydligare fokus på ordningen i Karlskoga."),
    ("Degerfors 2016", "municipality", "Kommunen lovar att öka tryggheten på gång- och cykelvägar i Degerfors."),
    ("Degerfors 2016", "police", "Polisen lovar ökad närvaro och fler kontakter i Degerfors centrum."),
    ("Degerfors 2016", "police", "Polisen lovar att förebygga och beivra trafikbrott i Degerfors, Åtorp och Svartå."),
    ("Laxå 2018", "police", "Polisen lovar att prioritera närvaro i Laxå."),
    ("Askersund 2018", "police", "Polisen lovar att arbeta mot störande trafik i Askersund."),
    ("Örebro, Vivalla", "municipality", "Kommunen lovar insatser mot våld, droger och nedskräpning i Vivalla."),
    ("Kungsör 2024", "police", "Polisen lovar att arbeta med täta lägesbilder i Kungsör och följa upp dem löpande."),
    ("Lund 2017", "municipality", "Kommunen lovar att stärka ungas inflytande och verka för fler vuxna i Lund."),
    ("Lomma 2018", "municipality", "Kommunen lovar att oron för inbrott i Lomma ska bli mindre."),
    ("Luleå 2017", "police", "Polisen lovar att införa nya arbetsmetoder i Luleå."),
    ("Lycksele 2023", "police", "Polisen lovar att fokusera på narkotika i Lycksele."),
    ("Umeå 2025", "municipality", "Kommunen lovar att främja flickors trygghet i Umeå."),
]  # fmt: skip


@pytest.mark.parametrize(("where", "giver", "doing"), CONCRETE, ids=[row[0] for row in CONCRETE])
def test_concrete_promises_pass(where: str, giver: str, doing: str) -> None:
    assert points(promised(doing, giver)) == []


@pytest.mark.parametrize(("where", "giver", "doing"), VAGUE, ids=[row[0] for row in VAGUE])
def test_vague_promises_are_caught(where: str, giver: str, doing: str) -> None:
    assert 2 in points(promised(doing, giver))


def test_a_whole_promise_has_nothing_to_mend() -> None:
    assert vet(GOOD, TODAY, evidence=12, has_cause=True) == []


class TestGiver:
    def test_someone_must_promise(self) -> None:
        assert 1 in points(replace(GOOD, givers=()))

    def test_it_must_be_someone_who_can(self) -> None:
        assert 1 in points(replace(GOOD, givers=("municipality", "society")))

    def test_society_is_nobody(self) -> None:
        assert points(replace(GOOD, doing="Samhället lovar att laga alla lampor i Skranta." + CLOSING)) == [1]


class TestAction:
    def test_a_vague_sentence_beside_a_concrete_one_is_a_warning(self) -> None:
        both = replace(GOOD, doing=GOOD.doing + " Kommunen ser över belysningen löpande.")
        assert points(both) == []
        assert points(both, "warning") == [2]

    def test_a_concrete_verb_does_not_save_a_vague_sentence(self) -> None:
        assert points(
            replace(GOOD, doing="Vi verkar för att laga lampor i Skranta vid behov." + CLOSING)
        ) == [2]

    def test_the_vague_words_are_named(self) -> None:
        (found,) = vet(
            replace(GOOD, doing="Vi verkar för att laga lampor i Skranta." + CLOSING), TODAY, 12, 0, True
        )
        assert "”verkar för”" in found.message

    @pytest.mark.parametrize("gap", ["[datum]", "{due}", "XX", "____", "…"])
    def test_a_gap_must_be_filled(self, gap: str) -> None:
        assert points(replace(GOOD, doing=f"Kommunen lovar att laga {gap} lampor i Skranta." + CLOSING)) == [
            2
        ]


class TestPlace:
    def test_nowhere_is_not_a_place(self) -> None:
        nowhere = replace(GOOD, title="Lagade lampor", doing="Kommunen lovar att laga lampor." + CLOSING)
        assert points(nowhere) == [3]

    @pytest.mark.parametrize(
        "where", ["på torget", "för alla elever", "längs stråket vid Letälven", "i Åtorp"]
    )
    def test_a_place_or_those_it_is_for_is_enough(self, where: str) -> None:
        here = replace(GOOD, title="Lampor", doing=f"Kommunen lovar att laga lampor {where}." + CLOSING)
        assert points(here) == []


class TestDates:
    def test_a_day_gone_by_cannot_be_promised(self) -> None:
        assert 4 in points(replace(GOOD, due_on=date(2027, 1, 10)))

    def test_today_can(self) -> None:
        assert points(replace(GOOD, starts_on=TODAY, due_on=TODAY)) == []

    def test_the_start_comes_first(self) -> None:
        assert points(replace(GOOD, starts_on=date(2027, 5, 4))) == [4]

    def test_years_ahead_is_a_warning(self) -> None:
        late = replace(GOOD, due_on=date(2029, 5, 3), follow_up_on=date(2029, 6, 1))
        assert points(late, "warning") == [4]

    @pytest.mark.parametrize("day", ["den 3 maj 2026", "den 2 juni 2027", "den 3 MAJ 2030"])
    def test_a_date_left_in_the_text_when_the_promise_moved(self, day: str) -> None:
        stale = f"Kommunen lovar att laga alla lampor i Skranta senast {day}."
        assert points(replace(GOOD, doing=stale + CLOSING)) == [4]


class TestMeasure:
    @pytest.mark.parametrize("missing", [{"measure": " "}, {"target": 0}, {"unit": ""}])
    def test_number_unit_and_what_is_counted(self, missing: dict[str, object]) -> None:
        assert points(replace(GOOD, **missing)) == [5]  # type: ignore[arg-type]

    def test_an_effect_is_not_ours_to_promise(self) -> None:
        effect = replace(GOOD, doing=GOOD.doing + " Brotten minskar i hela kommunen.")
        assert points(effect, "warning") == [5]


class TestOwnerAndMandate:
    def test_nobody_answers(self) -> None:
        assert points(replace(GOOD, owner="")) == [6]

    def test_a_person_is_not_a_function(self) -> None:
        assert points(replace(GOOD, owner="Anna Ek")) == [6]

    def test_the_owner_belongs_to_someone_who_promises(self) -> None:
        assert points(replace(GOOD, owner="kommunpolisen i Karlskoga")) == [7]
        assert (
            points(replace(GOOD, owner="kommunpolisen i Karlskoga", givers=("municipality", "police"))) == []
        )

    def test_an_authority_outside_cannot_own_it(self) -> None:
        assert points(replace(GOOD, owner="Trafikverket")) == [7]

    def test_what_another_decides_is_not_promised(self) -> None:
        theirs = "Kommunen lovar att Trafikverket sätter upp lampor i tunneln under E18."
        (found,) = vet(replace(GOOD, doing=theirs + CLOSING), TODAY, 12, has_cause=True)
        assert found.point == 7
        assert "tar upp det med Trafikverket" in found.mend

    def test_but_it_can_be_brought_up(self) -> None:
        asked = "Kommunen lovar att ta upp lamporna i tunneln med Trafikverket och berätta svaret."
        assert points(replace(GOOD, doing=asked + CLOSING, external="Trafikverket")) == []

    def test_an_external_owner_must_be_named_in_the_text(self) -> None:
        assert points(replace(GOOD, external="Region Örebro län")) == [7]


def test_follow_up_comes_after_the_promise() -> None:
    assert 8 in points(replace(GOOD, follow_up_on=date(2027, 5, 2)))


class TestWarnings:
    def test_tell_people_how_it_went(self) -> None:
        silent = replace(GOOD, doing="Kommunen lovar att laga alla lampor i Skranta.")
        assert points(silent, "warning") == [9]

    def test_evidence_and_cause(self) -> None:
        assert points(GOOD, "warning", evidence=0) == [10]
        assert points(GOOD, "warning", has_cause=False) == [10]

    @pytest.mark.parametrize(
        "words", ["ungdomsgänget på torget", "missbrukare vid bänken", "Personer i grupp"]
    )
    def test_people_are_not_pointed_out(self, words: str) -> None:
        pointing = replace(GOOD, situation=f"{words} stör.")
        assert points(pointing, "warning") == [11]
        assert points(pointing) == []

    def test_the_situation_in_behaviour_place_and_time_is_fine(self) -> None:
        told = replace(
            GOOD, situation="Efter klockan 21 är det svårt att passera entrén. Unga och äldre går omvägar."
        )
        assert points(told, "warning") == []

    def test_few_promises_at_a_time(self) -> None:
        assert points(GOOD, "warning", active_promises=4) == []
        assert points(GOOD, "warning", active_promises=5) == [12]


def test_only_hard_findings_stop_the_approval() -> None:
    hard, soft = Finding(4, "hard", "", ""), Finding(10, "warning", "", "")
    assert may_be_approved([])
    assert may_be_approved([soft, soft])
    assert not may_be_approved([soft, hard])


wild = st.text(max_size=200)


@given(st.builds(replace, st.just(GOOD), title=wild, doing=wild, outcome=wild, owner=wild, unit=wild))
def test_whatever_an_editor_types_the_answer_is_ordered_and_whole(typed: Draft) -> None:
    found = vet(typed, TODAY, evidence=3)
    assert [finding.point for finding in found] == sorted(finding.point for finding in found)
    for finding in found:
        assert 1 <= finding.point <= 12
        assert finding.level == "warning" or finding.point <= 8
        assert finding.message
        assert finding.mend.endswith(".")
