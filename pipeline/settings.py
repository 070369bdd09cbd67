"""Where things are and how much a document may cost: environment variables over safe defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import GcmrefsError


class Environment(BaseModel):
    """Settings that the environment gives where the caller does not; each variable is `PREFIX` and the field in capitals.

    Raises GcmrefsError for a bad one: one line that names its variable, whoever asks for them.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    PREFIX: ClassVar[str]

    def __init__(self, **given: object) -> None:
        variables = {name: f"{self.PREFIX}{name.upper()}" for name in type(self).model_fields}
        stated = {name: os.environ[variable] for name, variable in variables.items() if variable in os.environ}
        try:
            super().__init__(**{**stated, **given})
        except ValidationError as error:
            first = error.errors()[0]
            name = variables[str(first["loc"][0])]
            told = f"{first['msg'][0].lower()}{first['msg'][1:]}"
            raise GcmrefsError(f"{name}={first['input']}: {told}: correct it or unset it") from None


class Limits(Environment):
    """What one document may use before it is refused (`GCMREFS_MAX_BYTES=...` and so on change them)."""

    PREFIX = "GCMREFS_MAX_"

    bytes: int = Field(default=100_000_000, gt=0, description="size of the file as it is stored")
    expanded_bytes: int = Field(default=150_000_000, gt=0, description="size after decompression, all parts together")
    pages: int = Field(default=3_000, gt=0, description="pages of a PDF")
    nesting: int = Field(default=100, gt=0, description="depth of elements, page trees and form objects")
    seconds: float = Field(default=120.0, gt=0, description="time for one document, recognition of scans apart")
    memory: int = Field(
        default=1_500_000_000, ge=500_000_000, description="address space of the process that reads one document"
    )


class Settings(Environment):
    """Folders and store: `GCMREFS_CORPUS`, `GCMREFS_OUTPUTS`, `GCMREFS_DATABASE_URL`, `GCMREFS_FOOTNOTES`, `GCMREFS_WORKERS` ..."""

    PREFIX = "GCMREFS_"

    corpus: Path = Field(default=Path("corpus"), description="folder of the documents and their manifest")
    outputs: Path = Field(default=Path("outputs"), description="folder of the results")
    database_url: str = Field(
        default="", description="store: SQLite or PostgreSQL address; empty = SQLite in the outputs"
    )
    footnotes: bool = Field(default=False, description="footnotes are searched for references, too")
    workers: int = Field(default=0, ge=0, description="processes; 0 = one a core")
    settlers: str = Field(
        default="",
        description="who settles conflicts of the review: names with commas, or `anyone`; empty = whoever is not a party to it",
    )
    review_only: bool = Field(
        default=False, description="`gcmrefs review` takes no documents and starts no runs: for servers that many share"
    )
    language: Literal["en", "fr", "es"] = Field(
        default="en",
        description="language of the report, the Word files, the workbook and the briefs; data and file names are the same in all",
    )
    log: Literal["text", "json"] = Field(default="text", description="form of the lines in `outputs/logs/`")


class Fetching(Environment):
    """How politely and how long the web is asked (`GCMREFS_FETCH_INTERVAL=...` and so on change it)."""

    PREFIX = "GCMREFS_FETCH_"

    interval: float = Field(default=1.0, ge=0, description="seconds between two requests to one host")
    timeout: float = Field(default=20.0, gt=0, description="seconds without a byte")
    seconds: float = Field(default=90.0, gt=0, description="seconds for one address, retries and waiting included")
    tries: int = Field(default=4, ge=1, description="tries of one address")
    backoff: float = Field(default=0.5, ge=0, description="seconds before the second try, doubled each time")
    redirects: int = Field(default=5, ge=0, description="redirects followed")
    robots: bool = Field(default=True, description="obey robots.txt")
