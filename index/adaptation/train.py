"""Adapting an encoder to pairs: its last layers learn from in-batch and mined negatives, with a fixed seed.

The loss is multiple negatives ranking (Henderson et al. 2017): each passage of a batch is a wrong answer to
every question but its own. It is written out here, since the library's counts another passage of the
question's own § among the wrong ones. The loop is ours, since the library's own trainer shuffles pairs of
one § into one batch and needs a package of data sets that nothing else here uses.

Afterwards the weights can be blended with those before (Wortsman et al. 2022, «robust fine-tuning»): a
share of the change keeps most of what was gained at home and costs less abroad.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import InputError
from index import e5_weights
from index.adaptation.pairs import Pair, batches
from index.errors import EncoderError

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

Progress = Callable[[int, int, float], None]  # step, of, mean loss since the last report
REPORT_EVERY = 10  # steps
PADDED_TOGETHER = 128  # texts of like length in one pass through the model


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an encoder is adapted. The defaults are what `docs/adaptation.md` measured."""

    layers: int = 12  # the last so many learn; embeddings and the layers below stay as they are
    batch: int = 128  # pairs of one step, each the negatives of the others
    learning_rate: float = 5e-5
    warm_up: float = 0.1  # share of the steps in which the rate rises; then it falls to 0
    scale: float = 50.0  # cosines are multiplied by it before the softmax (1 / temperature)
    max_tokens: int = 192  # longer texts are cut while training: nine passages in ten are shorter
    weight_decay: float = 0.01
    epochs: int = 3  # passes over the pairs, each in an order of its own
    negatives: int = 4  # of each pair's mined wrong answers, at most so many, drawn anew each pass
    bfloat16: bool = True  # halves the time where the machine has it; weights stay in single precision
    seed: int = 20_240_601

    def __post_init__(self) -> None:
        """Raises InputError for numbers that no training could use."""
        wrong = [
            name
            for name, fine in (
                ("layers", self.layers >= 1),
                ("batch", self.batch >= 2),
                ("learning_rate", self.learning_rate > 0),
                ("warm_up", 0 <= self.warm_up <= 1),
                ("scale", self.scale > 0),
                ("max_tokens", self.max_tokens >= 16),
                ("epochs", self.epochs >= 1),
                ("negatives", self.negatives >= 0),
            )
            if not fine
        ]
        if wrong:
            raise InputError(
                f"The recipe's {', '.join(wrong)} cannot be used: {self}.", "Give positive numbers."
            )


@dataclass(frozen=True, slots=True, eq=False)
class Adapted:
    """A trained model and the weights that its trained layers had before."""

    model: SentenceTransformer
    before: dict[str, Any]  # name of a parameter → tensor
    losses: tuple[float, ...]  # one a step

    def save(self, folder: Path, share: float = 1.0) -> None:
        """Write a sentence-transformers folder with ``share`` of the change: 0 is before, 1 is after.

        Raises:
            InputError: ``share`` is no share.
            EncoderError: the folder cannot be written.
        """
        import torch

        if not 0 <= share <= 1:
            raise InputError(f"The share {share} of the change is none.", "Give a number from 0 to 1.")
        parameters = dict(self.model.named_parameters())
        after = {name: parameters[name].detach().clone() for name in self.before}
        with torch.no_grad():
            for name, old in self.before.items():
                parameters[name].copy_(torch.lerp(old, after[name], share))
        try:
            self.model.save(str(folder), create_model_card=False)
        except OSError as error:
            raise EncoderError(
                f"The model cannot be written to {folder}: {error.strerror or error}.",
                "Check the folder's rights and that the disk has 1 GB free.",
            ) from error
        finally:
            with torch.no_grad():
                for name, new in after.items():
                    parameters[name].copy_(new)


