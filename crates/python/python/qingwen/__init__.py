"""Clean UTF-8 Markdown from docx, pdf and text in any Chinese encoding.

>>> import qingwen
>>> print(qingwen.clean("总产值[bookmark: _GoBack]增长").markdown, end="")
总产值增长
"""

from ._qingwen import (
    Chunk,
    Diagnostic,
    Document,
    EncryptedError,
    LimitError,
    MalformedError,
    QingwenError,
    Result,
    Results,
    UnsupportedError,
    __version__,
    clean,
    convert,
    convert_batch,
    convert_many,
    schema,
)

__all__ = [
    "Chunk",
    "Diagnostic",
    "Document",
    "EncryptedError",
    "LimitError",
    "MalformedError",
    "QingwenError",
    "Result",
    "Results",
    "UnsupportedError",
    "__version__",
    "clean",
    "convert",
    "convert_batch",
    "convert_many",
    "schema",
]
