import pytest

from corpus.structure import section_role
from corpus.types import SectionRole


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        (SectionRole.SUMMARY, ["Resume", "RESUMÉ:", "1.Resumé", "Principmeddelelsen fastslår", "Domsresumé"]),
        (
            SectionRole.RULES,
            ["Love:", "Vejledninger", "2. Reglerne", "Love og bekendtgørelser", "Retsgrundlag"],
        ),
        (SectionRole.PRACTICE, ["Praksis", "3. Andre Principafgørelser", "Andre principmeddelelser"]),
        (
            SectionRole.FACTS,
            ["Sagsfremstilling", "Oplysninger i sagen", "Sagens omstændigheder", "II. Forklaringer"],
        ),
        (
            SectionRole.REASONING,
            ["Begrundelsen for afgørelsen", "Rettens begrundelse og resultat", "Fyrnævnets vurdering"],
        ),
        (
            SectionRole.OUTCOME,
            [
                "Afgørelse:",
                "4. Den konkrete afgørelse",
                "Konklusion",
                "Datatilsynets afgørelse",
                "THI KENDES FOR RET:",
            ],
        ),
        (SectionRole.OTHER, ["1. Baggrund for at behandle sagen", "Note:"]),
    ],
)
def test_a_known_heading_tells_what_its_section_is_for(role: SectionRole, titles: list[str]) -> None:
    assert {title: section_role(title) for title in titles} == dict.fromkeys(titles, role)


def test_letter_spacing_does_not_hide_a_heading() -> None:
    assert section_role("T h i  k e n d e s  f o r  r e t :") is SectionRole.OUTCOME


@pytest.mark.parametrize(
    "title",
    [
        "",
        "4.",
        "Afgørelsen blev truffet på et møde",
        "Fyrvagten klagede over kommunens afgørelse",
        "Praksis " * 40,
    ],
)
def test_words_that_are_no_known_heading_have_no_role(title: str) -> None:
    assert section_role(title) is None
