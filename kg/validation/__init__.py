"""SHACL engines behind one contract, results located in records, which records stay."""
