"""Makes a test collection out of judgments that cite statutes: facts ask, the statutes cited answer.

    python tests/benchmarks/cited_statutes.py aila2019-casedocs-train aila2019-statutes-train FOLDER
    python -m index.evaluation FOLDER/aila2019-cited-statutes --language en --encoder none

Ten training queries tell ways of searching for statutes apart too seldom. The same task's pool of judgments
cites some hundred of the same statutes by their numbers. The first words of a judgment, mostly the facts, are
the query, with every number of a section cut out; the statutes that its whole text cites are the answers. The
test queries of the collection and what was judged for them are not touched. Statutes are also cited in
passing, and those without a line below are not among the answers: the figures compare ways of searching, and
mean little by themselves.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from cited_cases import LEAST, SEED, write_collection

from index.evaluation.beir import read_collection

NAME = "aila2019-cited-statutes"

# Which section each statute of the collection is, by its title and words: «302:2» is section 302, statute S2.
SECTIONS = {
    "Indian Penal Code": (
        "302:2 34:6 149:11 120B:12 307:13 148:15 323:19 420:20 147:21 324:24 498A:25 201:26 376:28 326:34 "
        "468:40 471:41 300:43 304B:48 467:49 304:51 409:52 406:53 506:54 109:62 306:63 325:64 341:76 342:80 "
        "3:86 452:88 364:92 193:94 161:95 143:107 366:108 379:110 304A:112 395:117 427:118 504:119 465:125 "
        "397:129 114:131 392:136 363:141 380:152 447:155 21:157 411:165 477A:168 354:181 4:189 396:197"
    ),
    "Code of Criminal Procedure": (
        "482:23 313:29 161:83 173:104 164:115 197:144 439:149 162:156 125:170 378:196"
    ),
    "Code of Civil Procedure": "100:38 115:57 151:78 11:126 9:142 47:171 92:177",
    "Land Acquisition Act": "4:14 6:56 18:72 17:139",
    "Constitution": (
        "226:1 14:3 136:4 32:5 19:7 227:8 21:9 16:10 309:16 133:17 142:18 311:22 12:30 22:31 20:44 15:45 39:46 "
        "141:50 3:59 245:60 13:61 134:69 132:71 254:84 5:85 162:91 25:96 366:97 38:100 26:103 30:106 235:111 "
        "166:113 2:114 31A:120 300A:121 265:122 372:135 145:147 304:148 161:160 47:175 29:176 129:178 46:180 "
        "233:182 299:183 6:188 324:191 302:195 301:79 286:77"
    ),
}
_ACTS = {
    "Indian Penal Code": re.compile(r"I\.?\s?P\.?\s?C|Penal"),
    "Code of Criminal Procedure": re.compile(r"Cr\.?\s?P\.?\s?C|Criminal Procedure|Code of Criminal"),
    "Code of Civil Procedure": re.compile(r"\bC\.?\s?P\.?\s?C|Civil Procedure"),
    "Land Acquisition Act": re.compile(r"Land Acquisition|L\.A\.? Act"),
}
_NUMBER = r"\d{1,3}(?:-?[A-Z]{1,2})?\b(?:\s*\([^)]{1,6}\))*"
_NUMBERS = rf"({_NUMBER}(?:\s*(?:,|/|and|or|&|read with|r/w|to|as well as)?\s*(?:[Ss]ections?|s\.)?\s*{_NUMBER}){{0,12}})"
_SECTION = rf"(?:[Ss]ections?|\bSS?\.|\bss?\.|u/ss?\.?)\s*{_NUMBERS}"
_ARTICLE = rf"\b(?:[Aa]rticles?|[Aa]rts?\.)\s*{_NUMBERS}"
_CITING = re.compile(rf"{_SECTION}((?:[^.;]|(?<=[A-Z])\.){{0,60}})")
_CITING_CONSTITUTION = re.compile(_ARTICLE)
_MASKED = re.compile(rf"{_SECTION}|{_ARTICLE}")
_ONE = re.compile(r"\d{1,3}(?:-?[A-Z]{1,2})?\b")


def _numbered() -> dict[tuple[str, str], set[str]]:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for act, sections in SECTIONS.items():
        for pair in sections.split():
            section, statute = pair.split(":")
            found[act, section].add(f"S{statute}")
    return found


NUMBERED = _numbered()


def cited(text: str) -> set[str]:
    """The ids of the statutes that a judgment cites by number and act."""
    found: set[str] = set()
    for match in _CITING_CONSTITUTION.finditer(text):
        for number in _ONE.findall(match[1]):
            found |= NUMBERED.get(("Constitution", number.replace("-", "")), set())
    for match in _CITING.finditer(text):
        named = [(at.start(), act) for act, sign in _ACTS.items() if (at := sign.search(match[2]))]
        for number in _ONE.findall(match[1]) if named else ():
            found |= NUMBERED.get((min(named)[1], number.replace("-", "")), set())
    return found


def main() -> None:
    """Write the collection."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("judgments", type=Path, help="folder with the judgments in BEIR layout")
    parser.add_argument("statutes", type=Path, help="folder with the statutes in BEIR layout")
    parser.add_argument("into", type=Path, help="folder to write the collection's folder into")
    parser.add_argument("--queries", type=int, default=400, help="how many to draw")
    options = parser.parse_args()
    statutes = {document.id for document in read_collection(options.statutes).documents}
    chance = random.Random(SEED)
    asking = [
        (document, answers)
        for document in read_collection(options.judgments).documents
        if len(document.text.split()) >= LEAST and (answers := cited(document.text) & statutes)
    ]
    chance.shuffle(asking)
    folder = options.into / NAME
    drawn = [(asked, sorted(answers)) for asked, answers in asking[: options.queries]]
    masking = partial(_MASKED.sub, "Section S of Act A")
    write_collection(folder, options.statutes, drawn, chance, masking)
    print(
        f"{folder}: {min(len(asking), options.queries)} of {len(asking)} queries, {len(statutes)} statutes."
    )


if __name__ == "__main__":
    main()
