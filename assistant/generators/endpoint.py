"""Streams the words of a chat model from an endpoint that the operator has set.

The endpoint speaks the chat completions of OpenAI, as llama.cpp, vLLM, Ollama and the large vendors do. It is
not trusted: what it sends is bounded in time and in size, and every fault is one of ``Fault``. Nothing is
read from the environment, no redirect is followed, and no call is repeated.
"""

from __future__ import annotations

import contextlib
import json
import queue
import ssl
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import httpx

# An overview has some 2,000 characters; a model that reasons aloud first writes ten times as many.
LONGEST_TEXT = 40_000  # characters of the model's text
LARGEST_ANSWER = 8 * 1024 * 1024  # bytes on the wire: a token is wrapped in about 300
LONGEST_LINE = 64 * 1024  # bytes of one line of the stream
MOST_TOKENS = 1_000  # asked of the endpoint; what it sends beyond is cut by the limits above
_EVENTS = "text/event-stream"
_OVER = "[DONE]"
_UNREAD = 256  # chunks that may wait to be read, so that an endless answer fills no memory
_PATIENCE = 0.2  # seconds between two looks at whether anybody still waits for the answer


class Fault(StrEnum):
    """What is wrong with an endpoint's answer. Codes, for the reasons of an overview."""

    UNREACHABLE = "unreachable"  # no connection, or it broke
    REFUSED = "refused"  # another status than 200, a redirect too, or an error within the stream
    BUSY = "busy"  # 429 or 503
    MALFORMED = "malformed"  # no stream of events, or one that cannot be read
    SLOW = "slow"  # not done within the time given
    ENDLESS = "endless"  # longer than any overview
    CUT = "cut"  # ended before it said that it had


class EndpointError(Exception):
    """The endpoint gave no whole answer; never leaves the generator."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked. ``url`` is the base, as in ``https://models.example.dk/v1``.

    ``timeout`` is the whole time of an answer in seconds, from the call to the last word.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 60.0

    def stream(self, messages: Sequence[Mapping[str, str]]) -> Iterator[str]:
        """The model's text, piece by piece.

        Raises:
            EndpointError: after the pieces that came whole, where the answer is not whole.
        """
        length = 0
        with contextlib.closing(self._chunks(messages)) as chunks:
            for event in _events(chunks):
                piece, end = _read(event)
                length += len(piece)
                if length > LONGEST_TEXT:
                    raise EndpointError(Fault.ENDLESS)
                if piece:
                    yield piece
                if end == "stop":
                    return
                if end:  # cut at the number of tokens, a filter, a call of a tool
                    break
        raise EndpointError(Fault.CUT)

    def _chunks(self, messages: Sequence[Mapping[str, str]]) -> Generator[bytes]:
        """The bytes of the answer. A second thread reads them, so that no stalled read holds the time up."""
        answer: queue.Queue[bytes | Fault | None] = queue.Queue(_UNREAD)
        left = threading.Event()
        reader = threading.Thread(target=self._fetch, args=(messages, answer, left), daemon=True)
        deadline = time.monotonic() + self.timeout
        reader.start()
        size = 0
        try:
            while True:
                try:
                    chunk = answer.get(timeout=max(deadline - time.monotonic(), 0.001))
                except queue.Empty:
                    raise EndpointError(Fault.SLOW) from None
                if chunk is None:
                    return
                if isinstance(chunk, Fault):
                    raise EndpointError(chunk)
                if time.monotonic() > deadline:
                    raise EndpointError(Fault.SLOW)
                size += len(chunk)
                if size > LARGEST_ANSWER:
                    raise EndpointError(Fault.ENDLESS)
                yield chunk
        finally:
            left.set()

    def _fetch(
        self,
        messages: Sequence[Mapping[str, str]],
        answer: queue.Queue[bytes | Fault | None],
        left: threading.Event,
    ) -> None:
        """Put the bytes of the answer into the queue, then why it ended, until nobody waits for them."""

        def put(item: bytes | Fault | None) -> bool:
            while not left.is_set():
                with contextlib.suppress(queue.Full):
                    answer.put(item, timeout=_PATIENCE)
                    return True
            return False

        try:
            # The trust store of the system: where an operator adds the authority of an own network.
            verify = ssl.create_default_context()
            with (
                httpx.Client(
                    timeout=self.timeout, trust_env=False, follow_redirects=False, verify=verify
                ) as client,
                client.stream(
                    "POST",
                    f"{self.url.rstrip('/')}/chat/completions",
                    json=self._asked(messages),
                    headers=self._headers(),
                ) as response,
            ):
                fault = _refusal(response)
                if fault:
                    put(fault)
                    return
                for chunk in response.iter_raw():
                    if not put(chunk):
                        return
            put(None)
        except httpx.TimeoutException:
            put(Fault.SLOW)
        except (httpx.RemoteProtocolError, httpx.ReadError):
            put(Fault.CUT)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
            put(Fault.UNREACHABLE)

    def _asked(self, messages: Sequence[Mapping[str, str]]) -> dict[str, object]:
        return {
            "model": self.model,
            "messages": [dict(m) for m in messages],
            "stream": True,
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
        }

    def _headers(self) -> dict[str, str]:
        # Packed bytes are not asked for: unpacking would undo the limit on their size.
        headers = {"Accept": _EVENTS, "Accept-Encoding": "identity"}
        return headers | ({"Authorization": f"Bearer {self.key}"} if self.key else {})


def _refusal(response: httpx.Response) -> Fault | None:
    if response.status_code in (429, 503):
        return Fault.BUSY
    if response.status_code != 200:
        return Fault.REFUSED
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    packed = response.headers.get("content-encoding", "identity").strip().lower() != "identity"
    return Fault.MALFORMED if kind != _EVENTS or packed else None


def _events(chunks: Iterator[bytes]) -> Iterator[str]:
    """The data of each event of the stream, up to the one that ends it."""
    data: list[str] = []
    for line in _lines(chunks):
        if line:
            name, _, value = line.partition(":")
            if name == "data":
                data.append(value.removeprefix(" "))
        elif data:
            event = "\n".join(data)
            data = []
            if event == _OVER:
                return
            yield event


def _lines(chunks: Iterator[bytes]) -> Iterator[str]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        if len(rest) > LONGEST_LINE or any(len(line) > LONGEST_LINE for line in whole):
            raise EndpointError(Fault.ENDLESS)
        for line in whole:
            try:
                yield line.removesuffix(b"\r").decode()
            except UnicodeDecodeError:
                raise EndpointError(Fault.MALFORMED) from None


def _read(event: str) -> tuple[str, str]:
    """The words of an event and, where it is the last, why the model stopped."""
    try:
        record = json.loads(event)
    except (ValueError, RecursionError):
        raise EndpointError(Fault.MALFORMED) from None
    if not isinstance(record, dict):
        raise EndpointError(Fault.MALFORMED)
    if record.get("error"):
        raise EndpointError(Fault.REFUSED)
    choices = record.get("choices")
    if choices == []:  # an account of tokens
        return "", ""
    if not isinstance(choices, list) or not isinstance(choices[0], dict):
        raise EndpointError(Fault.MALFORMED)
    delta, end = choices[0].get("delta"), choices[0].get("finish_reason")
    piece = delta.get("content") if isinstance(delta, dict) else None
    return piece if isinstance(piece, str) else "", end if isinstance(end, str) else ""
