"""SHACL engines behind one contract, results located in records, quarantine."""
