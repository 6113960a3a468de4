"""Faults in shapes and ontology, each as a line of Turtle, and what must be said of it."""

from __future__ import annotations

from tests.model.faults_of_shapes import OF_SHAPES
from tests.model.faults_of_terms import OF_TERMS

FAULTS = OF_SHAPES | OF_TERMS
