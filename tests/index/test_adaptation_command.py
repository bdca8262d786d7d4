"""``python -m index.adaptation`` goes from a corpus to a served folder, and says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.wiring import Workspace
from corpus.sources import starter
from index import e5_weights
from index.adaptation import __main__ as command
from index.adaptation import prune
from index.adaptation.pairs import Origin, Pair, read_pairs, write_pairs
from index.adaptation.transfer import sampled
from index.encoders import load_encoder
from index.evaluation.beir import read_collection
from tests.index.tiny_model import WORDS, tiny_weights

FAST = ["--layers", "1", "--batch", "4", "--max-tokens", "32", "--no-bfloat16"]


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The tiny model in the place of the installed one, and its folder to train."""
    monkeypatch.setattr(e5_weights, "read_weights", tiny_weights)
    monkeypatch.setattr(prune, "everyday_words", lambda: {"støj", "nabo"})
    folder = tmp_path / "tiny"
    folder.mkdir()
    e5_weights.write_sentence_transformers_folder(tiny_weights(), folder)
    return folder


def test_the_steps_lead_from_a_corpus_to_a_folder_that_serves(
    demo: Workspace, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, pairs, trained = ["--data", str(demo.settings.data)], str(tmp_path / "p"), str(tmp_path / "trained")
    assert command.main(["pairs", *data, pairs]) == 0
    assert "reference: " in capsys.readouterr().out
    assert len(read_pairs(Path(pairs))) > 80
    assert command.main(["train", *data, pairs, trained, "--folder", str(tiny), *FAST]) == 0
    assert "step 10 of" in capsys.readouterr().out
    served, change, applied = (tmp_path / name for name in ("served", "change.safetensors", "applied"))
    assert command.main(["export", *data, str(served), "--folder", trained, "--change", str(change)]) == 0
    assert command.main(["apply", *data, str(change), str(applied)]) == 0
    assert (served / "encoder.json").read_bytes() == (applied / "encoder.json").read_bytes()
    encoder = load_encoder(f"onnx:{served}", tmp_path, 1)
    assert encoder.name == "e5-small-law"
    assert encoder.encode_queries(["støj fra nabo"]).shape == (1, 32)


def test_two_encoders_are_compared_over_held_out_pairs_and_over_a_collection(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held_out = "lov-7"  # one of those that the rule keeps apart
    pairs = [
        Pair(f"{word} hus", f"lov: {word} plan", Origin.REFERENCE, held_out, held_out, f"{held_out}:{word}")
        for word in WORDS
    ]
    write_pairs(pairs, tmp_path / "pairs")
    spec, data = f"st:{tiny}", ["--data", str(tmp_path)]
    assert command.main(["compare", *data, str(tmp_path / "pairs"), spec, "--before", spec]) == 0
    assert f"| all | {len(WORDS)} |" in capsys.readouterr().out
    folder = collection(tmp_path / "collection")
    assert command.main(["transfer", *data, str(folder), spec, "--before", spec]) == 0
    table = capsys.readouterr().out
    assert "collection: 8 judged queries, 8 documents." in table
    assert "| dense, best passage | nDCG@10 |" in table
    assert "+0.000 (+0.000 … +0.000), p 1.000" in table


def test_ones_own_search_is_compared_with_itself_and_nothing_changes(
    demo: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over three of the starter corpus's own cases."""
    source = Path(starter.__file__).parents[1] / "starter" / "cases"
    lines = (source / "queries.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    (tmp_path / "queries.jsonl").write_text("\n".join(lines), encoding="utf-8")
    head, *judgements = (source / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    asked = {json.loads(line)["_id"] for line in lines}
    judged = [head, *(line for line in judgements if line.split("\t")[0] in asked)]
    (tmp_path / "qrels.tsv").write_text("\n".join(judged), encoding="utf-8")
    data = str(demo.settings.data)
    model = demo.settings.encoder
    given = ["own", "--data", data, data, model, "--before", model, "--cases", str(tmp_path)]
    assert command.main(given) == 0
    table = capsys.readouterr().out
    assert "3 judged queries, 59 documents." in table
    assert "| fused, graph, precedents | nDCG@10 |" in table
    assert "| words" not in table
    assert table.count("+0.000 (+0.000 … +0.000), p 1.000") == 24


def collection(folder: Path) -> Path:
    """Eight short documents, each asked for by its first word."""
    folder.mkdir()
    words = WORDS[:8]
    documents = [{"_id": w, "title": "", "text": f"{w} og {WORDS[-1]} i sagen."} for w in words]
    queries = [{"_id": f"q-{w}", "text": w} for w in words]
    for name, rows in (("corpus", documents), ("queries", queries)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    qrels = "query-id\tcorpus-id\tscore\n" + "".join(f"q-{w}\t{w}\t1\n" for w in words)
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_share_of_a_collection_keeps_the_queries_whose_answers_stay(tmp_path: Path) -> None:
    whole = read_collection(collection(tmp_path / "collection"))
    half = sampled(whole, 0.5)
    assert {f"q-{document.id}" for document in half.documents} == {query.id for query in half.queries}
    assert len(half.documents) == len(half.qrels.grades) == 4
    assert sampled(whole, 0.5) == half
    assert sampled(whole, 1) == whole


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["compare", "none.jsonl", "e5-small"], "none.jsonl cannot be read"),
        (["transfer", "no-folder", "e5-small"], "no-folder"),
        (["apply", "none.safetensors", "out"], "holds no adaptation"),
        (["train", "none.jsonl", "out", "--layers", "0"], "layers"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    given: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([given[0], "--data", str(tmp_path), *given[1:]]) == 1
    assert said in capsys.readouterr().err
