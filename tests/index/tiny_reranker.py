"""Random models that score pairs, small enough to be made in a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WORDS = ("støj", "nabo", "leje", "hus", "plan", "møde", "frist", "klage", "borger", "støtte", "hegn", "have")
MAX_TOKENS = 24


def write_reranker(folder: Path, labels: int = 1, roberta: bool = False) -> Path:
    """A folder that ``CrossEncoder`` loads: one layer, whole words as tokens, ``MAX_TOKENS`` positions."""
    import torch
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        PreTrainedTokenizerFast,
        RobertaConfig,
        RobertaForSequenceClassification,
    )

    shape: dict[str, Any] = {
        "vocab_size": len(WORDS) + 4,
        "hidden_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "max_position_embeddings": MAX_TOKENS,
        "num_labels": labels,
        "pad_token_id": 1,
        "type_vocab_size": 2,
        "initializer_range": 0.5,
    }
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        model = (
            RobertaForSequenceClassification(RobertaConfig(**shape))
            if roberta
            else BertForSequenceClassification(BertConfig(**shape))
        )
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=_tokenizer(), unk_token="?", pad_token="<pad>", cls_token="<s>", sep_token="</s>"
    ).save_pretrained(folder)
    return folder


def _tokenizer() -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    special = ("<s>", "<pad>", "</s>", "?")
    vocabulary = {word: number for number, word in enumerate((*special, *WORDS))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()  # type: ignore[assignment]
    tokenizer.post_processor = processors.TemplateProcessing(  # type: ignore[assignment]
        single="<s> $A </s>",
        pair="<s> $A </s> $B:1 </s>:1",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return tokenizer
