"""A deal between two companies, as records: what it takes for a change elsewhere to break it."""

from __future__ import annotations

HEADER = {"ids": "shared", "defaults": {"source": "doc"}}
DOC = {"type": "NewsArticle", "id": "doc", "published": "2025-02-04"}
ACME = {"type": "Company", "id": "acme", "name": {"en": "Acme"}}
BETA = {"type": "Company", "id": "beta", "name": {"en": "Beta"}}
DEAL = {"type": "Investment", "id": "i", "investor": "acme", "investee": "beta", "status": "actual"}
