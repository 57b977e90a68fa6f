"""A reader for datatrove: the files of a folder, each a document."""

from datatrove.pipeline.readers.base import BaseDiskReader

import qingwen


class QingwenReader(BaseDiskReader):
    """Reads documents of any format that qingwen reads; one that cannot be read is counted and passed over."""

    name = "清 Qingwen"

    def __init__(self, data_folder, *, options=None, **reader):
        super().__init__(data_folder, **reader)
        self.options = options or {}

    def read_file(self, filepath):
        with self.data_folder.open(filepath, "rb") as file, self.track_time():
            try:
                result = qingwen.convert(file.read(), **self.options)
            except qingwen.QingwenError as error:
                self.stat_update(f"failed_{error.kind}")
                return
        data = {"text": result.markdown, "status": result.status, "format": result.format, **result.meta}
        document = self.get_document_from_dict(data, filepath, 0)
        if document:
            yield document
