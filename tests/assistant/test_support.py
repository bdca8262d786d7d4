"""A claim rests on a passage only where it says what a sentence there says, no more and no less."""

from __future__ import annotations

import time

import pytest

from assistant.support import Support, Unit, Unsupported, Words
from corpus.types import Span
from index.analysis import Analyzer

_LAW = (
    "§ 4. Kommunalbestyrelsen yder hjælp til værktøj med højst 1.200 kr. om året, når borgeren er under"
    " 25 år.\n"
    "Stk. 2. Hjælpen bortfalder, medmindre borgeren inden 14 dage oplyser om ændrede forhold, jf. § 9,"
    " stk. 3.\n"
    "Stk. 3. Kommunalbestyrelsen kan undlade at kræve hjælpen tilbage.\n"
    "Stk. 4. Ansøgning skal ikke indgives skriftligt.\n"
    "Stk. 5. Hjælp ydes til\n1) save og hamre,\n2) symaskiner eller\n3) cykler."
)
_STARTS = [_LAW.index(f"Stk. {n}.") if n > 1 else 0 for n in range(1, 6)] + [len(_LAW)]
LAW = Words(
    _LAW,
    (
        *(Unit(f"§ 4, stk. {n}", Span(_STARTS[n - 1], _STARTS[n])) for n in range(1, 6)),
        Unit("§ 4", Span(0, len(_LAW))),
    ),
    names=("lov om værktøj",),
)
FINDING = Words(
    "Kommunen traf afgørelse den 3. maj 2021. Borgeren anførte, at brevet ikke var kommet frem."
    " Nævnet lagde vægt på, at kommunen ikke havde hørt borgeren. Kommunen udbetalte 800 kr. til borgeren,"
    " og borgeren betalte 300 kr. til udlejeren. Det er uden betydning, at borgeren var rejst.",
    names=("afgørelse 7-21",),
)


@pytest.fixture(scope="module")
def support() -> Support:
    return Support(Analyzer())


def outcome(support: Support, claim: str, *cited: Words) -> str:
    found = support.check(claim, cited)
    return found.value if isinstance(found, Unsupported) else ""


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Kommunalbestyrelsen kan undlade at kræve hjælpen tilbage.", LAW),
        ("Efter stk. 3 kan kommunalbestyrelsen undlade at kræve hjælpen tilbage.", LAW),
        ("Det fremgår af lov om værktøj, at kommunalbestyrelsen kan undlade at kræve hjælpen tilbage.", LAW),
        ("Ifølge lov om værktøj kan kommunalbestyrelsen undlade at kræve hjælpen tilbage.", LAW),
        ("Efter § 4 yder kommunalbestyrelsen hjælp til værktøj med højst 1.200 kr. om året, når borgeren er"
         " under 25 år.", LAW),
        ("Når borgeren er under 25 år, yder kommunalbestyrelsen hjælp til værktøj med højst 1.200 kr."
         " om året.",
         LAW),
        ("Ansøgning skal ikke indgives skriftligt.", LAW),
        ("Hjælp ydes til symaskiner.", LAW),
        ("Hjælpen bortfalder, medmindre borgeren inden 14 dage oplyser om ændrede forhold.", LAW),
        ("Kommunen traf afgørelse den 3. maj 2021.", FINDING),
        ("I afgørelse 7-21 lagde nævnet vægt på, at kommunen ikke havde hørt borgeren.", FINDING),
        ("Nævnet lagde vægt på, at »kommunen ikke havde hørt borgeren«.", FINDING),
        ("Borgeren anførte, at brevet ikke var kommet frem.", FINDING),
        ("Kommunen udbetalte 800 kr. til borgeren.", FINDING),
    ],
)  # fmt: skip
def test_a_faithful_claim_is_borne_out(support: Support, claim: str, words: Words) -> None:
    assert outcome(support, claim, words) == ""


