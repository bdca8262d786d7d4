"""Settings: the only place that reads the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.texts import Language
from corpus.errors import InputError
from index.encoders import DEFAULT

LOOPBACK = "127.0.0.1"


class Settings(BaseSettings):
    """What an operator can set, each as ``HJEMMEL_<NAME>`` in the environment."""

    model_config = SettingsConfigDict(env_prefix="HJEMMEL_", extra="ignore", frozen=True)

    data: Path = Field(
        default=Path("hjemmel-data"), description="Folder for the store, the index and the encoder."
    )
    encoder: str = Field(
        default=DEFAULT,
        description="e5-small-law (embedded, adapted to Danish law), e5-small (before that), e5-small-int8, "
        "onnx:PATH, st:NAME_OR_PATH, or none for lexical search alone.",
    )
    reranker: str = Field(
        default="",
        description="Name or folder of a sentence-transformers CrossEncoder that reads the best passages of "
        "a search once more; empty: none.",
    )
    thesaurus: Path | None = Field(
        default=None,
        description="File of everyday words with the law's words for them, beside those that come with the "
        "program.",
    )
    host: str = Field(default=LOOPBACK, description="Address the server listens on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port the server listens on.")
    threads: int = Field(default=0, ge=0, description="Threads for the encoder; 0 takes all cores.")
    own_view_first: bool = Field(
        default=False,
        description="Whether a brief shows decisions only after the caseworker has noted an own view.",
    )
    generator_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#@]+(/[^\s?#]*)?)?$",
        description="Base of an endpoint with chat completions, for overviews by a model; empty: no model.",
    )
    generator_model: str = Field(
        default="", validate_default=True, description="What the endpoint calls the model."
    )
    generator_key: SecretStr = Field(
        default=SecretStr(""), description="Key of the endpoint, where it asks for one."
    )
    generator_timeout: float = Field(
        default=60.0, gt=0, le=600, description="Seconds for an overview by a model, from call to last word."
    )
    language: Language = Field(
        default=Language.DA, description="Language of the page and the command line: da or en."
    )

    @field_validator("thesaurus", mode="before")
    @classmethod
    def _empty_is_none(cls, path: object) -> object:
        return path or None

    @field_validator("generator_model")
    @classmethod
    def _names_a_model(cls, model: str, info: ValidationInfo) -> str:
        if info.data.get("generator_url") and not model.strip():
            raise ValueError("an endpoint is set, and no model")
        return model

    @field_validator("generator_key")
    @classmethod
    def _fits_a_header(cls, key: SecretStr) -> SecretStr:
        if not all("!" <= char <= "~" for char in key.get_secret_value()):
            raise ValueError("a key has visible ASCII characters only")
        return key

    @property
    def store_path(self) -> Path:
        """The database of documents."""
        return self.data / "corpus.db"

    @property
    def audit_path(self) -> Path:
        """The audit log."""
        return self.data / "audit.db"

    @property
    def index_folder(self) -> Path:
        """The snapshots."""
        return self.data / "index"

    @property
    def vectors_folder(self) -> Path:
        """Vectors kept by content."""
        return self.data / "vectors"


def load(**chosen: object) -> Settings:
    """The settings of the environment, with those of ``chosen`` that are not ``None`` in their place.

    Raises:
        InputError: a setting has a value that cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in chosen.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = f"HJEMMEL_{str(first['loc'][0]).upper()}"
        value = "skjult" if first["loc"][0] == "generator_key" else first["input"]
        raise InputError(
            f"Indstillingen {name} er «{value}», og det kan ikke bruges.",
            "Se afsnittet Settings i README.md.",
        ) from None