def adapt(
    folder: Path,
    pairs: Sequence[Pair],
    recipe: Recipe,
    threads: int = 1,
    progress: Progress | None = None,
    device: str = "cpu",
) -> Adapted:
    """Train the sentence-transformers model in ``folder`` on ``pairs``; ``folder`` stays as it is.

    The same pairs, recipe, threads and machine give the same weights on a CPU. ``device`` is torch's name
    of where to train. Dropout is off: a few passes over thousands of pairs have little to learn by heart.

    Raises:
        InputError: fewer than two pairs that can stand in one batch.
        EncoderError: the folder holds no such model, or one with fewer layers than should learn.
    """
    import torch

    steps = _steps(pairs, recipe)
    if not steps:
        raise InputError(f"{len(pairs)} pairs make no batch.", "Give two pairs with different targets.")
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(threads)
    model = _load(folder, device)
    trained = _unfreeze(model, recipe.layers)
    before = {name: tensor.detach().clone() for name, tensor in trained.items()}
    optimizer = torch.optim.AdamW(trained.values(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay)
    warm = max(1, math.ceil(recipe.warm_up * len(steps)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (len(steps) - step) / max(1, len(steps) - warm))
    )
    reader = _Reader(model, recipe.max_tokens)
    model.eval()
    losses: list[Any] = []  # tensors where they were made: fetching each would make the device wait
    for number, batch in enumerate(steps, start=1):
        with torch.autocast(model.device.type, torch.bfloat16, enabled=recipe.bfloat16):
            value = _loss(reader, batch, recipe.scale)
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(value)
        torch.nn.utils.clip_grad_norm_(trained.values(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append(value.detach())
        if progress and (number % REPORT_EVERY == 0 or number == len(steps)):
            progress(number, len(steps), float(torch.stack(losses[-REPORT_EVERY:]).mean()))
    return Adapted(model, before, tuple(float(loss) for loss in losses))


def _steps(pairs: Sequence[Pair], recipe: Recipe) -> list[list[Pair]]:
    """The batches of all passes; the first pass takes the pairs in the order given."""
    chance = random.Random(recipe.seed)  # noqa: S311 - a draw to repeat, not a secret
    steps: list[list[Pair]] = []
    left = list(pairs)
    for epoch in range(recipe.epochs):
        if epoch:
            chance.shuffle(left)
        drawn = [
            replace(p, negatives=tuple(chance.sample(p.negatives, min(recipe.negatives, len(p.negatives)))))
            for p in left
        ]
        steps += batches(drawn, recipe.batch)
    return steps


class _Reader:
    """Embeds texts with their gradients; each is split into pieces once, however often it is met."""

    def __init__(self, model: SentenceTransformer, max_tokens: int) -> None:
        self._model = model
        self._max_tokens = max_tokens
        self._pieces: dict[str, torch.Tensor] = {}

    def embed(self, texts: Sequence[str]) -> torch.Tensor:
        """Vectors of length 1, one a text; texts of like length are padded together."""
        import torch

        new = [text for text in dict.fromkeys(texts) if text not in self._pieces]
        if new:
            read = self._model.tokenizer(new, truncation=True, max_length=self._max_tokens)
            self._pieces.update(zip(new, map(torch.tensor, read["input_ids"]), strict=True))
        rows = [self._pieces[text] for text in texts]
        order = sorted(range(len(rows)), key=lambda number: len(rows[number]))
        parts = [
            self._forward([rows[number] for number in order[start : start + PADDED_TOGETHER]])
            for start in range(0, len(order), PADDED_TOGETHER)
        ]
        back = torch.tensor(order).argsort()
        return torch.cat(parts)[back.to(self._model.device)]

    def _forward(self, rows: list[torch.Tensor]) -> torch.Tensor:
        import torch

        pad = self._model.tokenizer.pad_token_id
        ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=pad)
        features = {"input_ids": ids, "attention_mask": (ids != pad).long()}
        vectors: torch.Tensor = self._model(
            {name: values.to(self._model.device) for name, values in features.items()}
        )["sentence_embedding"]
        return vectors


def _loss(reader: _Reader, batch: Sequence[Pair], scale: float) -> torch.Tensor:
    """Cross-entropy of each question over the batch's passages and mined ones, its own § counted once."""
    import torch

    wrong = list({passage: target for pair in batch for target, passage in pair.negatives}.items())
    passages = [*(pair.passage for pair in batch), *(passage for passage, _ in wrong)]
    questions = reader.embed([e5_weights.QUERY_PREFIX + pair.query for pair in batch])
    candidates = reader.embed([e5_weights.PASSAGE_PREFIX + passage for passage in passages])
    scores = scale * questions @ candidates.T
    numbers: dict[str, int] = {}
    targets = [*(pair.target for pair in batch), *(target for _, target in wrong)]
    places = torch.tensor([numbers.setdefault(target, len(numbers)) for target in targets])
    right = torch.arange(len(batch))
    same = places[: len(batch), None] == places[None, :]
    same[right, right] = False
    scores = scores.float().masked_fill(same.to(scores.device), -math.inf)
    return torch.nn.functional.cross_entropy(scores, right.to(scores.device))


def _load(folder: Path, device: str) -> SentenceTransformer:
    from index.sentence_transformer import load_sentence_transformer

    return load_sentence_transformer(str(folder), device)


def _unfreeze(model: SentenceTransformer, layers: int) -> dict[str, Any]:
    """Let the last ``layers`` learn and nothing else; their parameters by name."""
    transformer: Any = model[0]
    count: int = transformer.auto_model.config.num_hidden_layers
    if layers > count:
        raise EncoderError(f"The model has {count} layers, {layers} should learn.", "Name fewer layers.")
    marks = tuple(f".layer.{number}." for number in range(count - layers, count))
    trained: dict[str, Any] = {}
    for name, parameter in model.named_parameters():
        parameter.requires_grad = any(mark in name for mark in marks)
        if parameter.requires_grad:
            trained[name] = parameter
    return trained
