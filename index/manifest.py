"""The manifest of a snapshot: what it was built from, and a checksum for each of its files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import IndexCorruptError, IndexMismatchError, IndexMissingError

FORMAT = 2  # the layout of a snapshot's folder
FILE_NAME = "manifest.json"
REBUILD = "Run `hjemmel index` to build it anew; what is stored is not touched."
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileSum:
    """Size in bytes and sha256 of one file of a snapshot."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds and which parts must be the same to read it."""

    name: str
    format: int
    created: str  # ISO time, UTC
    corpus: str  # Store.fingerprint() of what was indexed
    passage_rules: str
    analyzer: str  # Analyzer.fingerprint
    encoder_name: str  # empty: built without vectors
    encoder: str  # Encoder.fingerprint
    dimension: int
    documents: int
    passages: int
    vectors: int
    files: dict[str, FileSum]


def write(folder: Path, manifest: Manifest) -> None:
    """Write ``manifest`` into ``folder``."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Read a snapshot's manifest.

    Raises:
        IndexMissingError: no manifest in ``folder``.
        IndexCorruptError: the manifest cannot be read.
        IndexMismatchError: another layout than this version reads.
    """
    try:
        plain = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        if plain.get("format") != FORMAT:
            raise IndexMismatchError(
                f"the index {folder.name} has format {plain.get('format')}, this version reads {FORMAT}.",
                REBUILD,
            )
        plain["files"] = {name: FileSum(**value) for name, value in plain["files"].items()}
        return Manifest(**plain)
    except FileNotFoundError as error:
        raise IndexMissingError(f"there is no index at {folder.name}.", REBUILD) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexCorruptError(f"the manifest of index {folder.name} is damaged.", REBUILD) from error


def sums(folder: Path) -> dict[str, FileSum]:
    """Size and checksum of every file below ``folder``, the manifest excepted."""
    return {
        str(path.relative_to(folder)): FileSum(path.stat().st_size, _sha256(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != FILE_NAME
    }


def verify(folder: Path, manifest: Manifest) -> None:
    """Check every file against the manifest.

    Raises:
        IndexCorruptError: a file is missing, or has another size or checksum.
    """
    for name, wanted in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise IndexCorruptError(f"the index {manifest.name} lacks its file {name}.", REBUILD)
        if path.stat().st_size != wanted.size or _sha256(path) != wanted.sha256:
            raise IndexCorruptError(f"the file {name} of index {manifest.name} was changed.", REBUILD)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
