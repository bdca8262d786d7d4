"""The adapted encoder that comes with the program is made of its file, once, and says what it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from api.settings import Settings
from api.wiring import Workspace
from index.adaptation import shipped
from index.encoders import E5_SMALL_LAW, Encoder, load_encoder
from index.errors import EncoderError, IndexMismatchError
from index.types import Query

# Own words, and the first values of their vectors. 8-bit sums differ by machine.
GOLDEN = {
    "Borgeren mødte ikke op til samtalen hos jobcenteret.": [0.0439, -0.0022, 0.0242, -0.0379, 0.0705],
    "Afgørelsen kan påklages inden 4 uger.": [0.1016, 0.0524, 0.0199, -0.1595, 0.0545],
}
CARD = shipped.CHANGE.with_name("README.md")


@pytest.fixture(scope="module")
def law(model_data: Path) -> Encoder:
    return load_encoder(E5_SMALL_LAW, model_data, 1)


def test_its_vectors_are_the_golden_ones(law: Encoder) -> None:
    vectors = law.encode_passages(list(GOLDEN))
    for (text, first), vector in zip(GOLDEN.items(), vectors, strict=True):
        np.testing.assert_allclose(vector[:5], first, atol=0.004, err_msg=text)
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_it_is_another_model_than_the_one_it_was_made_of_and_still_alike(
    law: Encoder, model_data: Path
) -> None:
    embedded = load_encoder("e5-small", model_data, 1)
    assert law.fingerprint != embedded.fingerprint
    assert law.name == E5_SMALL_LAW
    texts = list(GOLDEN)
    cosines = (law.encode_passages(texts) * embedded.encode_passages(texts)).sum(axis=1)
    assert ((cosines > 0.6) & (cosines < 0.95)).all()


def test_it_is_made_once(law: Encoder, model_data: Path) -> None:
    folder = shipped.prepare_law_encoder(model_data / "models")
    made = (folder / "model.onnx").stat().st_mtime_ns
    assert shipped.prepare_law_encoder(model_data / "models") == folder
    assert (folder / "model.onnx").stat().st_mtime_ns == made


def test_an_index_made_by_it_refuses_the_embedded_model(demo: Workspace) -> None:
    assert demo.settings.encoder == E5_SMALL_LAW
    other = Workspace(Settings(data=demo.settings.data, encoder="e5-small"))
    with pytest.raises(IndexMismatchError):
        other.search(Query("Borgeren mødte ikke op."))
    other.close()


def test_its_file_is_small_and_its_card_names_it() -> None:
    assert shipped.CHANGE.stat().st_size < 60_000_000
    assert hashlib.sha256(shipped.CHANGE.read_bytes()).hexdigest() in CARD.read_text(encoding="utf-8")


def test_a_damaged_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(shipped.CHANGE.read_bytes()[:1000])
    monkeypatch.setattr(shipped, "CHANGE", damaged)
    with pytest.raises(EncoderError, match="holds no adaptation"):
        shipped.prepare_law_encoder(tmp_path / "models")
