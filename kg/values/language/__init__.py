"""``Language``: a language by tag (BCP 47) or by name in several languages, as its canonical tag.

Names are those of CLDR, and those of ``names.toml`` that it does not have.
"""

from __future__ import annotations

from kg.values.language.codec import LanguageCodec

__all__ = ["LanguageCodec"]
