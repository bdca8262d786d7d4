"""Makes a test collection out of judgments that cite each other by name: facts ask, the cases cited answer.

    python tests/benchmarks/cited_cases.py aila2019-casedocs-train FOLDER
    python -m index.evaluation FOLDER/aila2019-cited-cases --language en --encoder none

Ten training queries tell ways of searching for precedents apart too seldom. In the same pool of judgments some
nine hundred cite another by its parties («A v B»). The first words of such a judgment, mostly the facts, are
the query, with the names of cases cut out; the judgments that its whole text names are the answers. The test
queries of the collection and what was judged for them are not touched. Names are also cited in passing, and
many cited cases are not in the pool: the figures compare ways of searching, and mean little by themselves.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from index.evaluation.beir import read_collection
from index.evaluation.types import CollectionDocument

NAME = "aila2019-cited-cases"
LENGTHS = (250, 350, 450, 600, 800)  # words of a query; one of them by chance, as the real ones vary
LEAST = 700  # words of a judgment that is asked: a shorter one has no facts to speak of
SEED = 1

_HEAD = re.compile(r"delivered by\s*:?[^\n]*\n")
_NAMES_OF_CASES = re.compile(
    r"[A-Z][\w.&'-]*(?: [\w.&'-]+){0,6} (?:v|vs|versus)s?\.? (?:[A-Z][\w.&'-]*)"
    r"(?: (?:[A-Z][\w.&'-]*|of|and|the))*"
)
_STATES = {"u p": "uttar pradesh", "m p": "madhya pradesh", "a p": "andhra pradesh"}
_BEFORE, _AFTER = 3, 2  # words of the parties' names that are compared


def words_of(text: str) -> list[str]:
    """The words of a text with the names of parties written in one way."""
    plain = re.sub(r"\b(?:vs|versus|v/s)\b\.?", "v", text.lower())
    plain = re.sub(r"[^a-z0-9 ]+", " ", plain.replace(".", " ").replace("&", " and "))
    for short, long in _STATES.items():
        plain = re.sub(rf"\b{short}\b", long, plain)
    plain = re.sub(r"\b(?:and )?(?:others|another|anr|ors|etc)\b|\b(?:the|of|and)\b", " ", plain)
    return plain.split()


def cited(documents: Sequence[CollectionDocument]) -> list[set[int]]:
    """For each document the others that it names by their parties."""
    named: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, document in enumerate(documents):
        title = words_of(document.title)
        if "v" in title[1:-1]:
            at = title.index("v", 1)
            named[(*title[max(0, at - _BEFORE) : at], "v", *title[at + 1 : at + 1 + _AFTER])].add(number)
    found = []
    for number, document in enumerate(documents):
        words = words_of(document.text)
        here: set[int] = set()
        for at in (i for i, word in enumerate(words) if word == "v"):
            for before in range(1, _BEFORE + 1):
                for after in range(1, _AFTER + 1):
                    here |= named.get(
                        (*words[max(0, at - before) : at], "v", *words[at + 1 : at + 1 + after]), set()
                    )
        found.append(here - {number})
    return found


def facts(document: CollectionDocument, words: int) -> str:
    """The first words of a judgment without its head and without the names of cases."""
    text = _NAMES_OF_CASES.sub("", _HEAD.split(document.text, maxsplit=1)[-1])
    return " ".join(text.split()[:words])


def write_collection(
    folder: Path,
    searched: Path,
    asking: Sequence[tuple[CollectionDocument, Iterable[str]]],
    chance: random.Random,
    masked: Callable[[str], str] = str,
) -> None:
    """Write a collection in BEIR layout.

    Args:
        searched: the folder whose documents are searched.
        asking: each document whose facts ask, with the ids of the answers.
        masked: takes out of the facts what would give the answer away.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (original,) = searched.glob("corpus.jsonl*")
    shutil.copyfile(original, folder / original.name)
    with (folder / "queries.jsonl").open("w") as queries, (folder / "qrels.tsv").open("w") as qrels:
        qrels.write("query-id\tcorpus-id\tscore\n")
        for asked, answers in asking:
            text = masked(facts(asked, chance.choice(LENGTHS)))
            queries.write(json.dumps({"_id": f"facts of {asked.id}", "text": text}) + "\n")
            for answer in answers:
                qrels.write(f"facts of {asked.id}\t{answer}\t1\n")


def main() -> None:
    """Write the collection."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="folder with the judgments in BEIR layout")
    parser.add_argument("into", type=Path, help="folder to write the collection's folder into")
    parser.add_argument("--queries", type=int, default=200, help="how many to draw")
    options = parser.parse_args()
    documents = read_collection(options.source).documents
    chance = random.Random(SEED)
    asking = [
        (number, answers)
        for number, answers in enumerate(cited(documents))
        if answers and len(documents[number].text.split()) >= LEAST
    ]
    chance.shuffle(asking)
    folder = options.into / NAME
    # A judgment finds itself first whatever the way of searching: it is part of the pool, and never an answer.
    drawn = [
        (documents[number], [documents[answer].id for answer in sorted(answers)])
        for number, answers in asking[: options.queries]
    ]
    write_collection(folder, options.source, drawn, chance)
    print(
        f"{folder}: {min(len(asking), options.queries)} of {len(asking)} queries, {len(documents)} documents."
    )


if __name__ == "__main__":
    main()
