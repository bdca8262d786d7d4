"""Settings to ready objects; the only place that chooses a backend."""

from __future__ import annotations

import datetime as dt
import math
import threading
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from api.brief_records import NoteFormat
from api.settings import Settings
from assistant.audit import AuditLog
from assistant.brief import Briefer, BriefRequest
from assistant.brief_types import Brief
from assistant.compare import Matcher
from assistant.generators.endpoint import Endpoint
from assistant.generators.extractive import Extractive
from assistant.generators.openai_compatible import OpenAICompatible
from assistant.generators.types import Generator
from assistant.note import NoteLanguage, NoteRequest, write_note
from assistant.note_render import to_docx, to_markdown
from corpus import ingest as ingesting
from corpus.errors import StoreError
from corpus.privacy.pseudonyms import pseudonymise, without_pseudonyms
from corpus.sources import starter
from corpus.store import Store
from index import build as building
from index import snapshot
from index.analysis import Analyzer
from index.encoders import Encoder, load_encoder
from index.errors import IndexCorruptError, IndexMismatchError, IndexMissingError
from index.limits import MAX_QUERY_CHARACTERS
from index.manifest import Manifest
from index.passages import passage_keys
from index.rerank import CrossEncoderReranker, Reranker
from index.search import Searcher
from index.snapshot import Snapshot
from index.thesaurus.entries import embedded, read
from index.thesaurus.expansion import Thesaurus
from index.types import Query, SearchResults
from index.vector_cache import forget_in_all

NO_ENCODER = "none"


