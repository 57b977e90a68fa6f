"""A file reader for LlamaIndex (llama-index-core), for SimpleDirectoryReader(file_extractor={".docx": QingwenReader()})."""

from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document

import qingwen


class QingwenReader(BaseReader):
    """Reads a file as one document; its Markdown is what LlamaIndex's own node parsers cut."""

    def __init__(self, **options):
        self.options = options

    def load_data(self, file, extra_info=None, fs=None):
        source = fs.open(str(file), "rb").read() if fs else file
        result = qingwen.convert(source, **self.options)
        known = {"status": result.status, **result.meta, **(extra_info or {})}
        return [Document(text=result.markdown, metadata=known)]