@pytest.mark.parametrize(
    ("claim", "words", "reason"),
    [
        # another reference, number, date or amount
        ("Efter § 5 kan kommunalbestyrelsen undlade at kræve hjælpen tilbage.", LAW, "reference"),
        ("Efter § 4, stk. 7, kan kommunalbestyrelsen undlade at kræve hjælpen tilbage.", LAW, "reference"),
        ("Kommunalbestyrelsen kan undlade at kræve hjælpen tilbage, jf. § 9, stk. 4.", LAW, "reference"),
        ("Hjælpen bortfalder, medmindre borgeren inden 15 dage oplyser om ændrede forhold.", LAW, "number"),
        ("Hjælpen bortfalder, medmindre borgeren inden fjorten uger oplyser om ændrede forhold.",
         LAW, "unsupported"),
        ("Kommunen traf afgørelse den 4. maj 2021.", FINDING, "number"),
        ("Kommunen traf afgørelse den 3. juni 2021.", FINDING, "unsupported"),
        ("Kommunen traf afgørelse den 3. maj 2012.", FINDING, "number"),
        ("Kommunen udbetalte 300 kr. til borgeren.", FINDING, "unsupported"),
        ("Kommunen udbetalte 80 kr. til borgeren.", FINDING, "number"),
        # a negation more or less
        ("Ansøgning skal indgives skriftligt.", LAW, "negation"),
        ("Nævnet lagde vægt på, at kommunen havde hørt borgeren.", FINDING, "negation"),
        ("Kommunalbestyrelsen kan ikke undlade at kræve hjælpen tilbage.", LAW, "unsupported"),
        ("Kommunalbestyrelsen kan kræve hjælpen tilbage.", LAW, "negation"),
        ("Kommunen traf aldrig afgørelse den 3. maj 2021.", FINDING, "negation"),
        ("Det er af betydning, at borgeren var rejst.", FINDING, "unsupported"),
        # a condition, an exception, a bound or a speaker left out
        ("Kommunalbestyrelsen yder hjælp til værktøj med højst 1.200 kr. om året.", LAW, "limits"),
        ("Kommunalbestyrelsen yder hjælp til værktøj med 1.200 kr. om året, når borgeren er under 25 år.",
         LAW, "limits"),
        ("Kommunalbestyrelsen yder hjælp til værktøj med højst 1.200 kr. om året, når borgeren er 25 år.",
         LAW, "limits"),
        ("Hjælpen bortfalder.", LAW, "limits"),
        ("Brevet var ikke kommet frem.", FINDING, "limits"),
        # another subject, object, mood or voice
        ("Borgeren kan undlade at kræve hjælpen tilbage.", LAW, "unsupported"),
        ("Kommunalbestyrelsen skal undlade at kræve hjælpen tilbage.", LAW, "unsupported"),
        ("Efter stk. 3 skal kommunalbestyrelsen undlade at kræve hjælpen tilbage.", LAW, "unsupported"),
        ("Nævnet lagde vægt på, at borgeren ikke havde hørt kommunen.", FINDING, "unsupported"),
        ("Borgeren udbetalte 800 kr. til kommunen.", FINDING, "unsupported"),
        ("Kommunen betalte 300 kr. til udlejeren.", FINDING, "unsupported"),
        ("Kommunen anførte, at brevet ikke var kommet frem.", FINDING, "unsupported"),
        # words of two sentences, or of none
        ("Ansøgning bortfalder, medmindre borgeren inden 14 dage oplyser om ændrede forhold.",
         LAW, "unsupported"),
        ("Kommunalbestyrelsen kan undlade at kræve hjælpen tilbage i særlige tilfælde.", LAW, "unsupported"),
        ("Hjælp ydes til save og symaskiner.", LAW, "limits"),
        ("Hjælp ydes til symaskiner og cykler.", LAW, "unsupported"),
        ("The municipality may refrain from claiming the support back.", LAW, "unsupported"),
        ("Kommunen traf afgørelse, som var klart forkert.", FINDING, "unsupported"),
        # nothing
        ("Det er der.", LAW, "empty"),
        ("", LAW, "empty"),
        ("§ 4.", LAW, "empty"),
        ("!?", LAW, "empty"),
    ],
)  # fmt: skip
def test_a_claim_that_says_anything_else_is_not(
    support: Support, claim: str, words: Words, reason: str
) -> None:
    assert outcome(support, claim, words) == reason


def test_every_passage_that_is_cited_must_bear_a_part(support: Support) -> None:
    claim = "Kommunalbestyrelsen kan undlade at kræve hjælpen tilbage"
    both = f"{claim}, og kommunen traf afgørelse den 3. maj 2021."
    assert outcome(support, both, LAW, FINDING) == ""
    assert outcome(support, f"{claim}.", LAW, FINDING) == "unsupported"


def test_the_sentence_that_bears_the_claim_is_named(support: Support) -> None:
    found = support.check("Kommunen traf afgørelse den 3. maj 2021.", [FINDING])
    assert not isinstance(found, Unsupported)
    ((place, span),) = found
    assert place == 0
    assert span.of(FINDING.text) == "Kommunen traf afgørelse den 3. maj 2021."


def test_a_claim_that_names_a_unit_rests_on_its_words_alone(support: Support) -> None:
    claim = "Efter § 4, stk. {}, kan kommunalbestyrelsen undlade at kræve hjælpen tilbage."
    assert outcome(support, claim.format(3), LAW) == ""
    assert outcome(support, claim.format(2), LAW) != ""
    assert outcome(support, claim.format(4), LAW) != ""


