"""An operator for data-juicer (py-data-juicer): importing this module registers `qingwen_clean_mapper`."""

from data_juicer.ops.base_op import OPERATORS, Mapper

import qingwen


@OPERATORS.register_module("qingwen_clean_mapper")
class QingwenCleanMapper(Mapper):
    """Cleans text that was extracted already; takes the options of `qingwen.clean`."""

    _batched_op = True

    def __init__(self, format: str = "text", profile: str = "default", enable=(), disable=(), *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = {"format": format, "profile": profile, "enable": list(enable), "disable": list(disable)}

    def process_batched(self, samples):
        samples[self.text_key] = [self.clean(text) for text in samples[self.text_key]]
        return samples

    def clean(self, text):
        # As `qingwen clean --field` does: a field is no file and ends without a line end.
        return qingwen.clean(text, **self.options).markdown.rstrip("\n")
