"""``Country``: a country by name in several languages, or by code, as its two letters of ISO 3166-1.

Names are those of CLDR, and those of ``names.toml`` that it does not have.
"""

from __future__ import annotations

from kg.values.country.codec import CountryCodec

__all__ = ["CountryCodec"]