MET = Words(
    "§ 8. Udebliver modtageren uden rimelig grund fra en samtale, kan kommunalbestyrelsen nedsætte"
    " støtten med"
    " højst 3 satser.\nStk. 2. Er borgeren forhindret, skal borgeren melde afbud senest ved mødets"
    " begyndelse.",
    names=("lov om møder",),
)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Udebliver modtageren uden rimelig grund fra en samtale, kan kommunalbestyrelsen nedsætte"
         " støtten med"
         " højst 3 satser.", ""),
        ("Ifølge lov om møder kan kommunalbestyrelsen nedsætte støtten med højst 3 satser, hvis modtageren"
         " udebliver uden rimelig grund fra en samtale.", ""),
        ("Kommunalbestyrelsen kan nedsætte støtten med højst 3 satser, når modtageren udebliver uden rimelig"
         " grund fra en samtale.", ""),
        ("Hvis modtageren udebliver uden rimelig grund fra en samtale, kan kommunalbestyrelsen nedsætte"
         " støtten"
         " med højst 3 satser.", ""),
        ("Hvis borgeren er forhindret, skal borgeren melde afbud senest ved mødets begyndelse.", ""),
        ("Ifølge lov om møder kan kommunalbestyrelsen nedsætte støtten med højst 3 satser.", "limits"),
        ("Kommunalbestyrelsen kan nedsætte støtten med højst 3 satser.", "limits"),
        ("Borgeren skal melde afbud senest ved mødets begyndelse.", "limits"),
        ("Modtageren udebliver uden rimelig grund fra en samtale.", "limits"),
        ("Kommunalbestyrelsen kan nedsætte støtten med højst 3 satser, hvis modtageren udebliver fra en"
         " samtale.",
         "negation"),
        ("Hvis kommunalbestyrelsen udebliver uden rimelig grund fra en samtale, kan modtageren nedsætte"
         " støtten"
         " med højst 3 satser.", "unsupported"),
        ("Hvis kommunalbestyrelsen nedsætter støtten, udebliver modtageren uden rimelig grund fra en"
         " samtale.",
         "unsupported"),
        ("Kommunalbestyrelsen skal nedsætte støtten med højst 3 satser, hvis modtageren udebliver uden"
         " rimelig"
         " grund fra en samtale.", "unsupported"),
    ],
)  # fmt: skip
def test_a_condition_that_only_the_order_of_words_shows_is_a_condition(
    support: Support, claim: str, reason: str
) -> None:
    assert outcome(support, claim, MET) == reason


def test_a_reference_within_the_passage_is_not_taken_for_the_passages_own_name(support: Support) -> None:
    text = "Stk. 1. Svar gives snart.\nStk. 2. Er svaret efter stk. 1 ikke givet, kan hjælpen ikke nedsættes."
    first, second = Span(0, text.index("\n")), Span(text.index("\n") + 1, len(text))
    words = Words(text, (Unit("§ 6, stk. 1", first), Unit("§ 6, stk. 2", second)))
    claim = "Efter § 6, stk. 2, kan hjælpen ikke nedsættes, hvis svaret efter stk. {} ikke er givet."
    assert outcome(support, claim.format(1), words) == ""
    assert outcome(support, claim.format(2), words) != ""
    assert outcome(support, claim.format(3), words) == "reference"


def test_a_condition_in_two_parts_is_borne_out_with_both_and_not_with_one(support: Support) -> None:
    words = Words("Støtten nedsættes ikke, når borgeren ringer samme dag, og mødet holdes 2 dage efter.")
    claim = "Støtten nedsættes ikke, når borgeren ringer samme dag"
    assert outcome(support, f"{claim}, og mødet holdes 2 dage efter.", words) == ""
    assert outcome(support, f"{claim}.", words) == "limits"


def test_one_of_two_alternatives_does_not_stand_for_both(support: Support) -> None:
    words = Words("Kommunen skal skrive eller ringe til borgeren, inden hjælpen ændres.")
    assert (
        outcome(support, "Kommunen skal skrive eller ringe til borgeren, inden hjælpen ændres.", words) == ""
    )
    assert outcome(support, "Kommunen skal skrive til borgeren, inden hjælpen ændres.", words) == "limits"


def test_a_verb_before_its_subject_is_read_as_one_behind_it(support: Support) -> None:
    words = Words("Den ansvarlige sagsbehandler skal svare borgeren inden 3 dage.", names=("lov om svar",))
    claim = "Efter lov om svar skal {} svare {} inden 3 dage."
    assert outcome(support, claim.format("den ansvarlige sagsbehandler", "borgeren"), words) == ""
    assert outcome(support, claim.format("borgeren", "den ansvarlige sagsbehandler"), words) != ""
    assert outcome(support, "Skal den ansvarlige sagsbehandler svare borgeren inden 3 dage?", words) != ""


def test_a_long_claim_over_a_long_passage_takes_linear_time(support: Support) -> None:
    def seconds(times: int) -> float:
        words = Words("Kommunen hørte borgeren, og borgeren svarede kommunen inden 3 dage. " * times)
        claim = "Kommunen hørte borgeren, og borgeren svarede kommunen inden 4 måneder. " * 5
        best = 9.0
        for _ in range(3):
            begun = time.process_time()
            support.check(claim, [words])
            best = min(best, time.process_time() - begun)
        return best

    seconds(10)
    assert seconds(400) < 12 * max(seconds(100), 0.002)
