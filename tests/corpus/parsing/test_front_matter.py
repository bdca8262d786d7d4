"""Front matter: what is read, what is refused, and that docs/formats.md tells the same."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from corpus.errors import UnreadableError
from corpus.parsing import front_matter, markdown
from corpus.parsing.registry import MediaType
from corpus.types import DocumentType, Kind, Metadata, Status
from tests.corpus.parsing.conftest import record

DOCS = Path(__file__).parents[3] / "docs" / "formats.md"


def metadata(matter: str, body: str = "Tekst.") -> Metadata:
    return markdown.parse(record(f"---\n{matter}\n---\n\n{body}\n".encode(), MediaType.MARKDOWN)).metadata


FULL = """\
type: afgørelse
titel: "Afgørelse 7-31 (FIKTIV)"
nummer: 7
år: 2031
dato: 2031-05-03
ophørt: 2032-01-01
status: historisk
myndighed: Ankenævnet
journalnummer: 31-77: B
afgørelsesnummer: 7-31
udfald: ophævet, hjemvist
emner: færge; tilskud, særligt
retsgrundlag: lov om støtte § 1, stk. 2; forvaltningsloven § 19
id: fiktiv-7-31
url: https://afgoerelser.example/7-31
fiktiv: ja"""


def test_every_danish_key_fills_its_field() -> None:
    assert metadata(FULL) == Metadata(
        title="Afgørelse 7-31 (FIKTIV)",
        type=DocumentType.DECISION,
        kind=Kind.PRECEDENT,
        identifier="fiktiv-7-31",
        number="7",
        year=2031,
        date=dt.date(2031, 5, 3),
        ended=dt.date(2032, 1, 1),
        status=Status.HISTORIC,
        url="https://afgoerelser.example/7-31",
        authority="Ankenævnet",
        journal_number="31-77: B",
        decision_number="7-31",
        outcomes=("ophævet", "hjemvist"),
        subjects=("færge", "tilskud, særligt"),
        legal_basis=("lov om støtte § 1, stk. 2", "forvaltningsloven § 19"),
        fictional=True,
    )


@pytest.mark.parametrize("key", front_matter.KEYS, ids=lambda k: k.english)
def test_the_english_name_of_a_key_does_the_same(key: front_matter.Key) -> None:
    values = {
        "type": "dom",
        "year": "1999",
        "status": "gældende",
        "fictional": "ja",
        "eli": "/eli/lta/2031/9",
    }
    values |= dict.fromkeys(("date", "published", "ended"), "2031-05-03") | {"url": "https://a.example"}
    value = values.get(key.english, "ord")
    english = key.english.replace(" ", "_").title()
    assert metadata(f"{english}: {value}") == metadata(f"{key.danish}: {value}")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("type: forordning", "lov, lovbekendtgørelse"),
        ("status: måske", "gældende, historisk"),
        ("dato: 3. maj 2031", "ÅÅÅÅ-MM-DD"),
        ("dato: 2031-02-30", "ÅÅÅÅ-MM-DD"),
        ("dato: 20310503", "ÅÅÅÅ-MM-DD"),
        ("år: 31", "fire cifre"),
        ("id: æble/2", "A-Z"),
        ("url: javascript:alert(1)", "https://"),
        ("fiktiv: måske", "ja, nej"),
        ("titel: A\ntitle: B", "to gange"),
        ("titel: A\ntitel: B", "to gange"),
        ("titel: A\nhvad er det her", "nøgle: værdi"),
    ],
)
def test_a_bad_value_is_refused_with_what_is_allowed(line: str, told: str) -> None:
    with pytest.raises(UnreadableError, match=re.escape(told)):
        metadata(line)


def test_an_unknown_key_is_warned_of_and_an_empty_one_is_absent() -> None:
    text = "---\nforfatter: Ukendt\ndato:\ntitel: Lov om ting\n  og sager\n# en bemærkning\n\n---\n§ 1. Ord."
    document = markdown.parse(record(text.encode(), MediaType.MARKDOWN))
    assert document.warnings == ("Filens hoved har en ukendt nøgle, «forfatter», som er udeladt.",)
    assert document.metadata.date is None
    assert document.metadata.title == "Lov om ting og sager"


def test_a_rule_on_the_first_line_is_no_front_matter() -> None:
    document = markdown.parse(record(b"---\n\nLinje: tekst.\n\n---\n\nMere.", MediaType.MARKDOWN))
    assert document.text == "Linje: tekst.\nMere."


def test_front_matter_that_is_never_closed_is_read_as_text_with_a_warning() -> None:
    document = markdown.parse(record(b"---\ntype: lov\n\n1. Ord.", MediaType.MARKDOWN))
    assert document.text == "type: lov\n1. Ord."
    assert "mangler" in document.warnings[0]


def test_front_matter_may_be_decomposed_and_have_any_line_ends() -> None:
    data = "\ufeff---\r\nty\u0070e: afg\u00f8relse\r\na\u030ar: 2031\r\n---\r\nOrd.".encode()
    document = markdown.parse(record(data, MediaType.MARKDOWN))
    assert (document.metadata.type, document.metadata.year) == (DocumentType.DECISION, 2031)


def test_the_document_on_formats_names_every_key_and_value() -> None:
    told = DOCS.read_text(encoding="utf-8")
    table = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", told, re.M)
    assert table == [(key.danish, key.english.replace(" ", "_")) for key in front_matter.KEYS]
    for value in (*front_matter.TYPES, *front_matter.STATUSES):
        assert f"`{value}`" in told


def test_the_examples_in_the_document_on_formats_are_read_without_a_warning() -> None:
    examples = re.findall(r"```markdown\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    documents = [markdown.parse(record(e.encode(), MediaType.MARKDOWN)) for e in examples]
    assert [bool(d.provisions) for d in documents] == [True, False]
    assert [bool(d.sections) for d in documents] == [False, True]
    assert all(d.metadata.fictional and not d.warnings for d in documents)
