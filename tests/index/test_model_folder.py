"""Publishing a model folder whole or not at all."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import pytest

from index import model_folder
from index.errors import EncoderError
from index.model_folder import MANIFEST, Manifest, load_manifest, publish

WANTED = Manifest("m", 512, "q: ", "p: ", "mean", origin="weights 1")


class Conversion:
    """A stand-in for a conversion that counts how often it runs."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, folder: Path) -> None:
        self.runs += 1
        (folder / "part").mkdir()
        (folder / "part" / "model.onnx").write_bytes(b"weights")


def test_a_published_folder_names_the_checksum_of_every_file(tmp_path: Path) -> None:
    folder = publish(tmp_path / "deep" / "m", WANTED, Conversion())
    manifest = load_manifest(folder)
    assert list(manifest.files) == ["part/model.onnx"]
    assert manifest.weights == "weights 1"
    assert [p.name for p in folder.parent.iterdir()] == ["m"]


def test_an_intact_folder_is_not_converted_again(tmp_path: Path) -> None:
    conversion = Conversion()
    for _ in range(2):
        publish(tmp_path / "m", WANTED, conversion)
    assert conversion.runs == 1


def test_a_folder_made_from_other_weights_is_replaced(tmp_path: Path) -> None:
    publish(tmp_path / "m", Manifest("m", 512, "q: ", "p: ", "mean", origin="weights 0"), Conversion())
    publish(tmp_path / "m", WANTED, Conversion())
    assert load_manifest(tmp_path / "m").origin == "weights 1"


@pytest.mark.parametrize("damage", ["change", "remove", "no manifest", "broken manifest", "odd manifest"])
def test_a_damaged_folder_is_refused_and_then_repaired(tmp_path: Path, damage: str) -> None:
    folder = publish(tmp_path / "m", WANTED, Conversion())
    model = folder / "part" / "model.onnx"
    if damage == "change":
        model.write_bytes(b"wEights")
    elif damage == "remove":
        model.unlink()
    elif damage == "no manifest":
        (folder / MANIFEST).unlink()
    elif damage == "broken manifest":
        (folder / MANIFEST).write_text("{")
    else:
        (folder / MANIFEST).write_text(json.dumps({"name": "m", "surprise": 1}))
    with pytest.raises(EncoderError, match="run the set-up again"):
        load_manifest(folder)
    publish(folder, WANTED, Conversion())
    assert load_manifest(folder).origin == "weights 1"


def test_a_conversion_that_fails_leaves_the_old_folder_and_no_rubbish(tmp_path: Path) -> None:
    publish(tmp_path / "m", Manifest("m", 512, "", "", "mean", origin="weights 0"), Conversion())

    def full_disk(folder: Path) -> None:
        (folder / "model.onnx").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(EncoderError, match=r"No space left on device.*1 GB free"):
        publish(tmp_path / "m", WANTED, full_disk)
    assert load_manifest(tmp_path / "m").origin == "weights 0"
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


def test_callers_at_the_same_time_all_get_a_whole_folder(tmp_path: Path) -> None:
    together = threading.Barrier(4)
    seen: list[str] = []

    def write(folder: Path) -> None:
        together.wait(timeout=10)  # none is done before all have begun
        Conversion()(folder)

    def caller() -> None:
        seen.append(load_manifest(publish(tmp_path / "m", WANTED, write)).origin)

    threads = [threading.Thread(target=caller) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["weights 1"] * 4
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


def test_what_a_crash_left_behind_is_removed_after_a_day(tmp_path: Path) -> None:
    old, new = tmp_path / ".m-old", tmp_path / ".m-new"
    for folder in (old, new):
        folder.mkdir()
    yesterday = time.time() - model_folder._LEFTOVER_AGE - 1
    os.utime(old, (yesterday, yesterday))
    publish(tmp_path / "m", WANTED, Conversion())
    assert sorted(p.name for p in tmp_path.iterdir()) == [".m-new", "m"]


def test_a_folder_without_origin_is_known_by_its_files(tmp_path: Path) -> None:
    folder = publish(tmp_path / "m", Manifest("m", 512, "", "", "mean"), Conversion())
    assert load_manifest(folder).weights.startswith("part/model.onnx:")
