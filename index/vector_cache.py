"""Vectors that are kept, so that no text is encoded twice by the same encoder.

A cache is a folder of two files that only grow. ``vectors.bin`` holds one row a vector; ``keys.bin``
holds, at the same place in order, the text's key and a checksum over key and row. Rows reach the disk
before their keys, so after a crash the keys tell how many rows count: what stands behind them is cut
off by the next writer and ignored by every reader. A row whose checksum does not fit counts as missing
and is encoded again.

Several processes may share a cache: writers wait for each other, readers see what was complete when
they last looked. Memory: 40 bytes a vector; rows stay on disk.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InputError
from index.errors import IndexCorruptError, IndexMismatchError

LAYOUT = "vectors/1"
KEY_BYTES = 32  # sha256
_KEY = np.dtype([("key", f"S{KEY_BYTES}"), ("checksum", "<u4")])
# Half precision halves the disk and what is read. On 300 provisions and 300 questions it moved a cosine of
# multilingual-e5-small by 4.5e-5 at most (1e-5 on average); neighbours in a top ten lie 3e-3 apart.
STORED_AS = np.dtype("<f2")
# New keys are held in a dict until there are this many, then sorted in: sorting at every call would
# take longer than encoding does.
MERGE_AT = 1 << 16
CHUNK = 8192  # rows read at a time where only their soundness is asked: 19 MB of 384 dimensions


class VectorCache:
    """The vectors of one encoder by the sha256 of the text.

    Args:
        root: folder of all caches; the encoder's gets a folder of its own in it.
        fingerprint: what distinguishes the encoder (model, weights, prefix, pooling, length).
        dimension: floats in a vector.

    Raises:
        IndexMismatchError: the folder holds vectors of another encoder, dimension or layout.
        InputError: the folder cannot be written.
    """

    def __init__(self, root: Path, fingerprint: str, dimension: int) -> None:
        name = hashlib.sha256(fingerprint.encode()).hexdigest()[:16]
        self.folder = root / name
        self.dimension = dimension
        self._row_bytes = dimension * STORED_AS.itemsize
        header: dict[str, str | int] = {
            "layout": LAYOUT,
            "encoder": fingerprint,
            "dimension": dimension,
            "stored_as": STORED_AS.str,
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._check_header(header)
            self._keys = (self.folder / "keys.bin").open("a+b")
            self._vectors = (self.folder / "vectors.bin").open("a+b")
        except OSError as error:
            raise InputError(
                f"The vector cache {self.folder} cannot be used: {error.strerror}.",
                "Name a folder that can be written.",
            ) from None
        # Sorted keys and the row of each: one attribute, so that a thread that reads sees both or neither.
        self._sorted = (np.empty(0, dtype=_KEY["key"]), np.empty(0, dtype=np.int64))
        self._recent: dict[bytes, int] = {}
        self._count = 0
        self._refresh()

    def __len__(self) -> int:
        """Rows in the cache."""
        return self._count

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files. The cache cannot be used afterwards."""
        self._keys.close()
        self._vectors.close()

    def known(self, keys: Sequence[str]) -> NDArray[np.bool_]:
        """Which of ``keys`` ``get`` will give a row for, without holding the rows: for any number of keys.

        Raises:
            InputError: a key that is not a sha256 in hexadecimal digits.
        """
        masks = [self.get(keys[start : start + CHUNK])[0] for start in range(0, len(keys), CHUNK)]
        return np.concatenate(masks) if masks else np.zeros(0, dtype=np.bool_)

    def get(self, keys: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
        """Which of ``keys`` are known, and a row for each: shape (len(keys), dimension), 0 where unknown.

        Raises:
            InputError: a key that is not a sha256 in hexadecimal digits.
        """
        wanted = [_key(key) for key in keys]
        places = self._find(wanted)
        rows = np.zeros((len(keys), self.dimension), dtype=np.float32)
        found = np.flatnonzero(places >= 0)
        if len(found):
            stored, checksums = self._read(places[found])
            sound = np.fromiter(
                (zlib.crc32(stored[i], zlib.crc32(wanted[at])) == checksums[i] for i, at in enumerate(found)),
                dtype=np.bool_,
                count=len(found),
            )
            found = found[sound]
            rows[found] = stored[sound]
        mask = np.zeros(len(keys), dtype=np.bool_)
        mask[found] = True
        return mask, rows

    def put(self, keys: Sequence[str], rows: NDArray[np.float32]) -> None:
        """Keep ``rows``, one for each key. When this returns they survive a crash.

        A key that is known keeps its row, unless that row is damaged.

        Raises:
            InputError: rows of another shape, numbers that are not finite, or a full disk.
        """
        if rows.shape != (len(keys), self.dimension):
            raise InputError(
                f"{len(keys)} keys need rows of shape ({len(keys)}, {self.dimension}), got {rows.shape}.",
                "Give one row for each key.",
            )
        with np.errstate(over="ignore"):  # what overflows is infinite and refused below
            stored = np.ascontiguousarray(rows, dtype=STORED_AS)
        if not np.isfinite(stored).all():
            raise InputError(
                "A vector holds a number that is not finite in half precision.", "Encode it again."
            )
        with self._lock():
            self._refresh()
            mask, _ = self.get(keys)
            first: dict[bytes, int] = {}
            for i in np.flatnonzero(~mask).tolist():
                first.setdefault(_key(keys[i]), i)
            if first:
                self._append(list(first), stored[list(first.values())])

    def forget(self, keys: Sequence[str]) -> int:
        """Overwrite the rows of ``keys`` and the keys with zeros, on disk. Returns the rows removed.

        Readers that learnt the keys before count them as missing: their checksums no longer fit.

        Raises:
            InputError: a key that is not a sha256 in hexadecimal digits, or the files cannot be written.
        """
        unwanted = np.array([_key(key) for key in keys], dtype=_KEY["key"])
        with self._lock():
            self._refresh()
            complete = self._complete()
            if not complete or not len(unwanted):
                return 0
            records = np.memmap(self._keys, dtype=_KEY, mode="r", shape=(complete,))
            places = np.flatnonzero(np.isin(records["key"], unwanted)).tolist()
            try:
                for name, size in (("vectors.bin", self._row_bytes), ("keys.bin", _KEY.itemsize)):
                    with (self.folder / name).open("r+b") as file:
                        for place in places:
                            file.seek(place * size)
                            file.write(bytes(size))
                        file.flush()
                        os.fsync(file.fileno())
            except OSError as error:
                raise InputError(
                    f"The vector cache {self.folder} cannot be changed: {error.strerror}.",
                    "Name a folder that can be written.",
                ) from None
        return len(places)

    def _append(self, keys: list[bytes], rows: NDArray[np.float16]) -> None:
        records = np.empty(len(keys), dtype=_KEY)
        records["key"] = keys
        records["checksum"] = [zlib.crc32(row, zlib.crc32(key)) for key, row in zip(keys, rows, strict=True)]
        try:
            _write_at(self._vectors, self._count * self._row_bytes, rows.tobytes())
            _write_at(self._keys, self._count * _KEY.itemsize, records.tobytes())
        except OSError as error:
            raise InputError(
                f"The vector cache {self.folder} cannot grow: {error.strerror}.", "Free space on the disk."
            ) from None
        self._learn(records["key"])

    def _find(self, keys: list[bytes]) -> NDArray[np.int64]:
        """The row of each key, -1 where unknown."""
        places = np.full(len(keys), -1, dtype=np.int64)
        recent, (known, rows) = self._recent, self._sorted
        if len(known) and keys:
            wanted = np.array(keys, dtype=known.dtype)
            at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            hit = known[at] == wanted
            places[hit] = rows[at[hit]]
        if recent:  # newer than what is sorted: a damaged row's replacement stands here
            for i, key in enumerate(keys):
                places[i] = recent.get(key, places[i])
        return places

    def _read(self, places: NDArray[np.int64]) -> tuple[NDArray[np.float16], NDArray[np.uint32]]:
        complete = self._complete()
        if complete <= places.max():
            raise IndexCorruptError(
                f"{self.folder} shrank while it was used, from {self._count} to {complete} rows.",
                "Open it again.",
            )
        rows = np.memmap(self._vectors, dtype=STORED_AS, mode="r", shape=(complete, self.dimension))
        keys = np.memmap(self._keys, dtype=_KEY, mode="r", shape=(complete,))
        return np.ascontiguousarray(rows[places]), np.ascontiguousarray(keys["checksum"][places])

    def _complete(self) -> int:
        """Rows that are whole in both files."""
        return min(_size(self._keys) // _KEY.itemsize, _size(self._vectors) // self._row_bytes)

    def _refresh(self) -> None:
        """Learn what this or another process has completed since the last look."""
        complete = self._complete()
        if complete > self._count:
            records = np.memmap(self._keys, dtype=_KEY, mode="r", shape=(complete,))
            self._learn(np.array(records["key"][self._count :]))

    def _learn(self, keys: NDArray[np.bytes_]) -> None:
        """Know ``keys``, whose rows follow on those known already."""
        places = np.arange(self._count, self._count + len(keys))
        if len(self._recent) + len(keys) < MERGE_AT:
            whole = (key.ljust(KEY_BYTES, b"\0") for key in keys.tolist())  # numpy strips zeros at the end
            self._recent.update(zip(whole, places.tolist(), strict=True))
        else:
            recent = np.array(list(self._recent), dtype=keys.dtype)
            rows = np.fromiter(self._recent.values(), dtype=np.int64, count=len(recent))
            self._sorted = _sort_in(
                *self._sorted, np.concatenate([recent, keys]), np.concatenate([rows, places])
            )
            self._recent = {}
        self._count += len(keys)

    def _check_header(self, header: dict[str, str | int]) -> None:
        path = self.folder / "cache.json"
        if not path.exists():
            new = path.with_suffix(f".{os.getpid()}")
            new.write_text(json.dumps(header, indent=1), encoding="utf-8")
            new.replace(path)
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            raise IndexCorruptError(
                f"{path} is not readable.", f"Delete {self.folder}; it is made anew."
            ) from None
        if found != header:
            raise IndexMismatchError(
                f"{self.folder} holds vectors of {found}, wanted {header}.",
                f"Delete {self.folder}; it is made anew.",
            )

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One writer at a time, also across processes; the system lets go when a process dies."""
        with (self.folder / "lock").open("a+b") as handle:
            if sys.platform == "win32":
                import msvcrt

                handle.seek(0)
                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX)
            yield


def forget_in_all(root: Path, keys: Sequence[str]) -> int:
    """Remove ``keys`` from the caches of every encoder below ``root``. Returns the rows removed.

    Raises:
        As ``VectorCache`` and ``VectorCache.forget``.
    """
    removed = 0
    for path in sorted(root.glob("*/cache.json")):
        header = json.loads(path.read_text(encoding="utf-8"))
        with VectorCache(root, header["encoder"], header["dimension"]) as cache:
            removed += cache.forget(keys)
    return removed


def _sort_in(
    known: NDArray[np.bytes_],
    places: NDArray[np.int64],
    new: NDArray[np.bytes_],
    new_places: NDArray[np.int64],
) -> tuple[NDArray[np.bytes_], NDArray[np.int64]]:
    """Both lists of keys as one sorted list; of a key's rows the last one counts."""
    keys, rows = np.concatenate([known, new]), np.concatenate([places, new_places])
    _, first = np.unique(keys[::-1], return_index=True)
    last = len(keys) - 1 - first
    return keys[last], rows[last]


def _write_at(handle: BinaryIO, end: int, data: bytes) -> None:
    """Append ``data`` at ``end``, cutting off what a crash left behind it; on disk when this returns."""
    if _size(handle) > end:
        handle.truncate(end)
    handle.write(data)
    handle.flush()
    os.fsync(handle.fileno())


def _size(handle: BinaryIO) -> int:
    return os.fstat(handle.fileno()).st_size


def _key(key: str) -> bytes:
    try:
        raw = bytes.fromhex(key)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise InputError(f"{key!r} is not a sha256 in hexadecimal digits.", "Give the text's sha256.")
    return raw
