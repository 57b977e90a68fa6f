"""An operator for data-juicer (py-data-juicer): importing this module registers `qingwen_clean_mapper`."""

from data_juicer.ops.base_op import OPERATORS, Mapper

import qingwen


@OPERATORS.register_module("qingwen_clean_mapper")
class QingwenCleanMapper(Mapper):
    """Cleans text that was extracted already."""

    _batched_op = True

    def __init__(self, format: str = "text", profile: str = "default", *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.format, self.profile = format, profile

    def process_batched(self, samples):
        clean = lambda text: qingwen.clean(text, format=self.format, profile=self.profile).markdown
        samples[self.text_key] = [clean(text) for text in samples[self.text_key]]
        return samples
