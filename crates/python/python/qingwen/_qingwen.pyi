import os
from collections.abc import Iterable, Sequence
from typing import Any, Literal, Optional, TypedDict, Union
from typing_extensions import Unpack, final

__version__: str
OPTIONS: list[str]

class Options(TypedDict, total=False):
    """Options, under the names that the command has for them; `qingwen --help` says more of each."""

    disable: Sequence[str]
    enable: Sequence[str]
    encoding: Optional[str]
    front_matter: bool
    media: bool
    numbering: Literal["text", "list", "none"]
    ocr: Union[bool, str, None]
    page_marks: bool
    pages: str
    password: Optional[str]
    profile: Literal["default", "faithful", "publish"]
    ruby: bool
    tables: Literal["auto", "gfm", "html"]
    track_changes: Literal["accept", "reject", "all"]
    underline: bool

class QingwenError(Exception):
    """A file that gives no document."""

class MalformedError(QingwenError): ...
class EncryptedError(QingwenError): ...
class UnsupportedError(QingwenError): ...
class LimitError(QingwenError): ...

def convert(source: Union[bytes, str, os.PathLike[str]], **options: Unpack[Options]) -> Result:
    """Converts a document, given as bytes or as the path of a file."""

def clean(text: str, *, format: Literal["text", "markdown"] = "text", **options: Unpack[Options]) -> Result:
    """Cleans text that is decoded already."""

def convert_many(
    paths: Iterable[Union[str, os.PathLike[str]]], *, workers: Optional[int] = None, **options: Unpack[Options]
) -> Results:
    """Converts many files, in several threads, and gives their results in the order of the paths."""

def convert_batch(batch: Any, **options: Unpack[Options]) -> Any:
    """Converts every row of a record batch or a table of `path` and `content`."""

def schema() -> Any:
    """The pyarrow.Schema of what `convert_batch` gives."""

@final
class Results:
    """Results, in the order of the paths."""

    def __iter__(self) -> Results: ...
    def __next__(self) -> Result: ...

@final
class Result:
    """What became of a document."""

    @property
    def path(self) -> Optional[os.PathLike[str]]: ...
    @property
    def status(self) -> Literal["ok", "partial", "needs_ocr", "encrypted", "unsupported", "failed"]: ...
    @property
    def error(self) -> Optional[Exception]: ...
    @property
    def markdown(self) -> str: ...
    @property
    def diagnostics(self) -> list[Diagnostic]: ...
    @property
    def format(self) -> Optional[str]: ...
    @property
    def meta(self) -> dict[str, Any]: ...
    @property
    def document(self) -> Document: ...
    def chunks(self, min: int = 200, max: int = 1000) -> list[Chunk]: ...
    def __str__(self) -> str: ...

@final
class Diagnostic:
    """Something that was lost, guessed or changed, and where."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> Literal["lost", "guessed", "changed"]: ...
    @property
    def what(self) -> Optional[str]: ...
    @property
    def before(self) -> Optional[str]: ...
    @property
    def after(self) -> Optional[str]: ...
    @property
    def place(self) -> str: ...
    @property
    def page(self) -> Optional[int]: ...
    @property
    def line(self) -> Optional[int]: ...
    @property
    def paragraph(self) -> Optional[int]: ...
    def __str__(self) -> str: ...

@final
class Chunk:
    """A piece of a document for retrieval."""

    @property
    def text(self) -> str: ...
    @property
    def headings(self) -> list[str]: ...
    @property
    def labels(self) -> list[str]: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def first(self) -> str: ...
    @property
    def last(self) -> str: ...
    @property
    def page(self) -> Optional[int]: ...
    @property
    def paragraph(self) -> Optional[int]: ...
    def to_json(self) -> str: ...

@final
class Document:
    """A document: blocks in reading order, notes, pictures."""

    @property
    def blocks(self) -> list[dict[str, Any]]: ...
    @property
    def notes(self) -> list[dict[str, Any]]: ...
    def to_json(self) -> str: ...
    @staticmethod
    def from_json(text: str) -> Document: ...
    def to_markdown(self) -> str: ...
