"""Faults in shapes and ontology, found when they are loaded."""