class Workspace:
    """Everything that works on one data folder. The command line and the server are thin over this.

    Parts are opened when first needed, so that listing documents does not load a model. Safe to share
    between threads.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._opened: Snapshot | None = None
        self._searcher: tuple[tuple[str, float | None], Searcher] | None = None
        self._lock = threading.Lock()

    @cached_property
    def store(self) -> Store:
        """The documents."""
        return Store(self.settings.store_path)

    @cached_property
    def analyzer(self) -> Analyzer:
        """The Danish analyser."""
        return Analyzer()

    @cached_property
    def encoder(self) -> Encoder | None:
        """The configured encoder; the embedded one is converted on first use."""
        if self.settings.encoder == NO_ENCODER:
            return None
        return load_encoder(self.settings.encoder, self.settings.data, threads=self.settings.threads or None)

    @cached_property
    def reranker(self) -> Reranker | None:
        """What reads the best passages once more, where the operator has set a model for it."""
        if not self.settings.reranker:
            return None
        return CrossEncoderReranker(self.settings.reranker, threads=self.settings.threads or None)

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """The law's words for everyday words: those of the program, and the authority's own over them."""
        own = read(self.settings.thesaurus) if self.settings.thesaurus else []
        return Thesaurus([*embedded(), *own], self.analyzer)

    @cached_property
    def matcher(self) -> Matcher:
        """Lays sentences beside sentences; it keeps the vectors of conditions it has met."""
        return Matcher(self.analyzer, self.encoder)

    @cached_property
    def generator(self) -> Generator:
        """What puts the overview of a brief together: a model only where the operator has set one."""
        chosen = self.settings
        if not chosen.generator_url:
            return Extractive()
        key = chosen.generator_key.get_secret_value()
        endpoint = Endpoint(chosen.generator_url, chosen.generator_model, key, chosen.generator_timeout)
        return OpenAICompatible(endpoint, self.store, self.analyzer)

    @cached_property
    def log(self) -> AuditLog:
        """The audit log."""
        self.settings.data.mkdir(parents=True, exist_ok=True)
        return AuditLog(self.settings.audit_path)

    def ingest(
        self,
        paths: Iterable[Path],
        collection: str = ingesting.DEFAULT_COLLECTION,
        progress: ingesting.Progress | None = None,
    ) -> ingesting.Summary:
        """Read files and folders into the store."""
        return ingesting.ingest(paths, self.store, collection=collection, progress=progress)

    def index(self, progress: building.Progress | None = None, encode_for: float = math.inf) -> Manifest:
        """Build and publish a snapshot of everything stored; see ``index.build.build``."""
        return building.build(
            self.store,
            self.settings.index_folder,
            self.analyzer,
            self.encoder,
            self.settings.vectors_folder,
            progress,
            encode_for,
        )

    def search(self, query: Query) -> SearchResults:
        """Search the published snapshot, a newly published one from the next search on.

        Personal data that is recognised takes no part in it.
        """
        if len(query.text) <= MAX_QUERY_CHARACTERS:  # a longer one is refused by the search
            query = replace(query, text=without_pseudonyms(pseudonymise(query.text).text))
        return self.searcher().search(query)

    def brief(self, request: BriefRequest) -> Brief:
        """What a person needs to decide a case well, without the decision."""
        return self._briefer(self.generator).brief(request)

    def brief_for_note(self, request: BriefRequest) -> Brief:
        """A brief to write a note from. No overview goes into a note, so no model is asked for one."""
        return self._briefer(Extractive()).brief(request, "note")

    def note(
        self,
        request: BriefRequest,
        asked: NoteRequest,
        written_as: NoteFormat,
        language: NoteLanguage = "da",
    ) -> bytes:
        """A draft of the journal note, made of a new brief, so that every quote in it was verified."""
        blocks = write_note(self.brief_for_note(request), asked, dt.datetime.now(dt.UTC), language)
        if written_as is NoteFormat.DOCX:
            return to_docx(blocks, language)
        return to_markdown(blocks).encode()

    def _briefer(self, generator: Generator) -> Briefer:
        return Briefer(
            self.store,
            self.searcher(),
            self.matcher,
            generator,
            self.log,
            own_view_first=self.settings.own_view_first,
        )

    def searcher(self, dense_weight: float | None = None) -> Searcher:
        """The searcher of the published snapshot.

        Raises:
            IndexMissingError, IndexMismatchError, IndexCorruptError: see ``index.snapshot``.
        """
        opened = self._snapshot()
        key = (opened.manifest.name, dense_weight)
        with self._lock:
            if self._searcher is None or self._searcher[0] != key:
                searcher = Searcher(
                    self.store,
                    opened,
                    self.analyzer,
                    self.encoder,
                    dense_weight,
                    reranker=self.reranker,
                    thesaurus=self.thesaurus,
                )
                if dense_weight is not None:
                    return searcher
                self._searcher = (key, searcher)
            return self._searcher[1]

    def _snapshot(self) -> Snapshot:
        """The published snapshot, opened anew once another one has been published."""
        name = snapshot.current_name(self.settings.index_folder)
        held = self._opened
        if held is not None and held.manifest.name == name:
            return held
        with self._lock:
            if self._opened is None or self._opened.manifest.name != name:
                encoder = self.encoder
                self._opened = snapshot.open_current(
                    self.settings.index_folder,
                    self.analyzer.fingerprint,
                    encoder.fingerprint if encoder else None,
                )
            return self._opened

    def erase(self, document_id: str, reason: str) -> int:
        """Remove a document for good: its vectors, the document itself, and then every index that held it.

        No search finds it once the store has let go of it, also while the new index is being built.
        Vectors of words that stand in other documents too are made again by that build.

        Returns:
            How many revisions were removed.

        Raises:
            NotFoundError: no such document.
        """
        keys = passage_keys(self.store, document_id)
        revisions = self.store.erase(document_id, reason)
        forget_in_all(self.settings.vectors_folder, sorted(keys))
        if snapshot.exists(self.settings.index_folder):
            self.index()
            snapshot.drop_others(self.settings.index_folder)
        return revisions

    def prepare_demo(self, progress: building.Progress | None = None) -> Manifest:
        """Read the fictional starter corpus and index it, unless that was done before.

        Raises:
            StoreError: a document of the starter corpus cannot be read, so the installation is damaged.
        """
        with starter.folder() as folder:
            summary = self.ingest([folder / part for part in starter.PARTS], starter.COLLECTION)
        if summary.failures:
            first = summary.failures[0]
            raise StoreError(
                f"the starter corpus is damaged: {first.address}: {first.reason}", "Install Hjemmel again."
            )
        if not self.is_stale():
            return self.searcher().snapshot.manifest
        return self.index(progress)

    def is_stale(self) -> bool:
        """Whether the store or the way of indexing has changed since the published snapshot was built."""
        try:
            return self.searcher().snapshot.manifest.corpus != self.store.fingerprint()
        except (IndexMissingError, IndexMismatchError, IndexCorruptError):
            return True

    def close(self) -> None:
        """Close the store."""
        if "store" in self.__dict__:
            self.store.close()
