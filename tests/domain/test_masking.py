"""What is replaced before anything is stored, and what must be left for the report to be of use."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.catalogue import CatalogueError
from feedback.domain.masking import Masked, mask
from feedback.domain.masking.name_lists import name_lists
from feedback.domain.masking.reading import PLACEHOLDERS

# Each row: the text as written, the text as stored.
NAMES = [
    ("Min granne Ahmed Hussein spelar musik hela natten", "Min granne [namn] spelar musik hela natten"),
    ("min granne ahmed hussein spelar musik", "min granne [namn] spelar musik"),
    ("Det är Kevin Andersson som sprejar", "Det är [namn] som sprejar"),
    ("En kille som heter zlatko säljer", "En kille som heter [namn] säljer"),
    ("en tjej som heter Xandria slog mig", "en tjej som heter [namn] slog mig"),
    ("han heter typ jonas", "han heter typ [namn]"),
    ("Hon heter Svensson i efternamn", "Hon heter [namn] i efternamn"),
    ("heter i efternamn lindberg", "heter i efternamn [namn]"),
    ("Grannen Björn skriker på barnen", "Grannen [namn] skriker på barnen"),
    ("grannen björn skriker", "grannen [namn] skriker"),
    ("Min son Love vågar inte gå till skolan", "Min son [namn] vågar inte gå till skolan"),
    ("min dotter My blir retad", "min dotter [namn] blir retad"),
    ("vi såg Björn kasta sten", "vi såg [namn] kasta sten"),
    ("Björn Berg kör epa utan körkort", "[namn] kör epa utan körkort"),
    ("Bo Lind på andra våningen", "[namn] på andra våningen"),
    ("Anna-Lena Karlsson i trappan", "[namn] i trappan"),
    ("Fatimas bror står vid busskuren", "[namn] bror står vid busskuren"),
    ("det är Johans moped", "det är [namn] moped"),
    ("Läraren Maria Holm gör inget", "Läraren [namn] gör inget"),
    ("rektor Anders Nyström svarar inte", "rektor [namn] svarar inte"),
    ("Hilsen fra Ole Hansen", "Hilsen fra [namn]"),
    ("familjen Zbrowski bråkar", "familjen [namn] bråkar"),
    ("herr Qvarnström på bottenvåningen", "herr [namn] på bottenvåningen"),
    ("hennes pojkvän Enes slår sönder saker", "hennes pojkvän [namn] slår sönder saker"),
    ("Carl von Linné junior", "[namn] junior"),
    ("Mohammed al Hassan och Ali", "[namn] och [namn]"),
    ("AHMED SÄLJER VID TORGET", "[namn] SÄLJER VID TORGET"),
    ("JOHAN PERSSON KÖR FULL", "[namn] KÖR FULL"),
    ("Göran och Sören bråkar", "[namn] och [namn] bråkar"),
    ("goran och soren brakar jamt", "goran och [namn] brakar jamt"),
    ("Mvh Kerstin", "Mvh [namn]"),
    ("Hälsningar Gun-Britt Eklund, pensionär", "Hälsningar [namn], pensionär"),
    ("Undertecknad Stig Malm", "Undertecknad [namn]"),
    ("Jag såg Kim, Linda och Petra där", "Jag såg [namn], [namn] och [namn] där"),
    ("Jens Ek eller Tobias Ros", "[namn] eller [namn]"),
    ("min chef heter Ulla-Britt", "min chef heter [namn]"),
    ("polisen vet att Jimmy Strand gör det", "polisen vet att [namn] gör det"),
    ("göran hedkvist slog på min bil", "[namn] slog på min bil"),
    ("kenta på sjuan spelar bas", "[namn] på sjuan spelar bas"),
    ("Tjocke-Roffe kastar flaskor", "[namn] kastar flaskor"),
    ("Maj-Britt på tvåan föll", "[namn] på tvåan föll"),
    ("Zahra al-jabiri i porten", "[namn] i porten"),
    # Finska
    ("Naapurini Pekka Virtanen huutaa yöllä", "Naapurini [namn] huutaa yöllä"),
    ("Hänen nimensä on Timo", "Hänen nimensä on [namn]"),
    ("Poika nimeltä Eetu kiusaa muita", "Poika nimeltä [namn] kiusaa muita"),
    ("Virtasen auto ajaa lujaa", "[namn] auto ajaa lujaa"),
    ("Terveisin Aino", "Terveisin [namn]"),
    # Engelska
    ("My neighbour Ryan Smith shouts at night", "My neighbour [namn] shouts at night"),
    ("a guy called Mehmet sells things", "a guy called [namn] sells things"),
    ("his name is Abdirahman", "his name is [namn]"),
    # Arabiska, kurdiska, persiska
    ("Omar Al-Khalil hotar oss", "[namn] hotar oss"),
    ("noor mohammadi bor där", "[namn] bor där"),
    ("Reza Hosseini och Parisa", "[namn] och [namn]"),
    ("Hawar och Rojda Demir", "[namn] och [namn]"),
    ("جاري كريم يصرخ", "جاري [namn] يصرخ"),
    ("اسمه سامر", "اسمه [namn]"),
    ("محمد يبيع", "[namn] يبيع"),
    # Somaliska, eritreanska
    ("Hodan Warsame såg det", "[namn] såg det"),
    ("abdirahman sitter i källaren", "[namn] sitter i källaren"),
    ("magaciisu waa Guled", "magaciisu waa [namn]"),
    ("Abdirahmaan sprang efter honom", "[namn] sprang efter honom"),
    ("Tesfay Ghebremedhin jobbar där", "[namn] jobbar där"),
    # Polska, ukrainska, Balkan
    ("sąsiad Krzysztof krzyczy", "sąsiad [namn] krzyczy"),
    ("Nazywa się Piotr Kowalski", "Nazywa się [namn]"),
    ("Łukasz Wiśniewski i Kasia", "[namn] i [namn]"),
    ("сусід Андрій кричить", "сусід [namn] кричить"),
    ("byłam z Kasią na przystanku", "byłam z [namn] na przystanku"),
    ("państwo Młynarczykowie kłócą się", "państwo [namn] kłócą się"),
    ("ми з Оленкою чекали на Сергія", "ми з [namn] чекали на [namn]"),
    ("вівчарка Нільссонів стрибає", "вівчарка [namn] стрибає"),
    ("Oleksandr Kovalenko spelar högt", "[namn] spelar högt"),
    ("Dragan Petrović och Zoran", "[namn] och [namn]"),
    ("dzenan hadzic på gymmet", "[namn] på gymmet"),
    ("Arben Krasniqi äger kiosken", "[namn] äger kiosken"),
]
PHONES = [
    ("ring 070-123 45 67", "ring [telefon]"),
    ("ring 0701234567 tack", "ring [telefon] tack"),
    ("070 123 45 67", "[telefon]"),
    ("070-1234567", "[telefon]"),
    ("0 7 0 1 2 3 4 5 6 7", "[telefon]"),
    ("(070) 123 45 67", "[telefon]"),
    ("070.123.45.67", "[telefon]"),
    ("070/1234567", "[telefon]"),
    ("+46 70 123 45 67", "[telefon]"),
    ("+46 (0)70-123 45 67", "[telefon]"),
    ("+46701234567", "[telefon]"),
    ("0046 70 123 45 67", "[telefon]"),
    ("46701234567", "[telefon]"),
    ("0586-123 45", "[telefon]"),
    ("0586 12 34 56", "[telefon]"),
    ("08-123 456 78", "[telefon]"),
    ("019-12 34 56", "[telefon]"),
    ("+358 40 123 4567", "[telefon]"),
    ("٠٧٠١٢٣٤٥٦٧", "[telefon]"),
    ("070\u2011123\u00a045\u00a067", "[telefon]"),
    ("070\u200b123\u200b4567", "[telefon]"),
    ("noll sju noll ett två tre fyra fem sex sju", "[telefon]"),
    ("soita nolla seitsemän nolla 123 45 67 heti", "soita [telefon] heti"),
    ("zero siedem zero jeden dwa trzy cztery", "[telefon]"),
    ("صفر سبعة صفر واحد خمسة ستة", "[telefon]"),
    ("mobil: 70 123 45 67", "mobil: [telefon]"),
    ("ring 0701234567 20 gånger", "ring [telefon] 20 gånger"),
]
IDS = [
    ("850709-9805", "[personnummer]"),
    ("19850709-9805", "[personnummer]"),
    ("198507099805", "[personnummer]"),
    ("8507099805", "[personnummer]"),
    ("850709 9805", "[personnummer]"),
    ("19850709 9805", "[personnummer]"),
    ("190709+9805", "[personnummer]"),
    ("850709-1111", "[personnummer]"),
    ("701063-2391", "[personnummer]"),
    ("19701063-2391", "[personnummer]"),
    ("850709–9805", "[personnummer]"),
    ("1985-07-09-9805", "[personnummer]"),
    ("850709-XXXX", "[personnummer]"),
    ("han är född 850709", "han är född [personnummer]"),
    ("född 1985-07-09", "född [personnummer]"),
]
PLATES = [
    ("bilen ABC123 kör fort", "bilen [regnr] kör fort"),
    ("ABC 123", "[regnr]"),
    ("ABC 12D", "[regnr]"),
    ("DEF45G stod där", "[regnr] stod där"),
    ("abc123 rejsar", "[regnr] rejsar"),
    ("en röd volvo, abc 123, kör om", "en röd volvo, [regnr], kör om"),
    ("regnr: xyz 98a", "regnr: [regnr]"),
    ("A-traktorn med skylten mno 456", "A-traktorn med skylten [regnr]"),
    ("moppe GHK-321", "moppe [regnr]"),
]
ADDRESSES = [
    ("Storgatan 12", "Storgatan [adress]"),
    ("han bor på Storgatan 12 B, lgh 1102", "han bor på Storgatan [adress]"),
    ("Skolgatan 5, 3 tr", "Skolgatan [adress]"),
    ("på karlskogavägen 4a", "på karlskogavägen [adress]"),
    ("Värmlandsvägen 12-14 är mörk", "Värmlandsvägen [adress] är mörk"),
    ("Björkbornsvägen nr 7", "Björkbornsvägen nr [adress]"),
    ("Alfred Nobels torg 3", "Alfred Nobels torg [adress]"),
    ("lägenhet 1203", "lägenhet [adress]"),
    ("portkoden är 4711", "portkoden är [adress]"),
    ("Kyrkbacken 9, 691 31 Karlskoga", "Kyrkbacken [adress] Karlskoga"),
    ("Syréngatan 17 tr 4", "Syréngatan [adress]"),
    ("han bor på Ågatan 31", "han bor på Ågatan [adress]"),
    ("jag bor på vån 2 Ekebygatan", "jag bor på vån [adress] Ekebygatan"),
    ("Järnvägsgatan 13, 2 поверх, сусідка", "Järnvägsgatan [adress], сусідка"),
    ("ساكن في بورت 4", "ساكن في بورت [adress]"),
    ("mellan Storgatan 12, 14 och 16 är det mörkt", "mellan Storgatan [adress] är det mörkt"),
    ("she lives at 12 Storgatan", "she lives at [adress] Storgatan"),
    ("i nummer 14 på Bergsgatan", "i nummer [adress] på Bergsgatan"),
    ("vi bor på Bråtebäcken 5", "vi bor på Bråtebäcken [adress]"),
    ("grannen på storgatan tolv", "grannen på storgatan [adress]"),
    ("Bergsgatan14 och Bergsgatan (16)", "Bergsgatan[adress] och Bergsgatan ([adress])"),
    ("Storgatan 14 B 12", "Storgatan [adress]"),
    ("portkoden till huset är 1245", "portkoden till huset är [adress]"),
    ("talossa numero 5", "talossa numero [adress]"),
    ("w bloku 14, klatka B", "w bloku [adress], klatka [adress]"),
    ("у 14-му будинку", "у [adress]-му будинку"),
    ("guriga lambarkiisu yahay 14", "guriga lambarkiisu yahay [adress]"),
    ("البيت رقم 14", "البيت رقم [adress]"),
    ("خانه شماره 14", "خانه شماره [adress]"),
    ("uppgång C", "uppgång [adress]"),
]
OTHERS = [
    ("mejla kalle.karlsson@exempel.se", "mejla [e-post]"),
    ("kalle (at) exempel.se", "[e-post]"),
    ("kalle snabel-a exempel punkt se", "[e-post]"),
    ("se https://exempel.se/bild.jpg.", "se [länk]."),
    ("www.exempel.com/sida", "[länk]"),
    ("instagram.com/nagon.annan", "[länk]"),
    ("bilder på bilder.gallery/grannen_3", "bilder på [länk]"),
    ("han finns på @kevz_99", "han finns på [konto]"),
    ("hans snap: kevz_99", "hans snap: [konto]"),
    ("bankgiro 5050-1055", "bankgiro [konto]"),
    ("plusgiro 12 34 56-7", "plusgiro [konto]"),
    ("SE45 5000 0000 0583 9825 7466", "[konto]"),
    ("se4550000000058398257466", "[konto]"),
    ("konto 8327-9, 123 456 789-0", "konto [konto]"),
    ("mitt konto tömdes, 8327-9, 994 381 204-6", "mitt konto tömdes, [konto]"),
    ("swisha 123 456 78 90", "swisha [konto]"),
    ("4111 1111 1111 1111", "[konto]"),
]
MUST_MASK = NAMES + PHONES + IDS + PLATES + ADDRESSES + OTHERS

LEFT_ALONE = [
    "Alfred Nobels torg är läskigt",
    "Rävåsen är kolsvart",
    "Bregårdsskolan och Möckelngymnasiet",
    "Nobelhallen i Karlskoga",
    "Skranta torg och Rosendal",
    "Sten Sturegatan är halkig",
    "Karl Johans torg, Erik Dahlbergsgatan och Selma Lagerlöfs väg",
    "Erikssons livs och Mickes pizzeria",
    "Ariana livs, Åsa station och Stigs Blommor",
    "Tords Trä och Hjalmars pub",
    "vid Petrus Magni väg och Sofias ängar",
    "hela området kring Magasin Molly",
    "koło kościoła św. Piotra i na площі Густава",
    "inga skyltar, bilar flyger fram i 70",
    "waxaan sugayaa baska albaabka",
    "عمارة قديمة ونوبة ليلية",
    "Storgatan 12 bilar och 3 mopeder",
    "trafiken på Norra Allén: 412 fordon",
    "koden är densamma sen 2011, två hus 30 meter bort",
    "Storgatan två gånger i veckan",
    "utanför Harrys och vid Clas Ohlson",
    "skolan heter Bregårdsskolan",
    "jag vet inte vad gatan heter men den är mörk",
    "vad det heter vet jag inte",
    "vad hon heter vet jag inte",
    "Polisen och rektorn svarar inte",
    "Vem är ordförande i nämnden?",
    "E18 och väg 205 vid avfarten",
    "buss 504 kl 22.30",
    "linje 3 mot Degerfors",
    "ring 112 eller 114 14",
    "Bris 116 111 och 116 006",
    "020-50 50 50",
    "Självmordslinjen 90101 och 1177",
    "Servicecenter 0586-610 00",
    "öppet 08.00-17.00, eller 0800-1700",
    "mellan 20-22 på kvällarna",
    "2026-03-12 2230",
    "år 2019-2022",
    "den 12/3 2026",
    "500 000 kronor",
    "30 000 invånare, 1 500 kr, 25 procent",
    "de kör 100 på en 50-väg",
    "kör 90 km/h på Värmlandsvägen 50 km/h gäller",
    "på skolvägen 20 bilar varje morgon",
    "på Storgatan 3 gånger i veckan",
    "Storgatan 2022",
    "busshållplatsen 3 minuter bort",
    "max 150 personer, typ 100 mopeder, med 300 bilar",
    "en BMW 320 och en KTM 450",
    "lampa nr 47 lyser inte",
    "affischen K12",
    "rum 214 och sal 101",
    "Björn sågs i skogen: ett stort djur",
    "Bo kvar eller flytta?",
    "Sten på cykelbanan",
    "Gran och berg i vägen, ros och lind i parken",
    "min gård, my och mygg, liv och rörelse",
    "Dag och natt är det stökigt",
    "i maj och juni är det värst",
    "de skriker love och vrålar",
    "Lova att laga lampan. Ville bara säga det",
    "rita en karta över tunneln",
    "en kille från Örebro",
    "min granne har ringt flera gånger",
    "grannen är rädd och grannarna klagar",
    "min son vågar inte gå hem",
    "Min dotter blev retad på rasten",
    "en ruta är krossad och taket kan rasa",
    "barnen kan ramla i trappan",
    "stan är tom på kvällen",
    "mitt på dan",
    "hans moped och dina barn",
    "Mercedes och Volvo på gångvägen",
    "de kallas för blattar i skolan",
    "Valborg, Lucia och nyår",
    "under ramadan och eid är det lugnt",
    "hälla ut, vinter, vår och sommar",
    "Det är mörkt.Se till att laga lampan",
    "www.polisen.se och karlskoga.se",
    "lite smått och gott / annat",
    "det är mörkt.och/eller halt",
    "DET ÄR MÖRKT PÅ TORGET OCH STEN LIGGER PÅ VÄGEN",
    "Bussen Mot Degerfors Kommer Inte",
    "tunneln under E18, 15 meter lång, 3 lampor trasiga",
    "Kaveri pelkää, tunneli on pimeä ja lunta on paljon",
    "The tunnel is dark and people will not mark the bill",
    "Waddada waa mugdi, nalku ma shaqeeyo",
    "النفق مظلم جدا في الليل",
    "[namn] bor på Storgatan [adress] och har [telefon]",
]


@pytest.mark.parametrize(("written", "stored"), MUST_MASK)
def test_personal_data_is_replaced(written: str, stored: str) -> None:
    assert mask(written).text == stored


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_the_report_needs_is_left(text: str) -> None:
    assert mask(text) == Masked(text, ())


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(MUST_MASK) + len(LEFT_ALONE) >= 150


def test_the_finding_tells_what_and_where_in_the_text_as_written() -> None:
    text = "Hej! Min granne Ali, 070\u2011123 45 67."
    found = [(each.kind, text[each.start : each.end]) for each in mask(text).found]
    assert found == [("name", "Ali"), ("phone", "070\u2011123 45 67")]


def test_a_place_with_the_name_of_a_person_is_left_when_it_is_known() -> None:
    assert mask("Mörkt vid Svens gränd", {"Svens gränd"}).found == ()
    assert mask("Mörkt bakom Ahmeds", ["Ahmeds"]).text == "Mörkt bakom Ahmeds"
    assert mask("Mörkt bakom Ahmeds", []).text == "Mörkt bakom [namn]"


def test_a_known_place_does_not_shield_the_person_beside_it() -> None:
    assert mask("Johan Svensson i Skranta", {"Skranta"}).text == "[namn] i Skranta"


def test_a_letter_written_in_two_signs_is_one_letter() -> None:
    assert mask("ring Go\u0308ran nu").text == "ring [namn] nu"


def test_names_are_known_without_rings_and_dots() -> None:
    assert mask("Hej Joran, Jorgen och Hakan Soderstrom").text == "Hej Joran, [namn] och [namn]"


def test_words_marked_as_ordinary_are_all_names() -> None:
    lists = name_lists()
    assert lists.words <= lists.first | lists.last
    assert not lists.words & lists.small - {"hakan"}


def test_an_ordinary_word_that_is_no_name_is_told_to_whoever_edits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "names").mkdir()
    for file, text in (
        ("first", "# Förnamn\nAnna"),
        ("last", "Berg"),
        ("words", "Berg Lampa"),
        ("lower", ""),
    ):
        (tmp_path / "names" / f"{file}.txt").write_text(text, "utf-8")
    monkeypatch.setattr("feedback.domain.masking.name_lists.FOLDER", tmp_path)
    with pytest.raises(CatalogueError, match=r"names/words\.txt: .*lampa"):
        name_lists.__wrapped__()


PIECES = st.sampled_from(
    [
        *(row[0] for row in MUST_MASK),
        *LEFT_ALONE,
        *PLACEHOLDERS.values(),
        "0", "7", "46", "+", "-", "@", ".", " ", ",", "\n", "heter", "grannen", "Ali", "Björn", "och", "på", "Storgatan",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=8).map(" ".join),
    st.lists(PIECES, max_size=8).map("".join),
)


@given(TEXTS)
def test_masking_twice_changes_nothing(text: str) -> None:
    once = mask(text)
    assert mask(once.text) == Masked(once.text, ())


@given(TEXTS)
def test_findings_lie_in_the_text_in_order_and_do_not_overlap(text: str) -> None:
    found = mask(text).found
    assert all(0 <= each.start < each.end <= len(text) and each.kind in PLACEHOLDERS for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(TEXTS)
def test_the_rest_of_the_text_stays_as_it_was(text: str) -> None:
    pieces, done = [], 0
    masked = mask(text)
    for each in masked.found:
        pieces += [text[done : each.start], PLACEHOLDERS[each.kind]]
        done = each.end
    assert masked.text == "".join([*pieces, text[done:]])


@given(
    before=st.sampled_from(["", "ring ", "Mitt nr: ", "hej,"]),
    digits=st.text("0123456789", min_size=7, max_size=7),
    prefix=st.sampled_from(["070", "073", "+4676", "004672"]),
    gaps=st.lists(st.sampled_from(["", " ", "-"]), min_size=8, max_size=8),
    after=st.sampled_from(["", " tack", ".", ", kl 22"]),
)
def test_no_mobile_number_is_left(before: str, digits: str, prefix: str, gaps: list[str], after: str) -> None:
    number = prefix + "".join(gap + digit for gap, digit in zip(gaps, digits, strict=False))
    masked = mask(before + number + after)
    # 070812-1234 may as well be a personnummer.
    assert masked.text in (f"{before}[telefon]{after}", f"{before}[personnummer]{after}")


@pytest.mark.parametrize(
    "piece",
    ["a", "A", "1", "0", "07", "a@", "a.", "1-", "- ", "www.", "Ali ", "heter ", "AB1", "Storgatan 1", "[", "[namn]", "@a", "\u0301", "snap:", "bil ", "sju ", "Björn Berg "],
)  # fmt: skip
def test_a_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (5000 // len(piece))
    masked = mask(text)
    assert mask(masked.text).text == masked.text
