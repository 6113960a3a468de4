"""What the model gives to others: JSON Schema, JSON-LD context, reference pages."""
