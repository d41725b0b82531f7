"""From counted facts to a candidate promise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.domain.drafting import Draft, Facts, NoPromiseText, alternatives, draft, swedish_date
from feedback.domain.owners import UnknownMunicipality, municipalities, needs
from feedback.domain.promise_texts import KINDS, TITLE_LENGTH, promise_texts, texts_for
from feedback.domain.situation import TIMES
from feedback.domain.themes import themes
from feedback.domain.vetting import may_be_approved, vet
from feedback.domain.workdays import SEASONS, months_after, period, working_day

NOVEMBER = date(2026, 11, 23)
E18 = "i gångtunneln under E18 vid Bregårdsskolan"
PLACES = (None, "i Skranta", "på Alfred Nobels torg", E18)
DAYS = (date(2026, 1, 2), date(2026, 7, 1), NOVEMBER)
PROMISED = [slug for slug in themes() if slug != "not_safety"]


def facts(theme: str, place: str | None = "i Skranta", **changes: object) -> Facts:
    usual = Facts(
        municipality="karlskoga",
        theme=theme,
        place=place,
        reports=12,
        voices=12,
        weeks=4,
        first=date(2026, 10, 20),
        last=date(2026, 11, 20),
        needs={},
        texts=(),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def every_draft(given: Facts, today: date) -> list[Draft]:
    return [draft(given, today), *alternatives(given, today)]


@pytest.mark.parametrize("municipality", municipalities())
@pytest.mark.parametrize("theme", PROMISED)
def test_every_draft_could_be_signed(theme: str, municipality: str) -> None:
    for place in PLACES:
        for today in DAYS:
            for made in every_draft(facts(theme, place, municipality=municipality), today):
                findings = vet(made, today, evidence=12, has_cause=True)
                assert findings == [], (made.catalogue_id, place, today)
                assert len(made.title) <= TITLE_LENGTH
                assert today < made.starts_on <= made.due_on <= made.follow_up_on
                for text in (made.title, made.situation, made.doing, made.outcome, made.measure):
                    assert text == " ".join(text.split())
                    assert not set("{}[]") & set(text)
                for text in (made.situation, made.doing, made.outcome):
                    assert text.endswith(".")
                    assert text[0].isupper()


def test_each_kind_of_promise_is_drafted_somewhere() -> None:
    made = {each.kind for theme in PROMISED for each in every_draft(facts(theme), NOVEMBER)}
    assert made == set(KINDS)


class TestThreeTunnelsThreePromises:
    """The same theme and place, but people say different things."""

    def test_a_dark_tunnel_is_lit(self) -> None:
        dark = facts(
            "underpass",
            "i gångtunneln i Sandviken",
            needs={"light": 9},
            texts=["kolsvart i tunneln", "lampan lyser inte", "så mörkt att man inte ser", "otäckt"],
        )
        assert draft(dark, NOVEMBER).catalogue_id == "tunnel_lit"

    def test_mopeds_are_stopped(self) -> None:
        mopeds = facts(
            "underpass",
            "i gångtunneln i Sandviken",
            needs={"slower": 6, "light": 2},
            texts=["mopeder kör genom tunneln", "moppe i full fart", "nästan påkörd av en epa"],
        )
        made = draft(mopeds, NOVEMBER)
        assert made.catalogue_id == "tunnel_mopeds"
        assert "rullstol" in made.doing

    def test_a_vandalised_tunnel_is_restored(self) -> None:
        broken = facts(
            "underpass",
            "i gångtunneln i Sandviken",
            needs={"repair": 5, "clear": 4},
            texts=["klotter överallt", "luktar kiss", "glas på marken och klottrat"],
        )
        assert draft(broken, NOVEMBER).catalogue_id == "tunnel_restored"

    def test_the_tunnel_under_the_state_road_is_asked_about(self) -> None:
        dark = facts("underpass", E18, needs={"light": 9}, texts=["kolsvart i tunneln", "lampan lyser inte"])
        made = draft(dark, NOVEMBER)
        assert made.external == "Trafikverket"
        assert "Vad Trafikverket beslutar kan vi inte lova, men vi berättar svaret här." in made.doing

    def test_lamps_under_the_state_road_are_not_ours_to_mend(self) -> None:
        broken = facts("lighting", E18, needs={"light": 9, "repair": 7}, texts=["lampan lyser inte"] * 3)
        made = draft(broken, NOVEMBER)
        assert made.catalogue_id == "state_road_light"
        assert made.external == "Trafikverket"

    def test_nor_where_several_say_that_it_is_under_the_state_road(self) -> None:
        told = facts(
            "lighting", "i tunneln", texts=["mörkt under E18", "släckt i tunneln under e18", "otäckt"]
        )
        assert draft(told, NOVEMBER).external == "Trafikverket"
        assert all(made.external is None for made in every_draft(facts("lighting"), NOVEMBER))


class TestWhatDecidesTheText:
    def test_what_can_begin_soon_goes_before_what_must_wait_for_its_season(self) -> None:
        made = draft(facts("crossing", texts=[]), NOVEMBER)
        assert made.starts_on - NOVEMBER < timedelta(days=120)

    def test_needs_decide(self) -> None:
        assert draft(facts("speed", needs={"police": 8}), NOVEMBER).catalogue_id == "speed_checks"
        assert draft(facts("speed", needs={"repair": 8}), NOVEMBER).catalogue_id == "speed_calmed"

    def test_one_voice_alone_decides_nothing(self) -> None:
        nobody = draft(facts("theft", texts=["inget", "ingenting", "nej"]), NOVEMBER)
        one = draft(facts("theft", texts=["inbrott i villan hos grannen", "ingenting", "nej"]), NOVEMBER)
        two = draft(facts("theft", texts=["inbrott i villan", "grannens bil", "nej"]), NOVEMBER)
        assert nobody.catalogue_id == one.catalogue_id == "locks_and_light"
        assert two.catalogue_id == "neighbours_together"

    def test_the_alternatives_are_the_other_texts_of_the_theme(self) -> None:
        given = facts("lighting")
        ids = [made.catalogue_id for made in every_draft(given, NOVEMBER)]
        fitting = [text.id for text in texts_for("lighting", "karlskoga") if not text.at]
        assert sorted(ids) == sorted(fitting)
        assert len(ids) >= 2

    def test_times_are_written_into_the_promise(self) -> None:
        nights = draft(facts("speed", needs={"police": 8}, times={"night": 6, "day": 1}), NOVEMBER)
        unknown = draft(facts("speed", needs={"police": 8}), NOVEMBER)
        assert "framför allt på nätterna" in nights.doing
        assert "vid de tider ni har berättat om" in unknown.doing

    def test_staff_come_when_it_happens(self) -> None:
        by_day = facts("disturbance", needs={"adults": 9}, times={"day": 7, "evening": 1})
        by_night = facts("disturbance", needs={"adults": 9}, times={"night": 7})
        assert "klockan 12–17" in draft(by_day, NOVEMBER).doing
        assert "klockan 21–02" in draft(by_night, NOVEMBER).doing


class TestPlaces:
    @pytest.mark.parametrize(
        ("theme", "place", "there"),
        [
            ("underpass", "i Sandviken", "i tunneln i Sandviken"),
            ("underpass", E18, E18),
            ("underpass", None, "i tunnlar ni nämnt i Karlskoga"),
            ("speed", "i Skranta", "på gatorna i Skranta"),
            ("speed", "på Centralplan", "på gatorna vid Centralplan"),
            ("speed", "på Botorpsvägen", "farten på Botorpsvägen"),
            ("speed", "i centrala Karlskoga", "på gatorna i centrala Karlskoga"),
            ("stop", "vid busstationen i Karlskoga", "besök vid busstationen i Karlskoga"),
            ("stop", "i parken", "vid hållplatserna vid parken"),
            ("bullying", "vid Bregårdsskolan", "ute på varje rast vid Bregårdsskolan"),
            ("lighting", None, "på platser ni nämnt i Karlskoga"),
        ],
    )
    def test_the_place_stands_right_in_the_sentence(self, theme: str, place: str | None, there: str) -> None:
        wishes = {"light": 3, "police": 3, "adults": 4}
        assert there in draft(facts(theme, place, needs=wishes), NOVEMBER).doing

    def test_fraud_and_silence_after_crime_have_no_place(self) -> None:
        for theme in ("fraud", "victim_contact"):
            made = draft(facts(theme, "på Skranta torg"), NOVEMBER)
            assert "Skranta" not in made.title + made.doing + made.situation

    def test_a_place_too_long_for_the_title_gives_way_to_the_municipality(self) -> None:
        long = "på den lilla stigen mellan gamla brandstationen och nya förskolan i norra Sandviken"
        made = draft(facts("lighting", long), NOVEMBER)
        assert made.title == "Lagade lampor i Karlskoga"
        assert long in made.doing


class TestWhoPromises:
    def test_the_energy_company_promises_only_where_it_has_the_lamps(self) -> None:
        karlskoga = draft(facts("lighting", needs={"repair": 5}), NOVEMBER)
        degerfors = draft(
            facts("lighting", "i Åtorp", needs={"repair": 5}, municipality="degerfors"), NOVEMBER
        )
        assert karlskoga.givers == ("municipality", "energy")
        assert karlskoga.doing.startswith("Karlskoga kommun och Karlskoga Energi & Miljö lovar att laga")
        assert degerfors.givers == ("municipality",)
        assert degerfors.owner == "gatubelysningen, servicenämnden"

    def test_a_police_promise_says_what_happens_when_it_is_called_off(self) -> None:
        for theme in PROMISED:
            for made in every_draft(facts(theme), NOVEMBER):
                assert ("Måste vi ställa in skriver vi det här." in made.doing) == ("police" in made.givers)

    def test_every_promise_ends_with_when_we_tell_and_who_answers(self) -> None:
        for theme in PROMISED:
            for made in every_draft(facts(theme), NOVEMBER):
                when = swedish_date(made.follow_up_on)
                assert made.doing.endswith(
                    f"Vi berättar hur det går på den här sidan senast {when}. Ansvarig: {made.owner}."
                )

    @pytest.mark.parametrize("theme", ["dealing", "use_in_public"])
    def test_whoever_is_met_about_drugs_is_offered_care(self, theme: str) -> None:
        for made in every_draft(facts(theme), NOVEMBER):
            assert "erbjudande om stöd och vård" in made.doing


class TestSituation:
    def test_it_counts_and_does_not_quote(self) -> None:
        made = draft(
            facts(
                "lighting",
                voices=9,
                needs={"light": 8, "repair": 3, "other": 12},
                times={"evening": 6, "night": 5},
                unsafe_dark=(9, 14),
                texts=["zebrafinken säger sitt", "zebrafinken igen"],
            ),
            NOVEMBER,
        ).situation
        assert made.startswith(
            "Från den 20 oktober 2026 till den 20 november 2026 kom 12 rapporter om trasig eller svag belysning "
            "i Skranta, fördelade på 4 veckor. När upprepningar räknas bort är det 9 röster."
        )
        assert "Det händer framför allt på kvällarna och på nätterna." in made
        assert "Av de 14 som svarat på frågan känner 9 sig otrygga där när det är mörkt." in made
        assert "”mer ljus” (8 rapporter) och ”laga eller ta bort” (några rapporter)" in made
        assert "zebrafinken" not in made

    def test_few_are_some(self) -> None:
        made = draft(facts("lighting", reports=4, voices=4, needs={"light": 3}), NOVEMBER).situation
        assert "kom några rapporter" in made
        assert "(några rapporter)" in made

    @pytest.mark.parametrize(
        ("answers", "told"),
        [
            ((3, 9), None),
            ((0, 40), None),
            ((3, 20), "känner några sig"),
            ((18, 20), "känner nästan alla sig"),
            ((20, 20), "känner alla sig"),
            ((12, 20), "känner 12 sig"),
        ],
    )
    def test_answers_about_the_dark_never_single_anyone_out(
        self, answers: tuple[int, int], told: str | None
    ) -> None:
        made = draft(facts("lighting", unsafe_dark=answers), NOVEMBER).situation
        assert ("mörkt" in made) == (told is not None)
        assert (told or "") in made

    def test_one_day_is_one_day(self) -> None:
        made = draft(facts("lighting", last=date(2026, 10, 20), weeks=1), NOVEMBER).situation
        assert made.startswith(
            "Den 20 oktober 2026 kom 12 rapporter om trasig eller svag belysning i Skranta."
        )

    def test_it_says_when_every_report_is_disposed_of(self) -> None:
        made = draft(facts("lighting", reports=0, voices=0), NOVEMBER)
        assert made.situation == "Rapporterna bakom förslaget är gallrade."


class TestDays:
    def test_a_date_in_swedish(self) -> None:
        assert swedish_date(date(2027, 3, 1)) == "den 1 mars 2027"

    @pytest.mark.parametrize(
        ("day", "worked"),
        [
            (date(2027, 3, 26), date(2027, 3, 30)),  # Good Friday to the Tuesday after Easter
            (date(2026, 5, 14), date(2026, 5, 15)),  # Ascension Day
            (date(2026, 6, 19), date(2026, 6, 22)),  # Midsummer Eve
            (date(2026, 12, 24), date(2026, 12, 28)),
            (date(2026, 11, 23), date(2026, 11, 23)),
        ],
    )
    def test_holidays_are_not_worked(self, day: date, worked: date) -> None:
        assert working_day(day) == worked

    def test_months_end_where_they_end(self) -> None:
        assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
        assert months_after(date(2026, 12, 15), 2) == date(2027, 2, 15)

    def test_bushes_are_not_cleared_in_the_snow(self) -> None:
        made = draft(facts("sightlines", needs={"clear": 9}), NOVEMBER)
        assert made.catalogue_id == "bushes_cleared"
        assert (4, 15) <= (made.due_on.month, made.due_on.day) <= (11, 2)

    def test_fireworks_are_met_before_new_year(self) -> None:
        made = draft(facts("fireworks", needs={"police": 9}), date(2026, 9, 1))
        assert made.starts_on == date(2026, 12, 1)
        assert made.due_on == date(2027, 1, 5)

    @given(
        st.dates(date(2024, 1, 1), date(2060, 1, 1)),
        st.integers(1, 30),
        st.sampled_from([None, *SEASONS]),
    )
    def test_a_period_begins_and_ends_on_working_days(
        self, earliest: date, weeks: int, season: str | None
    ) -> None:
        start, due = period(earliest, weeks, season)
        assert earliest <= start <= due
        assert working_day(start) == start
        assert working_day(due) == due
        assert (start - earliest).days < 370


def test_a_theme_without_promise_text_says_so() -> None:
    for theme in ("not_safety", "a_theme_long_gone"):
        with pytest.raises(NoPromiseText):
            draft(facts(theme), NOVEMBER)
        assert alternatives(facts(theme), NOVEMBER) == []


def test_an_unknown_municipality_is_refused() -> None:
    with pytest.raises(UnknownMunicipality):
        draft(facts("lighting", municipality="hällefors"), NOVEMBER)


some_facts = st.builds(
    Facts,
    municipality=st.sampled_from(municipalities()),
    theme=st.sampled_from(PROMISED),
    place=st.sampled_from(PLACES),
    reports=st.integers(0, 400),
    voices=st.integers(0, 400),
    weeks=st.integers(0, 60),
    first=st.just(date(2026, 1, 5)),
    last=st.dates(date(2026, 1, 5), date(2026, 12, 1)),
    needs=st.dictionaries(st.sampled_from(list(needs())), st.integers(0, 40)),
    texts=st.lists(
        st.text(max_size=60) | st.sampled_from(["kolsvart", "epor som kör", "klotter"]), max_size=6
    ),
    times=st.dictionaries(st.sampled_from([*TIMES, "teatime"]), st.integers(0, 30)),
    unsafe_dark=st.none() | st.tuples(st.integers(0, 20), st.integers(20, 60)),
)


@settings(max_examples=150)
@given(some_facts, st.dates(date(2024, 1, 1), date(2050, 1, 1)))
def test_whatever_the_reports_say_the_draft_holds(given: Facts, today: date) -> None:
    made = draft(given, today)
    assert may_be_approved(vet(made, today, evidence=given.reports))
    assert len(made.title) <= TITLE_LENGTH
    assert draft(replace(given, texts=list(reversed(given.texts))), today) == made


@settings(max_examples=80)
@given(some_facts)
def test_counts_below_five_are_never_told(given: Facts) -> None:
    few = replace(
        given,
        reports=min(given.reports, 4),
        voices=min(given.voices, 4),
        needs={need: min(count, 4) for need, count in given.needs.items()},
        weeks=1,
        unsafe_dark=None,
    )
    made = draft(few, NOVEMBER).situation
    assert not any(f"{count} {what}" in made for count in range(5) for what in ("rapporter", "röster"))
    assert not any(f"({count} " in made for count in range(5))


def test_every_text_of_the_catalogue_is_drafted_somewhere() -> None:
    used = {
        made.catalogue_id
        for theme in PROMISED
        for place in ("i Skranta", E18, "vid puben")
        for made in every_draft(facts(theme, place), NOVEMBER)
    }
    assert used == {text.id for text in promise_texts()}
