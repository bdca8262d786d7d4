import time

import pytest

from corpus.outcomes import recorded_outcomes
from corpus.types import Section, SectionRole, Span


def outcomes(*parts: tuple[SectionRole, str, str]) -> tuple[str, ...]:
    text, sections = "", []
    for role, title, words in parts:
        text += title + "\n"
        sections.append(Section(role, title, Span(len(text), len(text) + len(words))))
        text += words + "\n"
    return recorded_outcomes(text, sections)


def decided(words: str, title: str = "Afgørelse") -> tuple[str, ...]:
    return outcomes((SectionRole.OUTCOME, title, words))


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("Det betyder, at vi stadfæster kommunens afgørelse.", ("stadfæstet",)),
        ("Ankestyrelsen tiltrådte således nævnets afgørelse.", ("tiltrådt",)),
        ("I sag nr. 1 ophævede Ankestyrelsen kommunens afgørelse.", ("ophævet",)),
        ("Afgørelsen stadfæstes.", ("stadfæstet",)),
        ("Sagen blev hjemvist til kommunen.", ("hjemvist",)),
        ("Vi hjemviser derfor sagen. Vi stadfæster dommen. Vi hjemviser sagen.", ("hjemvist", "stadfæstet")),
        ("Ankestyrelsen ændrede derfor kommunens afgørelse.", ("ændret",)),
    ],
)
def test_the_verb_of_the_deciding_authority_is_recorded(words: str, labels: tuple[str, ...]) -> None:
    assert decided(words) == labels


@pytest.mark.parametrize(
    "words",
    [
        "Det ændrer ikke ved resultatet i sagen.",
        "Nævnet stadfæstede kommunens afgørelse.",
        "Vi finder ikke grundlag for at ændre afgørelsen.",
        "Hvis Ankestyrelsen ophæver afgørelsen, kan kommunen betale.",
        "Kommunen mener, at Ankestyrelsen hjemviser sagen forkert.",
        "Fyrvagten får lampen tilbage.",
    ],
)
def test_nothing_is_inferred_from_other_words(words: str) -> None:
    assert decided(words) == ()


def test_the_operative_part_of_a_judgment_is_read_as_orders() -> None:
    words = "Havnen frifindes. Kendelsen stadfæstes. Ingen af parterne betaler sagsomkostninger."
    assert decided(words, "Thi kendes for ret:") == ("frifundet", "stadfæstet")
    assert decided("Påstanden tages ikke til følge.", "THI BESTEMMES:") == ("ikke taget til følge",)


def test_a_plea_for_acquittal_outside_the_operative_part_is_no_outcome() -> None:
    assert outcomes((SectionRole.FACTS, "Påstande", "Sagsøgte frifindes efter sin påstand.")) == ()


def test_the_summary_is_read_only_where_the_outcome_is_silent() -> None:
    summary = (SectionRole.SUMMARY, "Resume", "Ankestyrelsen ophævede kommunens afgørelse.")
    assert outcomes(summary, (SectionRole.OUTCOME, "Afgørelse", "Vi stadfæster afgørelsen.")) == (
        "stadfæstet",
    )
    assert outcomes(summary, (SectionRole.OUTCOME, "Afgørelse", "Lampen er slukket.")) == ("ophævet",)


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("Nævnet stadfæster kommunens afgørelse.", ("stadfæstet",)),
        ("Fiktivt Klagenævn ændrer derfor afgørelsen. Fyret lyser.", ("ændret",)),
        ("Herefter ophæver Klagenævnet havnens afgørelse.", ("ophævet",)),
        ("Nævnet afviser en klage, medmindre den er rettidig.", ()),
        ("Nævnet stadfæstede afgørelsen. Klagenævnet ændrer ikke afgørelsen.", ()),
        ("Nævnet ændrer altid en forkert afgørelse. Ankestyrelsen stadfæster afgørelsen.", ("stadfæstet",)),
    ],
)
def test_a_board_decides_in_the_present_tense_where_no_authority_above_it_does(
    words: str, labels: tuple[str, ...]
) -> None:
    assert decided(words) == labels


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("Nævnet udtaler kritik.", ("kritik",)),
        ("Nævnet udtaler ikke kritik.", ("ingen kritik",)),
        ("På den baggrund udtaler Pressenævnet derfor ikke kritik af Lampebladet.", ("ingen kritik",)),
        ("Nævnet udtaler herefter alvorlig kritik af Lampebladet.", ("alvorlig kritik",)),
        ("Nævnet finder ikke grundlag for at udtale kritik.", ("ingen kritik",)),
        ("Nævnet udtaler kritik. I øvrigt udtaler nævnet ikke kritik.", ("kritik", "ingen kritik")),
        ("I en tidligere sag udtalte nævnet kritik. Klager mener, at nævnet udtaler kritik.", ()),
    ],
)
def test_criticism_is_recorded_as_the_board_voices_it(words: str, labels: tuple[str, ...]) -> None:
    assert outcomes((SectionRole.REASONING, "Nævnets begrundelse", words)) == labels


def test_the_answers_of_a_binding_ruling_are_recorded() -> None:
    assert decided("Ja\nNej, se begrundelsen\nBortfalder\nAfvises\nJa", "Svar") == (
        "ja",
        "nej",
        "bortfaldet",
        "afvist",
    )


def test_reasons_count_only_in_the_first_person() -> None:
    def reasons(words: str) -> tuple[str, ...]:
        return outcomes((SectionRole.REASONING, "Begrundelse", words))

    assert reasons("Derfor hjemviser vi sagen til havnen.") == ("hjemvist",)
    assert reasons("Ankestyrelsen stadfæstede i 2019 en afgørelse om fyr.") == ()


def test_the_operative_part_of_a_judgment_silences_what_the_parties_quote() -> None:
    pleaded = (SectionRole.OUTCOME, "Konklusion", "Vi stadfæster afgørelsen, skrev havnen.")
    assert outcomes(pleaded, (SectionRole.OUTCOME, "THI KENDES FOR RET", "Havnen frifindes.")) == (
        "frifundet",
    )


@pytest.mark.parametrize("piece", ["a-", "vi ", "Sag ", "Nævnet udtaler ", "stadfæster vi ikke ", "n" * 50])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    assert decided(piece * (200_000 // len(piece))) == ()
    assert time.process_time() - start < 20  # a quadratic pass would take minutes
