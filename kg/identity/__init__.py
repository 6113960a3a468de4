"""Which entity is meant: IRIs, names, and the index that answers references."""
