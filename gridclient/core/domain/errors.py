"""Errors a person can act on. Everything else is a bug and is loud."""


class KnownError(Exception):
    """Something went wrong that is nobody's bug: what happened, what is safe, what to do, in one sentence.

    Attributes:
        code: a short word programs can test.
        zh, en: the sentence in Chinese (also `str()`), and in English.
    """

    def __init__(self, code: str, zh: str, en: str = "") -> None:
        super().__init__(zh)
        self.code = code
        self.zh = zh
        self.en = en or zh
