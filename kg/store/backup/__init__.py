"""A project in one file, and a project out of it: ``tar`` in Zstandard, whose first member lists the others.

The list (``kg-backup.json``) has the version of the format, and of each member its size and SHA-256; the
members come in its order, each with exactly the header that ``form.head`` makes. So the same state gives the
same bytes, any ``tar`` can unpack the file, and what is not as it was written is not taken.
"""

from kg.store.backup.read import restore, verify
from kg.store.backup.write import Taken, backup

__all__ = ["Taken", "backup", "restore", "verify"]
