"""A document loader for LangChain (langchain-core)."""

import warnings

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document

import qingwen


class QingwenLoader(BaseLoader):
    """Loads files as chunks: each has its headings, its numbers (第三十六条) and its place as metadata.

    A file that gives no document is warned of and passed over; `failed` has the results of all such files.
    """

    def __init__(self, paths, *, min=200, max=1000, **options):
        self.paths, self.bounds, self.options = paths, {"min": min, "max": max}, options
        self.failed = []

    def lazy_load(self):
        self.failed = []
        for result in qingwen.convert_many(self.paths, **self.options):
            if result.error:
                self.failed.append(result)
                warnings.warn(f"{result.path}: {result.error}", stacklevel=2)
            for chunk in result.chunks(**self.bounds):
                yield Document(page_content=chunk.text, metadata=metadata(result, chunk))


def metadata(result, chunk):
    """What is known of a chunk beside its text; `None` is left out, as vector stores want it."""
    known = {
        "source": str(result.path),
        "headings": " / ".join(chunk.headings),
        "labels": " ".join(chunk.labels),
        "start": chunk.start,
        "page": chunk.page,
        "paragraph": chunk.paragraph,
    }
    return {name: value for name, value in known.items() if value is not None}
