"""The compiled plan: from a record to blocks of triples."""
