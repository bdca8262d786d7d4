"""Personal data: what is found, what is left alone, and what stands in its place.

Every number here is made up; CPR numbers have no valid holder or belong to nobody's birthday in particular.
"""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.privacy.detect import find_personal_data
from corpus.privacy.pseudonyms import pseudonymise, without_pseudonyms
from corpus.privacy.types import DataClass

CPR = [
    "010190-1234", "0101901234", "010190 1234", "010190 - 1234", "010190–1234", "010190\u20111234",
    "010190\u00ad1234", "010190-\n1234", "01.01.90-1234", "01 01 90-1234", "01-01-90-1234", "01/01/90-1234",
    "01011990-1234", "610190-1234", "311299−9999", "010190\u200b-\u200b1234", "290200.0001", "010190  1234",
    "010190‐1234", "010190\u00a0-\u00a01234",
]  # fmt: skip
PHONES = [
    "20 23 12 15",
    "+45 87 65 43 21",
    "tlf. 8765 4321",
    "87654321",
    "0046 70 123 45 67",
    "(+45) 20231215",
]
ACCOUNTS = ["DK50 0040 0440 1162 43", "DK5000400440116243", "1234-0012345678", "9570 1234567890"]
EMAILS = [
    "anna.b@eksempel.dk",
    "Anna@Sub.Eksempel.DK",
    "bo+job@eksempel.co.uk",
    "anna (at) eksempel.dk",
    "æøå@eksempel.dk",
]
LEFT_ALONE = [
    "lovbekendtgørelse nr. 1031 af 22. juni 2023", "den 2024-03-01 kl. 10", "i 2015-2019", "12.03.2024",
    "§§ 35-43 og § 36, stk. 1", "kr. 25.000.000", "12 345 678 kr.", "20 23 12 15 kroner", "27.500.000 kr.",
    "principmeddelelse 28-24", "U 2010.415 H", "A-12-06", "01-01-2024", "den 01.02.2024 1500 kr.",
    "j.nr. 2025-4932", "forordning (EU) 2024/1787", "journalnummer: 2019-422-0024", "sag BS-2496/2025-KBH",
    "1. januar 2024", "CVR 12345678", "10.245,50 kr.", "CELEX 32016R0679", "ECLI:EU:C:2019:5",
    "BEK nr 1239 af 22/06/2023",
]  # fmt: skip


@pytest.mark.parametrize("number", CPR)
def test_a_cpr_number_is_found_however_it_is_written(number: str) -> None:
    text = f"Borgeren ({number}) mødte ikke op."
    (found,) = find_personal_data(text)
    assert found.kind is DataClass.CPR
    assert found.span.of(text) == number


def test_a_cpr_number_that_fails_the_check_digit_is_found_all_the_same() -> None:
    assert find_personal_data("070761-4285, 070761-4286 og 070761-4287")[2].value == "0707614287"


@pytest.mark.parametrize("text", ["cpr 9999999999", "CPR-nr.: 123456 7890", "cprnummer 000000-0000"])
def test_ten_digits_that_are_called_a_cpr_number_are_one(text: str) -> None:
    assert [f.kind for f in find_personal_data(text)] == [DataClass.CPR]


def test_the_last_four_digits_are_found_where_the_text_says_what_they_are() -> None:
    text = "Hendes sidste fire cifre i cpr-nummeret er 4321."
    assert [f.span.of(text) for f in find_personal_data(text)] == ["4321"]


@pytest.mark.parametrize("number", PHONES)
def test_a_phone_number_is_found(number: str) -> None:
    (found,) = find_personal_data(f"Hun kan træffes på {number} om dagen.")
    assert found.kind is DataClass.PHONE


@pytest.mark.parametrize("number", ACCOUNTS)
def test_an_account_number_is_found(number: str) -> None:
    (found,) = find_personal_data(f"Beløbet gik til {number} den dag.")
    assert found.kind is DataClass.ACCOUNT


@pytest.mark.parametrize(
    "text", ["konto nr. 12345678", "kontonummer: 0012345678", "reg.nr. 1234 konto 5678901234"]
)
def test_digits_that_are_called_an_account_are_one(text: str) -> None:
    assert {f.kind for f in find_personal_data(text)} == {DataClass.ACCOUNT}


@pytest.mark.parametrize("address", EMAILS)
def test_an_email_address_is_found(address: str) -> None:
    text = f"Han skrev fra {address}, men fik intet svar."
    (found,) = find_personal_data(text)
    assert (found.kind, found.span.of(text)) == (DataClass.EMAIL, address)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_the_law_is_full_of_is_left_alone(text: str) -> None:
    assert find_personal_data(f"Det følger af {text} i sagen.") == ()


def test_the_same_data_has_the_same_pseudonym_however_it_is_written() -> None:
    made = pseudonymise(
        "010190-1234 og 0101901234, men 020290-1234 er en anden. Ring 20231215 eller +45 20 23 12 15."
    )
    assert made.text == (
        "[cpr-nummer 1] og [cpr-nummer 1], men [cpr-nummer 2] er en anden."
        " Ring [telefonnummer 1] eller [telefonnummer 1]."
    )


def test_a_replacement_stands_where_its_span_says() -> None:
    made = pseudonymise("Anna, 010190-1234, anna@eksempel.dk, tlf. 20231215.")
    assert [r.span.of(made.text) for r in made.replacements] == [r.pseudonym for r in made.replacements]


def test_the_one_who_asked_gets_the_words_back() -> None:
    text = "Borger 010190-1234 skrev fra anna@eksempel.dk."
    made = pseudonymise(text)
    assert made.restore(made.text) == text


def test_a_search_is_not_drawn_to_the_words_of_a_pseudonym() -> None:
    assert without_pseudonyms(pseudonymise("Ring 20231215 nu").text) == "Ring – nu"


def test_nothing_that_is_printed_of_it_holds_what_was_replaced() -> None:
    assert "1234" not in repr(pseudonymise("cpr 010190-1234"))


def test_a_text_that_was_read_before_keeps_its_pseudonyms_apart_from_new_ones() -> None:
    made = pseudonymise("[cpr-nummer 1] bor med 020290-1234")
    assert made.text == "[cpr-nummer 1] bor med [cpr-nummer 2]"
    assert made.restore("[cpr-nummer 1]") == "[cpr-nummer 1]"


@given(st.text(alphabet="0123456789 -./\n+aA@k.dr", max_size=200))
def test_nothing_that_looks_like_a_cpr_number_is_left_in_any_text(text: str) -> None:
    made = pseudonymise(text)
    left = re.sub(r"\[[^\]]*\]", "[]", made.text)
    assert not re.search(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d-?\d{4}(?!\d)", left)
    assert made.restore(made.text) == text


def test_time_grows_no_faster_than_the_text() -> None:
    def seconds(size: int) -> float:
        text = ("1 2-3.4 010190 12 konto 1 " * size)[: 26 * size]
        start = time.process_time()
        find_personal_data(text)
        return time.process_time() - start

    seconds(10)
    assert seconds(1600) < 30 * max(seconds(200), 0.005)
