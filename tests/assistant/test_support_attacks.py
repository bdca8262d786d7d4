"""Claims that bend a source by one word or one clause, written without a look at what compares them."""

from __future__ import annotations

import pytest

from assistant.support import Support, Unsupported, Words
from index.analysis import Analyzer
from tests.assistant.test_support import FINDING, LAW

BENT = [
    (
        "altered number",
        "Kommunalbestyrelsen yder hjælp til værktøj med højst 2.100 kr. om året, når "
        "borgeren er under 25 år.",
        (LAW,),
    ),
    ("negation dropped", "Ansøgning skal indgives skriftligt.", (LAW,)),
    (
        "swapped party",
        "Borgeren udbetalte 800 kr. til kommunen, og udlejeren betalte 300 kr. til borgeren.",
        (FINDING,),
    ),
    ("condition dropped", "Hjælpen bortfalder.", (LAW,)),
    (
        "condition dropped 2",
        "Kommunalbestyrelsen yder hjælp til værktøj med højst 1.200 kr. om året.",
        (LAW,),
    ),
    ("altid", "Kommunalbestyrelsen kan altid undlade at kræve hjælpen tilbage.", (LAW,)),
    (
        "merged",
        "Kommunalbestyrelsen yder hjælp til værktøj med højst 1.200 kr. om året, "
        "medmindre borgeren inden 14 dage oplyser om ændrede forhold.",
        (LAW,),
    ),
    (
        "merged two sources",
        "Kommunalbestyrelsen kan undlade at kræve hjælpen tilbage, når kommunen ikke havde hørt borgeren.",
        (LAW, FINDING),
    ),
    ("order", "Ændrede forhold bortfalder, medmindre borgeren inden 14 dage oplyser om hjælpen.", (LAW,)),
    (
        "amounts swapped",
        "Kommunen udbetalte 300 kr. til borgeren, og borgeren betalte 800 kr. til udlejeren.",
        (FINDING,),
    ),
    ("kun", "Kommunalbestyrelsen kan kun undlade at kræve hjælpen tilbage.", (LAW,)),
    ("modal", "Kommunalbestyrelsen skal undlade at kræve hjælpen tilbage.", (LAW,)),
    (
        "bound",
        "Kommunalbestyrelsen yder hjælp til værktøj med mindst 1.200 kr. om året, når "
        "borgeren er under 25 år.",
        (LAW,),
    ),
    (
        "over",
        "Kommunalbestyrelsen yder hjælp til værktøj med højst 1.200 kr. om året, når borgeren er over 25 år.",
        (LAW,),
    ),
    ("speaker dropped", "Brevet var ikke kommet frem.", (FINDING,)),
    ("parties in a finding", "Nævnet lagde vægt på, at borgeren ikke havde hørt kommunen.", (FINDING,)),
    ("uden dropped", "Det er af betydning, at borgeren var rejst.", (FINDING,)),
    ("uden dropped 2", "Det er betydning, at borgeren var rejst.", (FINDING,)),
    ("or to and", "Hjælp ydes til save og hamre, symaskiner og cykler.", (LAW,)),
    (
        "medmindre to hvis",
        "Hjælpen bortfalder, hvis borgeren inden 14 dage oplyser om ændrede forhold, jf. § 9, stk. 3.",
        (LAW,),
    ),
    (
        "time moved",
        "Hjælpen bortfalder inden 14 dage, medmindre borgeren oplyser om ændrede forhold.",
        (LAW,),
    ),
    ("not added", "Kommunen traf ikke afgørelse den 3. maj 2021.", (FINDING,)),
    ("date", "Kommunen traf afgørelse den 5. marts 2021.", (FINDING,)),
    ("wrong label", "Kommunalbestyrelsen kan undlade at kræve hjælpen tilbage.", (FINDING,)),
    ("payer from the other half", "Borgeren betalte 800 kr. til udlejeren.", (FINDING,)),
    ("subject from the other half", "Kommunen betalte 300 kr. til udlejeren.", (FINDING,)),
    ("speaker swapped", "Kommunen anførte, at brevet ikke var kommet frem.", (FINDING,)),
    ("authority swapped", "Kommunen lagde vægt på, at kommunen ikke havde hørt borgeren.", (FINDING,)),
    ("straks", "Kommunalbestyrelsen kan straks undlade at kræve hjælpen tilbage.", (LAW,)),
    (
        "alle",
        "Kommunalbestyrelsen yder alle hjælp til værktøj med højst 1.200 kr. om året, "
        "når borgeren er under 25 år.",
        (LAW,),
    ),
    ("doubt added", "Kommunalbestyrelsen kan muligvis undlade at kræve hjælpen tilbage.", (LAW,)),
    (
        "inden to efter",
        "Hjælpen bortfalder, medmindre borgeren efter 14 dage oplyser om ændrede forhold.",
        (LAW,),
    ),
    (
        "per month",
        "Kommunalbestyrelsen yder hjælp til værktøj med højst 1.200 kr. om måneden, når "
        "borgeren er under 25 år.",
        (LAW,),
    ),
    ("negation moved", "Nævnet lagde ikke vægt på, at kommunen havde hørt borgeren.", (FINDING,)),
    ("unit", "Efter § 4, stk. 2, kan kommunalbestyrelsen undlade at kræve hjælpen tilbage.", (LAW,)),
    ("act", "Efter lov om maskiner kan kommunalbestyrelsen undlade at kræve hjælpen tilbage.", (LAW,)),
    (
        "derfor",
        "Derfor bortfalder hjælpen, medmindre borgeren inden 14 dage oplyser om ændrede forhold.",
        (LAW,),
    ),
    ("question", "Kan kommunalbestyrelsen undlade at kræve hjælpen tilbage?", (LAW,)),
]


@pytest.fixture(scope="module")
def support() -> Support:
    return Support(Analyzer())


@pytest.mark.parametrize(("claim", "cited"), [(c, w) for _, c, w in BENT], ids=[n for n, _, _ in BENT])
def test_a_claim_that_bends_its_source_does_not_rest_on_it(
    support: Support, claim: str, cited: tuple[Words, ...]
) -> None:
    assert isinstance(support.check(claim, cited), Unsupported)


def test_the_same_sentences_unbent_do(support: Support) -> None:
    for claim, cited in (
        ("Kommunalbestyrelsen kan undlade at kræve hjælpen tilbage.", LAW),
        ("Ansøgning skal ikke indgives skriftligt.", LAW),
        ("Kommunen traf afgørelse den 3. maj 2021.", FINDING),
        ("Nævnet lagde vægt på, at kommunen ikke havde hørt borgeren.", FINDING),
    ):
        assert not isinstance(support.check(claim, (cited,)), Unsupported), claim
