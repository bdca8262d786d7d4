"""Files and folders: every file gives its records or a reason, whatever lies beside it."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import os
import tracemalloc
from pathlib import Path

import pytest
import zstandard

from corpus.errors import NotFoundError, TooLargeError, UnreadableError, UnsupportedError
from corpus.parsing.limits import MEBIBYTE, Limits
from corpus.parsing.registry import MEDIA_TYPES, MediaType
from corpus.sources.folder import Unread, read
from corpus.types import RawRecord

LINES = b'{"n": 1}\n\n{"n": 2}\r\n{"n": "\xc3\xa6"}'


def found(*paths: Path, limits: Limits | None = None) -> dict[str, RawRecord | Unread]:
    """What is read, by address."""
    items = list(read(paths, limits or Limits()))
    by_address = {item.address: item for item in items}
    assert len(by_address) == len(items)
    return by_address


def error_of(item: RawRecord | Unread) -> Exception:
    assert isinstance(item, Unread)
    return item.error


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_is_one_record_with_checksum_date_and_media_type(here: Path) -> None:
    Path("lov.MD").write_bytes(b"# Lov")
    os.utime("lov.MD", (1_900_000_000, 1_900_000_000))
    assert found(Path("lov.MD")) == {
        "lov.MD": RawRecord(
            "lov.MD",
            b"# Lov",
            MediaType.MARKDOWN,
            hashlib.sha256(b"# Lov").hexdigest(),
            dt.date(2030, 3, 17),
        )
    }


@pytest.mark.parametrize("suffix", MEDIA_TYPES)
def test_every_suffix_of_the_registry_is_read(here: Path, suffix: str) -> None:
    Path(f"a{suffix}").write_bytes(b"{}")
    (item,) = found(Path()).values()
    assert isinstance(item, RawRecord)
    assert item.media_type == MEDIA_TYPES[suffix]


def test_a_folder_is_walked_in_order_of_names_without_hidden_files(here: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".skjult.txt", ".git/x.txt", "c.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("Ord")
    assert list(found(Path())) == ["a.txt", "b/1.txt", "b/2.txt", "c.txt"]


def test_addresses_begin_with_the_path_as_given(here: Path) -> None:
    Path("m").mkdir()
    Path("m/a.txt").write_text("Ord")
    assert list(found(Path("m"))) == ["m/a.txt"]
    assert list(found(here / "m")) == [str(here / "m" / "a.txt")]


def test_a_loop_of_links_ends_and_is_reported(here: Path) -> None:
    Path("m/n").mkdir(parents=True)
    Path("m/a.txt").write_text("Ord")
    Path("m/n/op").symlink_to(here / "m")
    items = found(Path("m"))
    assert isinstance(items["m/a.txt"], RawRecord)
    assert isinstance(error_of(items["m/n/op"]), UnsupportedError)


def test_a_link_that_leads_nowhere_is_reported(here: Path) -> None:
    Path("væk.txt").symlink_to("findes-ikke.txt")
    assert isinstance(error_of(found(Path("væk.txt"))["væk.txt"]), NotFoundError)


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.jsonl", bytes),
        ("a.jsonl.gz", gzip.compress),
        ("a.json.gz", gzip.compress),
        ("a.jsonl.zst", zstandard.compress),
        ("a.json.zst", zstandard.compress),
        ("frames.jsonl.zst", lambda d: zstandard.compress(d[:11]) + zstandard.compress(d[11:])),
    ],
)
def test_a_file_of_records_gives_one_a_line_with_the_line_number(here: Path, name: str, pack) -> None:  # type: ignore[no-untyped-def]
    Path(name).write_bytes(pack(LINES))
    items = found(Path(name))
    assert list(items) == [f"{name}#1", f"{name}#3", f"{name}#4"]
    assert [json.loads(i.data)["n"] for i in items.values() if isinstance(i, RawRecord)] == [1, 2, "æ"]
    assert all(i.media_type == MediaType.JSON for i in items.values() if isinstance(i, RawRecord))


@pytest.mark.parametrize(
    ("name", "pack"), [("a.jsonl.zst", zstandard.compress), ("a.jsonl.gz", gzip.compress)]
)
def test_what_stands_before_the_cut_in_a_truncated_file_is_kept(here: Path, name: str, pack) -> None:  # type: ignore[no-untyped-def]
    lines = b"".join(
        b'{"n": "%s"}\n' % hashlib.sha256(str(n).encode()).hexdigest().encode() for n in range(9000)
    )
    Path(name).write_bytes(pack(lines)[:-20_000])
    *whole, last = found(Path(name)).values()
    assert len(whole) > 1000
    assert all(isinstance(item, RawRecord) and json.loads(item.data) for item in whole)
    assert isinstance(error_of(last), UnreadableError)
    assert last.address == f"{name}#{len(whole) + 1}"


@pytest.mark.parametrize("name", ["a.jsonl.zst", "a.jsonl.gz"])
def test_a_packed_file_of_rubbish_is_reported(here: Path, name: str) -> None:
    Path(name).write_bytes(b"Dette er ikke pakket." * 9)
    assert isinstance(error_of(found(Path(name))[f"{name}#1"]), UnreadableError)


def test_a_line_over_the_limit_is_reported_and_the_next_is_read(here: Path) -> None:
    Path("a.jsonl").write_bytes(b'{"n": 1}\n"' + b"x" * 5000 + b'"\n{"n": 3}\n')
    items = found(Path("a.jsonl"), limits=Limits(record_bytes=1000))
    assert isinstance(error_of(items["a.jsonl#2"]), TooLargeError)
    assert isinstance(items["a.jsonl#3"], RawRecord)


def test_a_packed_bomb_is_stopped(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.sources.lines._RATIO_FROM", MEBIBYTE)
    Path("a.jsonl.zst").write_bytes(zstandard.compress(b"x" * 8 * MEBIBYTE))
    items = found(Path("a.jsonl.zst"), limits=Limits(stream_ratio=100))
    assert any("stream_ratio" in str(item.error) for item in items.values() if isinstance(item, Unread))


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.zst"])
def test_a_large_file_of_records_takes_little_memory(here: Path, name: str) -> None:
    lines = (b'{"n": "' + os.urandom(5000).hex().encode() + b'"}\n') * 5000
    Path(name).write_bytes(zstandard.compress(lines) if name.endswith("zst") else lines)
    size = len(lines)
    del lines
    tracemalloc.start()
    count = sum(1 for _ in read([Path(name)]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5000
    assert peak < size * 2 / 3


def test_a_list_of_records_gives_each_element_with_its_own_bytes(here: Path) -> None:
    Path("a.json").write_text(' [ {"n":  1} ,{"n": "æ]"}, [2] ]\n')
    items = found(Path("a.json"))
    assert [i.data.decode() for i in items.values() if isinstance(i, RawRecord)] == [
        '{"n":  1}',
        '{"n": "æ]"}',
        "[2]",
    ]
    assert list(items) == ["a.json#1", "a.json#2", "a.json#3"]


@pytest.mark.parametrize("text", ["[", "[]", "[1", "[1 2]", "[1,]", "[1] 2", "[" * 100_000, "[1,\n{]"])
def test_a_list_that_is_empty_or_broken_is_reported(here: Path, text: str) -> None:
    Path("a.json").write_text(text)
    assert isinstance(error_of(found(Path("a.json"))["a.json"]), UnreadableError)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.png", ".docx"),
        ("a.doc", "Gem den som .docx"),
        ("a.zip", "Pak den ud"),
        ("noter", "Gem den som en af"),
    ],
)
def test_an_unknown_file_type_is_reported_with_the_remedy(here: Path, name: str, told: str) -> None:
    Path(name).write_bytes(b"x")
    error = error_of(found(Path(name))[name])
    assert isinstance(error, UnsupportedError)
    assert told in error.remedy


def test_files_beside_the_documents_are_reported_unless_named(here: Path) -> None:
    Path("m").mkdir()
    for name in ("README.md", "MANIFEST.tsv", "lov.md"):
        Path("m", name).write_text("# Ord")
    items = found(Path("m"))
    assert isinstance(error_of(items["m/README.md"]), UnsupportedError)
    assert isinstance(error_of(items["m/MANIFEST.tsv"]), UnsupportedError)
    assert isinstance(items["m/lov.md"], RawRecord)
    assert isinstance(found(Path("m/README.md"))["m/README.md"], RawRecord)


def test_a_missing_path_stops_nothing(here: Path) -> None:
    Path("a.txt").write_text("Ord")
    items = found(Path("væk"), Path("a.txt"), Path("med\0nul"))
    assert isinstance(error_of(items["væk"]), NotFoundError)
    assert isinstance(items["a.txt"], RawRecord)
    assert isinstance(error_of(items["med\0nul"]), NotFoundError)


def test_a_folder_without_anything_to_read_is_reported(here: Path) -> None:
    Path("tom/under").mkdir(parents=True)
    assert isinstance(error_of(found(Path("tom"))["tom"]), NotFoundError)


def test_what_must_not_be_read_is_reported(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text("Ord")
    Path("b.txt").write_text("Ord")
    opened = Path.open

    def refuse(self: Path, *args: object, **more: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    items = found(Path())
    assert "læseadgang" in str(error_of(items["a.txt"]))
    assert isinstance(items["b.txt"], RawRecord)


def test_a_pipe_is_reported_and_not_waited_for(here: Path) -> None:
    os.mkfifo("rør.txt")
    assert isinstance(error_of(found(Path("rør.txt"))["rør.txt"]), UnsupportedError)


def test_a_text_of_200_megabytes_is_refused_without_being_read(here: Path) -> None:
    with Path("stor.txt").open("wb") as file:
        file.truncate(200 * MEBIBYTE)
    tracemalloc.start()
    error = error_of(found(Path("stor.txt"))["stor.txt"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(error, TooLargeError)
    assert str(error) == (
        "Dokumentet fylder 200 MiB, og grænsen er 64 MiB. Del det, eller hæv grænsen `record_bytes`."
    )
    assert peak < MEBIBYTE


@pytest.mark.shared
def test_every_record_of_the_real_material_is_met(shared: Path) -> None:
    items = list(read([shared / "corpus" / "decisions_json", shared / "corpus" / "lexdania_acts"]))
    assert [item for item in items if isinstance(item, Unread)] == []
    assert len(items) == 120 + 325
